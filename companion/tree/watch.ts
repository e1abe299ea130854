import { isAbsolute, join, relative, sep } from 'node:path';
import { watch as watchWithChokidar } from 'chokidar';
import { isMirrored } from '../../src/schema/tree-path.ts';

export interface Watcher {
  close(): Promise<void>;
}

/**
 * Calls `onChange` with the path, relative to `root` with slashes, of each file or folder that is made, changed or taken away.
 * Only folders are watched: they tell of their files, and a shop has thousands of these. `onError` is for when the system
 * refuses to watch: from then on some changes go unnoticed.
 */
export function watchTree(root: string, onChange: (path: string) => void, onError: (error: unknown) => void): Watcher {
  const pathOf = (absolute: string): string => relative(root, absolute).split(sep).join('/');
  const watcher = watchWithChokidar(root, {
    ignoreInitial: true,
    followSymlinks: false,
    atomic: false,
    ignored: (absolute, stats) => {
      const path = pathOf(absolute);
      return stats?.isFile() === true || (path !== '' && !isMirrored(path));
    },
  });
  const tell = (absolute: string): void => {
    const path = pathOf(absolute);
    if (path !== '' && !path.startsWith('..') && isMirrored(path)) onChange(path);
  };
  watcher.on('raw', (_event, name, details) => {
    const folder = watchedPath(details);
    if (typeof name === 'string' && name !== '') tell(isAbsolute(name) || folder === null ? name : join(folder, name));
    else if (folder !== null) tell(folder);
  });
  watcher.on('addDir', tell);
  watcher.on('unlinkDir', tell);
  watcher.on('error', onError);
  return { close: () => watcher.close() };
}

function watchedPath(details: unknown): string | null {
  if (typeof details !== 'object' || details === null || !('watchedPath' in details)) return null;
  return typeof details.watchedPath === 'string' ? details.watchedPath : null;
}
