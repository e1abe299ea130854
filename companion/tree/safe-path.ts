import { constants, lstatSync, realpathSync, type Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isMirrored, treePathProblem } from '../../src/schema/tree-path.ts';
import { type Disk, noFollow, noWait } from './disk.ts';
import { systemCode, TreeError } from './tree-error.ts';

/** The path of the tree in an address: what follows `prefix`, decoded once, name by name. Throws a TreeError. */
export function pathFromAddress(url: string, prefix: string): string {
  const address = url.split(/[?#]/, 1)[0] ?? '';
  if (!address.startsWith(prefix)) throw new TreeError('bad-path', `the address does not begin with ${prefix}`);
  const names = address.slice(prefix.length).split('/').map(decodeName);
  return checkPath(names.join('/'));
}

function decodeName(encoded: string): string {
  let name: string;
  try {
    name = decodeURIComponent(encoded);
  } catch (error) {
    throw new TreeError('bad-path', 'the path is not encoded as an address is', { cause: error });
  }
  if (name.includes('/')) throw new TreeError('bad-path', 'the path has an encoded slash in a name');
  return name;
}

/** Gives back a path of the tree that browsers and disk have in common, or throws a TreeError. */
export function checkPath(path: string): string {
  const problem = treePathProblem(path);
  if (problem) throw new TreeError('bad-path', `the path ${problem}`);
  if (!isMirrored(path)) throw new TreeError('not-mirrored', `${path} is not part of the tree`);
  return path;
}

export interface Located {
  /** Absolute; no part of it is a link. */
  file: string;
  /** What is there now; null when nothing is. */
  stats: Stats | null;
}

/**
 * Where a checked path is on disk. Throws `bad-path` when a link or a junction is on the way, wherever it points, and
 * `name-conflict` when a folder is where the file should be, or a file where a folder should be. It looks without handing over to
 * another thread: that takes microseconds, and nothing of ours comes in between.
 */
export function locate(root: string, path: string): Located {
  const names = path.split('/');
  let at = root;
  for (const [index, name] of names.entries()) {
    at = join(at, name);
    const stats = statOrNull(at);
    if (stats === null) return { file: join(root, ...names), stats: null };
    if (stats.isSymbolicLink()) throw new TreeError('bad-path', `${path} goes through a link`);
    const isLast = index === names.length - 1;
    if (isLast !== stats.isFile()) {
      throw new TreeError('name-conflict', `${path}: ${isLast ? 'a folder' : 'a file'} has that name`);
    }
    if (isLast) {
      refuseOtherNames(at, path);
      return { file: at, stats };
    }
  }
  throw new TreeError('bad-path', 'the path is empty');
}

/** Opens the file at a checked path for reading, sure that it is the one that was looked at. Rejects with a TreeError. */
export async function openInside(
  disk: Disk,
  root: string,
  path: string,
): Promise<{ handle: FileHandle; stats: Stats }> {
  const before = locate(root, path);
  if (!before.stats) throw new TreeError('not-found', `there is no ${path}`);
  const handle = await disk.open(before.file, constants.O_RDONLY | noFollow | noWait).catch((error: unknown) => {
    throw explainOpening(error, path);
  });
  try {
    const stats = await handle.stat();
    const after = locate(root, path);
    if (!after.stats || !isSame(stats, after.stats))
      throw new TreeError('not-found', `${path} was replaced while it was opened`);
    return { handle, stats };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Makes the folders above a file, one by one, and says which were made, the topmost first. */
export async function makeFolders(disk: Disk, root: string, file: string): Promise<string[]> {
  const missing: string[] = [];
  for (let folder = dirname(file); folder.length > root.length; folder = dirname(folder)) {
    if (statOrNull(folder)) break;
    missing.unshift(folder);
  }
  for (const folder of missing) {
    await disk.mkdir(folder).catch((error: unknown) => {
      if (systemCode(error) !== 'EEXIST') throw error;
    });
  }
  return missing;
}

/** What is there, a link as a link; null when nothing is. */
export function statOrNull(path: string): Stats | null {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    if (systemCode(error) === 'ENOTDIR') return null;
    throw error;
  }
}

function isSame(one: Stats, other: Stats): boolean {
  return one.isFile() && one.ino === other.ino && one.dev === other.dev;
}

/** A disk that does not tell capitals from small letters, or that gives names a short form, opens one file under many names. */
function refuseOtherNames(file: string, path: string): void {
  if (process.platform === 'linux') return;
  const real = realpathSync.native(file);
  if (real.normalize('NFC') !== file.normalize('NFC')) {
    throw new TreeError('name-conflict', `${path} is the same file as ${real} on this disk; use that name`);
  }
}

function explainOpening(error: unknown, path: string): unknown {
  const code = systemCode(error);
  if (code === 'ELOOP') return new TreeError('bad-path', `${path} is a link`, { cause: error });
  if (code === 'ENOENT') return new TreeError('not-found', `there is no ${path}`, { cause: error });
  if (['EBUSY', 'EPERM', 'EACCES'].includes(code)) {
    return new TreeError('file-busy', `${path} is held open by another program; try again later`, { cause: error });
  }
  return error;
}
