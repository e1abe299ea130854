import { formatLogEntry, type LogEntry, type LogSink } from '../../log.ts';

/** What survives a page that goes away before its lines were written. */
export interface LogRefuge {
  /** Replaces what was there; an empty text leaves nothing. */
  save(lines: string): void;
  /** What an earlier page left. */
  take(): string;
}

export interface LogBufferOptions {
  /** Resolves once the lines are on disk. */
  write: (lines: string, mayBeThere: boolean) => Promise<void>;
  refuge: LogRefuge;
  /** Calls its work after a while. */
  later: (work: () => void) => void;
}

export interface LogBuffer {
  sink: LogSink;
  /** Writes now what is waiting. */
  flush(): Promise<void>;
  /** The page may be gone in a moment: what is not known to be on disk is put where the next page finds it. */
  leave(): void;
}

/** So many characters wait at most; a disk that takes nothing must not fill the memory. */
const maxWaiting = 256 * 1024;

/** Log lines gathered, and written a few seconds later: who logs never waits. Debugging lines are for the console. */
export function createLogBuffer({ write, refuge, later }: LogBufferOptions): LogBuffer {
  let waiting = '';
  let underWay = '';
  let isDue = false;
  let left = refuge.take();
  let writing: Promise<void> = Promise.resolve();

  const writeWaiting = async (): Promise<void> => {
    if (left !== '') {
      await write(left, true);
      left = '';
    }
    if (waiting === '') return;
    underWay = waiting;
    waiting = '';
    try {
      await write(underWay, false);
    } catch (thrown) {
      waiting = (underWay + waiting).slice(-maxWaiting);
      throw thrown;
    } finally {
      underWay = '';
    }
  };
  const flush = (): Promise<void> => {
    isDue = false;
    writing = writing.then(writeWaiting).then(
      () => refuge.save(''),
      // Nothing can be told in the log; the console has the lines, and the next flush tries again.
      () => undefined,
    );
    return writing;
  };
  const flushLater = (): void => {
    if (isDue) return;
    isDue = true;
    later(() => void flush());
  };
  const sink = (entry: LogEntry): void => {
    if (entry.level === 'DEBUG') return;
    waiting = `${waiting}${formatLogEntry(entry)}\n`.slice(-maxWaiting);
    flushLater();
  };
  if (left !== '') flushLater();
  return {
    sink,
    flush,
    leave: () => {
      const unwritten = left + underWay + waiting;
      if (unwritten === '') return;
      refuge.save(unwritten);
      void flush();
    },
  };
}
