export const logLevels = ['DEBUG', 'INFO', 'WARN', 'ERROR'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LogEntry {
  time: Date;
  level: LogLevel;
  message: string;
  stack?: string;
}
/** Where entries go: the console, a file, a test's array. */
export type LogSink = (entry: LogEntry) => void;

export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string, cause?: unknown): void;
  error(message: string, cause?: unknown): void;
}

/** A logger that hands entries to `sink`; `now` is the clock. */
export function createLogger(sink: LogSink, now: () => Date = () => new Date()): Logger {
  const write = (level: LogLevel, message: string, cause?: unknown): void => {
    const entry: LogEntry = {
      time: now(),
      level,
      message: cause === undefined ? message : `${message}: ${describe(cause)}`,
    };
    if (cause instanceof Error && cause.stack) entry.stack = cause.stack;
    sink(entry);
  };
  return {
    debug: (message) => write('DEBUG', message),
    info: (message) => write('INFO', message),
    warn: (message, cause) => write('WARN', message, cause),
    error: (message, cause) => write('ERROR', message, cause),
  };
}

function describe(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** One entry as a line of `ai.log`: local time, level, message; a stack follows on its own lines. */
export function formatLogEntry({ time, level, message, stack }: LogEntry): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  const clock = `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
  return `${date} ${clock} [${level}] ${message}${stack ? `\n${stack}` : ''}`;
}

/** Writes to the browser's or Node's console, each level to its own method. */
export const consoleSink: LogSink = (entry) => {
  const method = { DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;
  console[method[entry.level]](formatLogEntry(entry));
};

/** For code that is given no logger. */
export const silentLogger: Logger = createLogger(() => undefined);
