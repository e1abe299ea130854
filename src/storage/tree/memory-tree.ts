import { createSha256, readPieces, sha256Of } from './bytes.ts';
import { createLocalLock } from './locks.ts';
import {
  checkReplaced,
  checkTreePath,
  checkWritten,
  isSame,
  type LocalEntry,
  type Tombstone,
  type Tree,
  type TreeChange,
  touchIntervalMs,
} from './tree.ts';

/** A tree that lasts as long as its thread: for tests, and where the browser keeps nothing. `now` is epoch milliseconds. */
export function createMemoryTree({ now = Date.now }: { now?: () => number } = {}): Tree {
  const files = new Map<string, { entry: LocalEntry; content: Blob }>();
  const deleted = new Map<string, Tombstone>();
  const listeners = new Set<(change: TreeChange) => void>();
  const lock = createLocalLock();
  let revision = 0;

  const tell = (path: string, entry: LocalEntry | null): void => {
    for (const listener of listeners) listener({ path, entry: entry && { ...entry } });
  };
  const keep = (path: string, content: Blob, { sha256, mtime }: { sha256: string; mtime: number }): LocalEntry => {
    const pinned = files.get(path)?.entry.pinned ?? false;
    revision += 1;
    const entry = { path, size: content.size, mtime, sha256, revision, lastUsed: now(), pinned };
    files.set(path, { entry, content });
    deleted.delete(path);
    tell(path, entry);
    return { ...entry };
  };
  const change = (path: string, patch: Partial<LocalEntry>): void => {
    const file = files.get(path);
    if (!file) return;
    Object.assign(file.entry, patch);
    tell(path, file.entry);
  };

  return {
    list: async () =>
      [...files.values()].map(({ entry }) => ({ ...entry })).sort((one, other) => (one.path < other.path ? -1 : 1)),
    entry: async (path) => {
      const entry = files.get(path)?.entry;
      return entry ? { ...entry } : null;
    },
    read: async (path) => files.get(path)?.content ?? null,
    write: async (path, source, expected, { signal, onBytes, replaces } = {}) => {
      checkTreePath(path);
      return lock(path, async () => {
        signal?.throwIfAborted();
        const present = files.get(path)?.entry;
        if (present && isSame(present, expected)) {
          if (source instanceof ReadableStream) await source.cancel();
          onBytes?.(expected.size);
          return { ...present };
        }
        checkReplaced(path, present?.sha256 ?? null, replaces);
        const parts: BlobPart[] = [];
        const hasher = await createSha256();
        let size = 0;
        for await (const piece of readPieces(source)) {
          signal?.throwIfAborted();
          hasher.update(piece);
          parts.push(piece.slice());
          size += piece.byteLength;
          onBytes?.(size);
        }
        const written = { size, sha256: hasher.digest('hex') };
        checkWritten(path, written, expected);
        return keep(path, new Blob(parts), { sha256: written.sha256, mtime: expected.mtime ?? now() });
      });
    },
    append: async (path, text) => {
      checkTreePath(path);
      await lock(path, async () => {
        const content = new Blob([files.get(path)?.content ?? '', text]);
        keep(path, content, { sha256: await sha256Of(content), mtime: now() });
      });
    },
    remove: async (path, why, { replaces } = {}) =>
      lock(path, async () => {
        const file = files.get(path);
        if (!file) return;
        checkReplaced(path, file.entry.sha256, replaces);
        files.delete(path);
        revision += 1;
        if (why === 'meant') deleted.set(path, { path, sha256: file.entry.sha256, revision });
        tell(path, null);
      }),
    tombstones: async () => [...deleted.values()].map((tombstone) => ({ ...tombstone })),
    forget: async (path) => void deleted.delete(path),
    touch: async (path) => {
      const lastUsed = files.get(path)?.entry.lastUsed;
      if (lastUsed !== undefined && now() - lastUsed >= touchIntervalMs) change(path, { lastUsed: now() });
    },
    pin: async (path, pinned) => change(path, { pinned }),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
