import { type FileHandle, mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../../src/log.ts';
import { syncFolder } from './durable-files.ts';
import { type Entry, formatEntry, parseEntry } from './journal-entries.ts';

/**
 * What was committed, on the disk before anybody is told. It lies in segments, `00000001.jsonl` and so on; a segment is gone
 * once both the database's own files and a backup hold all of it.
 */
export interface Journal {
  /** Resolves when these entries and all before them are on the disk. What failed is written again with the next ones. */
  append(entries: readonly Entry[]): Promise<void>;
  /** Resolves when all that was appended is on the disk. */
  flushed(): Promise<void>;
  /** True while something that was appended could not be written. */
  owes(): boolean;
  /** Bytes in the segments begun since the journal was opened or `rotate` called. */
  size(): number;
  /** Ends the segment, and tells the number of the next: what has been appended lies in those before. */
  rotate(): Promise<number>;
  discardBefore(segment: number): Promise<void>;
  close(): Promise<void>;
}

/** For a database that is on the disk when it says so. */
export const noJournal: Journal = {
  append: async () => undefined,
  flushed: async () => undefined,
  owes: () => false,
  size: () => 0,
  rotate: async () => 1,
  discardBefore: async () => undefined,
  close: async () => undefined,
};

/**
 * Goes on after the newest segment of `folder`, in a new one: the end of an old one may be torn. Its number is `from` or more, which is
 * where the database begins to replay: all segments may have gone with a backup, and none after it been needed.
 */
export async function openJournal(folder: string, from = 1): Promise<Journal> {
  await mkdir(folder, { recursive: true });
  let segment = Math.max(await newestSegment(folder), from - 1);
  let file: FileHandle | null = null;
  let bytes = 0;
  let waiting: string[] = [];
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  const serially = createSerially();

  async function write(): Promise<void> {
    const batch = waiting;
    waiting = [];
    try {
      file ??= await openSegment();
      const content = Buffer.from(batch.join(''));
      await file.writeFile(content);
      await file.datasync();
      bytes += content.length;
    } catch (error) {
      waiting = [...batch, ...waiting];
      // The line where it failed may be torn: what comes next begins a segment of its own.
      await endSegment().catch(() => undefined);
      throw error;
    }
  }
  async function openSegment(): Promise<FileHandle> {
    segment += 1;
    const opened = await open(segmentPath(folder, segment), 'ax');
    await syncFolder(folder);
    return opened;
  }
  async function endSegment(): Promise<void> {
    const ended = file;
    file = null;
    await ended?.close();
  }
  /** One write at a time; whoever comes while one is under way shares the next. */
  function flushed(): Promise<void> {
    if (waiting.length === 0) return next ?? last;
    next ??= serially(() => {
      next = null;
      last = write();
      return last;
    });
    return next;
  }
  return {
    append: (entries) => {
      for (const entry of entries) waiting.push(formatEntry(entry));
      return flushed();
    },
    flushed,
    owes: () => waiting.length > 0 && next === null,
    size: () => bytes,
    rotate: async () => {
      await flushed();
      await serially(endSegment);
      bytes = 0;
      return segment + 1;
    },
    discardBefore: async (first) => {
      for (const old of await listSegments(folder)) if (old < first) await rm(segmentPath(folder, old));
    },
    close: async () => {
      await flushed().catch(() => undefined);
      await serially(endSegment);
    },
  };
}

/** Makes a journal of `folder` go on after segment `number`, if it is not there yet: backups name segments of the future. */
export async function passSegment(folder: string, number: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  if ((await newestSegment(folder)) >= number) return;
  await (await open(segmentPath(folder, number), 'ax')).close();
  await syncFolder(folder);
}

/** The newest segment's number; 0 in an empty journal. */
export async function newestSegment(folder: string): Promise<number> {
  return (await listSegments(folder)).at(-1) ?? 0;
}

/** The entries of the segments from number `first` on, in order, by the hundreds. Damaged lines are passed over and logged. */
export async function* readJournal(folder: string, first: number, log: Logger): AsyncGenerator<Entry[]> {
  for (const segment of await listSegments(folder)) {
    if (segment >= first) yield* readSegment(segmentPath(folder, segment), log);
  }
}

const readAtOnce = 500;

async function* readSegment(path: string, log: Logger): AsyncGenerator<Entry[]> {
  // JSON may hold characters that others take for the end of a line.
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
  let damaged = 0;
  for (let from = 0; from < lines.length; from += readAtOnce) {
    const parsed = lines.slice(from, from + readAtOnce).map(parseEntry);
    const entries = parsed.filter((entry) => entry !== null);
    damaged += parsed.length - entries.length;
    if (entries.length > 0) yield entries;
  }
  // What was answered has a whole line; a torn one was still being written when the power went.
  if (damaged > 0) log.warn(`the journal ${path} has ${damaged} damaged line(s), passed over`);
}

/** Runs what it is given one after the other, failed or not. */
function createSerially(): <T>(work: () => Promise<T>) => Promise<T> {
  let tail: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = tail.then(work);
    tail = done.catch(() => undefined);
    return done;
  };
}

function segmentPath(folder: string, segment: number): string {
  return join(folder, `${String(segment).padStart(8, '0')}.jsonl`);
}

/** Numbers, ascending. */
async function listSegments(folder: string): Promise<number[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .flatMap((name) => /^(\d{8})\.jsonl$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}
