import * as v from 'valibot';
import type { Logger } from '../../log.ts';
import { treeEntrySchema } from '../../schema/tree.ts';
import { treePathProblem } from '../../schema/tree-path.ts';
import { createSha256, readPieces, sha256Of } from './bytes.ts';
import { openFile, walk } from './files.ts';
import type { Lock } from './locks.ts';
import {
  checkReplaced,
  checkTreePath,
  isSame,
  type LocalEntry,
  partEnding,
  type Tree,
  type TreeChange,
  touchIntervalMs,
} from './tree.ts';
import type { FileRecord, TreeIndex } from './tree-index.ts';
import { appendToFile, removeFile, replaceFile } from './write-files.ts';

/** The part of a BroadcastChannel that is used here: it tells the trees of other windows. */
export interface ChangeChannel {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
}

export interface OpfsTreeOptions {
  /** The browser's own folder: paths of the tree are paths below it. */
  root: FileSystemDirectoryHandle;
  index: TreeIndex;
  /** Held among all windows of the profile. */
  lock: Lock;
  channel: ChangeChannel;
  log: Logger;
  /** Epoch, milliseconds. */
  now: () => number;
  /** Told of each file that the index knows and that the browser has no more. */
  onLost: (entry: LocalEntry) => void;
}

/** The tree that the browser keeps. Its thread alone writes there: it holds sync access handles. */
export interface OpfsTree extends Tree {
  /** Compares all that the index knows with all that is there, and sweeps what was half-written. */
  reconcile(): Promise<void>;
  /**
   * Reads files through that were not for `olderThanMs`; those whose content is not what it was when it was written are dropped, and
   * given back.
   */
  verify(paths: readonly string[], olderThanMs: number): Promise<string[]>;
}

const changeSchema = v.object({
  path: v.string(),
  entry: v.nullable(v.object({ ...treeEntrySchema.entries, lastUsed: v.number(), pinned: v.boolean() })),
});

/** A tree in the browser's own file system, told of by its index and to other windows by `channel`. */
export function createOpfsTree(options: OpfsTreeOptions): OpfsTree {
  const { root, index, lock, channel, log, now, onLost } = options;
  const listeners = new Set<(change: TreeChange) => void>();
  const hear = (change: TreeChange): void => {
    for (const listener of listeners) listener(change);
  };
  channel.addEventListener('message', ({ data }) => {
    const change = v.safeParse(changeSchema, data);
    if (change.success) hear(change.output);
  });
  const tell = (path: string, record: FileRecord | null): void => {
    const change = { path, entry: record && toEntry(record) };
    hear(change);
    channel.postMessage(change);
  };
  const digestOfLog = createRunningDigest();

  const note = async (path: string, file: File, sha256: string, mtime: number): Promise<FileRecord> => {
    const at = now();
    const { size, lastModified: modified } = file;
    const record = await index.put({ path, size, mtime, sha256, modified, lastUsed: at, verifiedAt: at });
    tell(path, record);
    return record;
  };
  const lose = async (record: FileRecord): Promise<void> => {
    if (!(await index.remove(record.path, false))) return;
    tell(record.path, null);
    onLost(toEntry(record));
  };
  /** Makes the index say what is there. The caller holds the path's lock. */
  const settle = async (path: string): Promise<Found | null> => {
    const [record, file] = await Promise.all([index.get(path), openFile(root, path)]);
    if (!file) {
      if (record) await lose(record);
      return null;
    }
    if (record && isAsNoted(record, file)) return { record, file };
    const sha256 = await sha256Of(file);
    if (record?.sha256 === sha256) {
      const patched = await index.patch(path, { modified: file.lastModified, verifiedAt: now() });
      return { record: patched ?? record, file };
    }
    log.info(`${path} was ${record ? 'changed' : 'put there'} unnoticed: it has ${file.size} bytes`);
    return { record: await note(path, file, sha256, file.lastModified), file };
  };
  const find = async (path: string): Promise<Found | null> => {
    const record = await index.get(path);
    if (!record) return null;
    const file = await openFile(root, path);
    return file && isAsNoted(record, file) ? { record, file } : lock(path, () => settle(path));
  };
  const verifyOne = (path: string, olderThanMs: number): Promise<boolean> =>
    lock(path, async () => {
      const found = await settle(path);
      if (!found || now() - found.record.verifiedAt < olderThanMs) return true;
      if ((await sha256Of(found.file)) === found.record.sha256) {
        await index.patch(path, { verifiedAt: now() });
        return true;
      }
      await removeFile(root, path);
      await lose(found.record);
      return false;
    });

  return {
    list: async () => (await index.all()).files.map(toEntry).sort((one, other) => (one.path < other.path ? -1 : 1)),
    entry: async (path) => {
      const found = await find(path);
      return found && toEntry(found.record);
    },
    read: async (path) => (await find(path))?.file ?? null,
    write: async (path, source, expected, writeOptions = {}) => {
      checkTreePath(path);
      return lock(path, async () => {
        writeOptions.signal?.throwIfAborted();
        const present = await settle(path);
        if (present && isSame(present.record, expected)) {
          if (source instanceof ReadableStream) await source.cancel();
          writeOptions.onBytes?.(expected.size);
          return toEntry(present.record);
        }
        checkReplaced(path, present?.record.sha256 ?? null, writeOptions.replaces);
        const file = await replaceFile(root, path, source, expected, writeOptions);
        return toEntry(await note(path, file, expected.sha256, expected.mtime ?? now()));
      });
    },
    append: async (path, text) => {
      checkTreePath(path);
      const bytes = new TextEncoder().encode(text);
      await lock(path, async () => {
        const { file, sizeBefore } = await appendToFile(root, path, bytes);
        await note(path, file, await digestOfLog(path, file, bytes, sizeBefore), now());
      });
    },
    remove: (path, why, { replaces } = {}) =>
      lock(path, async () => {
        const present = replaces === undefined ? null : await settle(path);
        if (present) checkReplaced(path, present.record.sha256, replaces);
        await removeFile(root, path);
        if (await index.remove(path, why === 'meant')) tell(path, null);
      }),
    tombstones: async () => (await index.all()).tombstones,
    forget: index.forget,
    touch: async (path) => {
      const record = await index.get(path);
      if (!record || now() - record.lastUsed < touchIntervalMs) return;
      const touched = await index.patch(path, { lastUsed: now() });
      if (touched) tell(path, touched);
    },
    pin: async (path, pinned) => {
      const record = await index.patch(path, { pinned });
      if (record) tell(path, record);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    reconcile: async () => {
      const there = new Set<string>();
      for await (const path of walk(root)) there.add(path);
      const known = (await index.all()).files.map(({ path }) => path);
      const whole = [...there].filter((path) => !path.endsWith(partEnding) && treePathProblem(path) === null);
      for (const path of new Set([...known, ...whole])) {
        const record = await index.get(path);
        const file = there.has(path) ? await openFile(root, path) : null;
        if (!(record && file && isAsNoted(record, file))) await lock(path, () => settle(path));
      }
      for (const path of there) {
        if (path.endsWith(partEnding)) await sweep(path);
      }
    },
    verify: async (paths, olderThanMs) => {
      const damaged: string[] = [];
      for (const path of paths) {
        if (!(await verifyOne(path, olderThanMs))) damaged.push(path);
      }
      return damaged;
    },
  };

  /** What was half-written is of no use; once its writer's lock is free, nobody writes it any more. */
  async function sweep(partPath: string): Promise<void> {
    const path = partPath.slice(0, -partEnding.length);
    await lock(path, () => removeFile(root, partPath));
    log.info(`swept ${partPath}, which was never finished`);
  }
}

interface Found {
  record: FileRecord;
  file: File;
}

function isAsNoted(record: FileRecord, file: File): boolean {
  return record.size === file.size && record.modified === file.lastModified;
}

function toEntry({ path, size, mtime, sha256, revision, lastUsed, pinned }: FileRecord): LocalEntry {
  return { path, size, mtime, sha256, revision, lastUsed, pinned };
}

/** The digest of a file that only grows, without reading it again each time; of the last one that was asked for. */
function createRunningDigest() {
  let last: { path: string; size: number; state: Uint8Array } | null = null;
  return async (path: string, file: File, added: Uint8Array, sizeBefore: number): Promise<string> => {
    const hasher = await createSha256();
    if (last?.path === path && last.size === sizeBefore) {
      hasher.load(last.state);
      hasher.update(added);
    } else {
      for await (const piece of readPieces(file)) hasher.update(piece);
    }
    last = { path, size: file.size, state: hasher.save() };
    return hasher.digest('hex');
  };
}
