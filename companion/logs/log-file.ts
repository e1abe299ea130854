import { appendFile, mkdir, rename, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { formatLogEntry, type LogEntry, type LogSink } from '../../src/log.ts';

export interface LogFileOptions {
  /** Bytes from which the file is turned over, and how many older ones are kept as `.1`, `.2`… */
  maxBytes?: number;
  keep?: number;
  /** Told once when the disk refuses, and again when it has taken lines in between. */
  onFailure?: (error: unknown) => void;
}
export interface LogFile {
  /** Takes an entry; it is on its way to the file when this returns. */
  sink: LogSink;
  /** Resolves once everything so far is in the file, or was refused by the disk. */
  flush(): Promise<void>;
}

const maxWaitingLines = 10_000;

/**
 * Writes log entries to `path`. Each batch opens the file anew to append, so that a program which writes to it as well, or turns it
 * over, does no harm. When another program holds it in a way that forbids turning it over, it grows until it can be.
 */
export function openLogFile(path: string, options: LogFileOptions = {}): LogFile {
  const { maxBytes = 5_000_000, keep = 5, onFailure = () => undefined } = options;
  let waiting: string[] = [];
  let dropped = 0;
  let hasFailed = false;
  let work: Promise<void> | null = null;

  const writeWaiting = async (): Promise<void> => {
    while (waiting.length > 0) {
      const lines = waiting;
      waiting = [];
      const text = lines.join('') + (dropped > 0 ? `(${dropped} lines were lost)\n` : '');
      try {
        await turnOver(path, Buffer.byteLength(text), maxBytes, keep);
        await appendFile(path, text);
        dropped = 0;
        hasFailed = false;
      } catch (error) {
        dropped += lines.length;
        if (!hasFailed) onFailure(error);
        hasFailed = true;
      }
    }
  };
  const start = (): Promise<void> => {
    work ??= Promise.resolve()
      .then(writeWaiting)
      .finally(() => {
        work = null;
      });
    return work;
  };
  return {
    sink: (entry: LogEntry) => {
      if (waiting.length < maxWaitingLines) waiting.push(`${formatLogEntry(entry)}\n`);
      else dropped += 1;
      void start();
    },
    flush: async () => {
      while (work || waiting.length > 0) await start();
    },
  };
}

/** `ai.log` becomes `ai.log.1`, that one `ai.log.2`…, when `more` bytes would make it too large. */
async function turnOver(path: string, more: number, maxBytes: number, keep: number): Promise<void> {
  const size = await stat(path).then(
    (found) => found.size,
    () => null,
  );
  if (size === null) await mkdir(dirname(path), { recursive: true });
  if (size === null || size === 0 || size + more <= maxBytes) return;
  try {
    await unlink(`${path}.${keep}`).catch(() => undefined);
    for (let age = keep - 1; age >= 1; age -= 1)
      await rename(`${path}.${age}`, `${path}.${age + 1}`).catch(() => undefined);
    await rename(path, `${path}.1`);
  } catch {
    // Held open by another program: the next batch tries again.
  }
}
