import { consoleSink, createLogger, type Logger, type LogSink } from '../log.ts';
import { createLogBuffer, type LogBuffer } from '../storage/logs/log-buffer.ts';
import { createLogRefuge } from '../storage/logs/log-refuge.ts';

const flushAfterMs = 3000;

/** The page's log: the console at once, `logs/ai.log` a little later. */
export interface PageLog {
  log: Logger;
  /** Takes what a worker logged, which has written it to the console itself. */
  onLog: LogSink;
  buffer: LogBuffer;
}

/** Opens the log; `write` puts lines on disk, see `AiLog`. What is waiting when the page goes away is not lost. */
export function openPageLog(write: (lines: string, mayBeThere: boolean) => Promise<void>): PageLog {
  const buffer = createLogBuffer({
    write,
    refuge: createLogRefuge(() => localStorage, crypto.randomUUID()),
    later: (work) => void setTimeout(work, flushAfterMs),
  });
  const log = createLogger((entry) => {
    consoleSink(entry);
    buffer.sink(entry);
  });
  addEventListener('pagehide', buffer.leave);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') buffer.leave();
  });
  return { log, onLog: buffer.sink, buffer };
}
