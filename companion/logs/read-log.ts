import { type FileHandle, open } from 'node:fs/promises';
import type { LogLevel } from '../../src/log.ts';

/** One entry of `ai.log`, as `GET /api/logs` answers it. */
export interface ReadEntry {
  /** Local time, as it is written: `2026-11-22 14:03:07`. */
  time: string;
  level: LogLevel;
  message: string;
  /** The lines below the first one. */
  stack?: string;
}
export interface LogQuery {
  /** Entries of this level and above. */
  level: LogLevel;
  /** How many of the newest. */
  tail: number;
}

const severity: Record<LogLevel, number> = { DEBUG: 0, INFO: 1, WARN: 2, ERROR: 3 };
/** What the shop's older programs call them. */
const otherNames: Record<string, LogLevel> = { WARNING: 'WARN', CRITICAL: 'ERROR', FATAL: 'ERROR', TRACE: 'DEBUG' };
const startOfEntry =
  /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})\S*\s+(?:-\s+)?\[?([A-Za-z]+)\]?(?:\s+-)?(?:\s(.*))?$/s;
const chunkBytes = 64 << 10;
const maxLineBytes = 64 << 10;
const maxStackLines = 200;
const maxAnswerBytes = 16 << 20;

/** A level under any of its names, or null. */
export function levelNamed(name: string): LogLevel | null {
  const upper = name.toUpperCase();
  if (Object.hasOwn(severity, upper)) return upper as LogLevel; // A key of `severity` is a LogLevel.
  return otherNames[upper] ?? null;
}

/**
 * The newest entries of a log and of its older files, given newest file first; the oldest entry first. Files are read from their end,
 * no further than needed, and a line without an end or a file without lines takes no more memory than any other.
 */
export async function readLogTail(paths: readonly string[], { level, tail }: LogQuery): Promise<ReadEntry[]> {
  const entries: ReadEntry[] = [];
  let bytes = 0;
  for await (const entry of entriesFromEnd(paths)) {
    if (severity[entry.level] < severity[level]) continue;
    bytes += entry.message.length + (entry.stack?.length ?? 0);
    if (bytes > maxAnswerBytes) break;
    entries.push(entry);
    if (entries.length === tail) break;
  }
  return entries.reverse();
}

/** Entries with what stands below them, the newest first. Lines above the first entry belong to nothing. */
async function* entriesFromEnd(paths: readonly string[]): AsyncGenerator<ReadEntry> {
  let below: string[] = [];
  for (const path of paths) {
    for await (const line of linesFromEnd(path)) {
      const start = parseStart(line);
      if (!start) {
        // Of a very long stack the first lines count.
        if (below.length === maxStackLines) below.shift();
        below.push(line);
        continue;
      }
      const stack = below.reverse().join('\n').trimEnd();
      below = [];
      yield stack === '' ? start : { ...start, stack };
    }
  }
}

function parseStart(line: string): ReadEntry | null {
  const match = startOfEntry.exec(line);
  const level = levelNamed(match?.[3] ?? '');
  if (!match || level === null) return null;
  return { time: `${match[1]} ${match[2]}`, level, message: match[4] ?? '' };
}

/** The lines of a file, the last one first; none when there is no file. Of a line that is too long only its beginning is given. */
async function* linesFromEnd(path: string): AsyncGenerator<string> {
  const handle = await open(path, 'r').catch(() => null);
  if (!handle) return;
  try {
    yield* splitFromEnd(handle, (await handle.stat()).size);
  } finally {
    await handle.close();
  }
}

async function* splitFromEnd(handle: FileHandle, size: number): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - chunkBytes);
    const buffer = Buffer.allocUnsafe(end - start);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, start);
    if (bytesRead < buffer.length) return;
    let from = buffer.length;
    for (
      let newline = buffer.lastIndexOf(10);
      newline >= 0;
      newline = newline > 0 ? buffer.lastIndexOf(10, newline - 1) : -1
    ) {
      const line = Buffer.concat([buffer.subarray(newline + 1, from), rest]);
      rest = Buffer.alloc(0);
      from = newline;
      if (line.length > 0 || start + newline + 1 < size) yield textOf(line);
    }
    rest = Buffer.concat([buffer.subarray(0, from), rest]).subarray(0, maxLineBytes);
    end = start;
  }
  if (rest.length > 0) yield textOf(rest);
}

function textOf(line: Buffer): string {
  return line.subarray(0, maxLineBytes).toString('utf8').replace(/\r$/, '');
}
