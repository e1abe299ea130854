import type { Dirent, Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isMirrored, treePathProblem } from '../../src/schema/tree-path.ts';
import { systemCode } from './tree-error.ts';

export interface Found {
  size: number;
  /** Epoch milliseconds. */
  mtime: number;
}
export interface Scan {
  files: Map<string, Found>;
  /** Names that the tree cannot hold, and links: left alone. */
  refused: string[];
  /** False when a folder could not be read: what is absent from `files` may be there. */
  isComplete: boolean;
}

export const foundOf = (stats: Stats): Found => ({ size: stats.size, mtime: Math.round(stats.mtimeMs * 1000) / 1000 });

const maxRefused = 1000;
const atOnce = 16;

/** Looks at every file of the tree below `root` without opening one. Links are not followed. */
export async function scanTree(root: string, signal: AbortSignal): Promise<Scan> {
  const scan: Scan = { files: new Map(), refused: [], isComplete: true };
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    signal.throwIfAborted();
    const names = await readFolder(root, join(root, folder), scan);
    for (let at = 0; at < names.length; at += atOnce) {
      const some = names.slice(at, at + atOnce);
      await Promise.all(
        some.map((entry) => look(root, folder === '' ? entry.name : `${folder}/${entry.name}`, entry, scan, folders)),
      );
    }
  }
  return scan;
}

async function readFolder(root: string, folder: string, scan: Scan): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (folder === root || systemCode(error) !== 'ENOENT') scan.isComplete = false;
    return [];
  }
}

async function look(root: string, path: string, entry: Dirent, scan: Scan, folders: string[]): Promise<void> {
  if (!isMirrored(path)) return;
  if (treePathProblem(path) !== null || !(entry.isFile() || entry.isDirectory())) {
    if (scan.refused.length < maxRefused) scan.refused.push(path);
    return;
  }
  if (entry.isDirectory()) {
    folders.push(path);
    return;
  }
  try {
    scan.files.set(path, foundOf(await lstat(join(root, path))));
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') scan.isComplete = false;
  }
}

/**
 * Whether files that are gone from the disk were meant to go: only when most of what was there a while ago still is, and the
 * folder's marker too. An unplugged drive and an emptied folder delete nothing.
 */
export function isMeant({ present, gone, goneLately }: { present: number; gone: number; goneLately: number }): boolean {
  return present * 2 >= present + gone + goneLately;
}
