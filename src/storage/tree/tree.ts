import { LaGraceError } from '../../errors.ts';
import type { TreeEntry } from '../../schema/tree.ts';
import { treePathProblem } from '../../schema/tree-path.ts';

/** A file of this browser's tree. `lastUsed` is epoch milliseconds, kept by us: the browser's files have no access time. */
export interface LocalEntry extends TreeEntry {
  lastUsed: number;
  /** Clean-up leaves it. */
  pinned: boolean;
}

/** What a file must be for a write to count. `mtime` is epoch milliseconds, now where it is absent. */
export interface Expected {
  size: number;
  sha256: string;
  mtime?: number;
}

export interface WriteOptions {
  signal?: AbortSignal;
  /** Bytes written so far; all of them at once where the file is there already. */
  onBytes?: (writtenBytes: number) => void;
  /** The digest that must still be there, null for nothing; otherwise nothing is written. Absent: whatever is there is replaced. */
  replaces?: string | null;
}

/** A file that was deleted on purpose; `revision` is the tree's when that happened. */
export interface Tombstone {
  path: string;
  sha256: string;
  revision: number;
}

/** `entry` is null where the file is gone, whatever the reason. */
export interface TreeChange {
  path: string;
  entry: LocalEntry | null;
}

/**
 * The files that this browser has. `LaGraceError` storage-full when there is no room, file-corrupt when what was given is not what was
 * expected, file-changed when what is there is not what was to be replaced, storage-failed for what else the browser refuses; the file
 * that was there is whole then.
 */
export interface Tree {
  /** By path, ascending. */
  list(): Promise<LocalEntry[]>;
  entry(path: string): Promise<LocalEntry | null>;
  /** The file as it is now, not in memory: reading it after it was replaced fails. Null where there is none. */
  read(path: string): Promise<Blob | null>;
  /** Replaces a file once all of it is there, and forgets that it was ever deleted. What is there already is not written again. */
  write(
    path: string,
    source: Blob | ReadableStream<Uint8Array>,
    expected: Expected,
    options?: WriteOptions,
  ): Promise<LocalEntry>;
  /** Adds text to the end of a file, which is made where it is missing. */
  append(path: string, text: string): Promise<void>;
  /** Only what was meant leaves a tombstone: clean-up here is no deletion elsewhere. */
  remove(path: string, why: 'meant' | 'clean-up', options?: Pick<WriteOptions, 'replaces'>): Promise<void>;
  tombstones(): Promise<Tombstone[]>;
  /** Drops a tombstone. */
  forget(path: string): Promise<void>;
  /** The file was used now; noted at most once an hour. */
  touch(path: string): Promise<void>;
  pin(path: string, pinned: boolean): Promise<void>;
  /** Hears of every change of this tree, those of other windows included, until the returned function is called. */
  subscribe(listener: (change: TreeChange) => void): () => void;
}

export const touchIntervalMs = 60 * 60_000;
/** What is being written has this at the end of its name until it is whole. */
export const partEnding = '.part';

/** Refuses what cannot be a file of the tree. */
export function checkTreePath(path: string): void {
  const problem = path.endsWith(partEnding) ? 'has the name of a file that is being written' : treePathProblem(path);
  if (problem) throw new LaGraceError('storage-failed', `"${path}" ${problem}`);
}

/** Refuses to replace what is not there any more; `present` is the digest of what is. */
export function checkReplaced(path: string, present: string | null, replaces: string | null | undefined): void {
  if (replaces === undefined || present === replaces) return;
  throw new LaGraceError(
    'file-changed',
    `${path} was to replace ${replaces ?? 'nothing'} but there is ${present ?? 'nothing'}; look again`,
  );
}

/** Whether what is there is what is to be written. */
export function isSame(present: { size: number; sha256: string }, expected: Expected): boolean {
  return present.size === expected.size && present.sha256 === expected.sha256;
}

/** Refuses what is not what was expected. */
export function checkWritten(path: string, written: { size: number; sha256: string }, expected: Expected): void {
  if (written.size !== expected.size) {
    throw new LaGraceError(
      'file-corrupt',
      `${path} has ${written.size} bytes instead of ${expected.size}; send it again`,
    );
  }
  if (written.sha256 !== expected.sha256) {
    throw new LaGraceError(
      'file-corrupt',
      `${path} has digest ${written.sha256} instead of ${expected.sha256}; send it again`,
    );
  }
}
