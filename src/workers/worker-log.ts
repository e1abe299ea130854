import { consoleSink, type LogSink } from '../log.ts';

/** Where a worker logs: its console, and its page, which gathers what goes to `ai.log`. */
export const workerSink: LogSink = (entry) => {
  consoleSink(entry);
  self.postMessage({ kind: 'log', entry });
};
