import { type FSWatcher, watch } from 'node:fs';
import { join, sep } from 'node:path';
import { isMirrored } from '../../src/schema/tree-path.ts';

export interface Watcher {
  /** Says which folders there are, as paths of the tree: whether any of them was not watched yet. */
  follow(folders: readonly string[]): boolean;
  close(): void;
}
export type WatchTree = (root: string, onChange: (path: string) => void, onError: (error: unknown) => void) => Watcher;

/**
 * Calls `onChange` with the path, relative to `root` with slashes, of each file or folder that is made, changed or taken away; with an
 * empty path when the system only says that something happened. `onError` is for when it refuses to watch: from then on changes
 * go unnoticed. Windows and macOS watch a whole tree themselves; elsewhere each folder is watched once it has been seen.
 */
export const watchTree: WatchTree = (root, onChange, onError) => {
  const watchers = new Map<string, FSWatcher>();
  const isWhole = process.platform === 'win32' || process.platform === 'darwin';
  let isClosed = false;

  const end = (folder: string): void => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  const begin = (folder: string): void => {
    try {
      const watcher = watch(join(root, folder), { recursive: isWhole, persistent: false }, (_event, name) => {
        const path = [folder, name?.split(sep).join('/') ?? ''].filter((part) => part !== '').join('/');
        if (path === '' || isMirrored(path)) onChange(path);
      });
      watchers.set(folder, watcher);
      watcher.on('error', (error) => {
        end(folder);
        // A folder that goes takes its watcher along; the root does so with the drive.
        if (folder === '' && !isClosed) onError(error);
      });
    } catch (error) {
      if (!isGone(error)) onError(error);
    }
  };
  begin('');
  return {
    follow: (folders) => {
      if (isWhole || isClosed) return false;
      const now = new Set(folders);
      for (const folder of [...watchers.keys()]) if (folder !== '' && !now.has(folder)) end(folder);
      const fresh = folders.filter((folder) => !watchers.has(folder));
      for (const folder of fresh) begin(folder);
      return fresh.length > 0;
    },
    close: () => {
      isClosed = true;
      for (const folder of [...watchers.keys()]) end(folder);
    },
  };
};

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
