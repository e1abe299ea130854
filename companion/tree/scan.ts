import { type Dirent, lstatSync, type Stats } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { isMirrored, treePathProblem } from '../../src/schema/tree-path.ts';
import { systemCode } from './tree-error.ts';

export interface Found {
  size: number;
  /** Epoch milliseconds. */
  mtime: number;
}
export interface Scan {
  files: Map<string, Found>;
  /** Every folder below the root that may hold files of the tree. */
  folders: string[];
  /** Names that the tree cannot hold, and links: left alone. */
  refused: string[];
  /** False when a folder could not be read: what is absent from `files` may be there. */
  isComplete: boolean;
}

export const foundOf = (stats: Stats): Found => ({
  size: stats.size,
  mtime: Math.round(stats.mtimeMs * 1000) / 1000,
});

const maxRefused = 1000;
/** A look takes microseconds, far less than handing it to another thread; requests get their turn after so many. */
const atOnce = 100;

/** Looks at every file of the tree below `root` without opening one. Links are not followed. */
export async function scanTree(root: string, signal: AbortSignal): Promise<Scan> {
  const scan: Scan = { files: new Map(), folders: [], refused: [], isComplete: true };
  const waiting = [''];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const entries = await readFolder(root, folder, scan);
    for (const [index, entry] of entries.entries()) {
      if (index % atOnce === atOnce - 1) await breathe();
      signal.throwIfAborted();
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (look(root, path, entry, scan) === 'folder') waiting.push(path);
    }
  }
  return scan;
}

async function readFolder(root: string, folder: string, scan: Scan): Promise<Dirent[]> {
  try {
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    if (folder !== '') scan.folders.push(folder);
    return entries;
  } catch (error) {
    if (folder === '' || systemCode(error) !== 'ENOENT') scan.isComplete = false;
    return [];
  }
}

function look(root: string, path: string, entry: Dirent, scan: Scan): 'folder' | 'other' {
  if (!isMirrored(path)) return 'other';
  if (treePathProblem(path) !== null || !(entry.isFile() || entry.isDirectory())) {
    if (scan.refused.length < maxRefused) scan.refused.push(path);
    return 'other';
  }
  if (entry.isDirectory()) return 'folder';
  try {
    const stats = lstatSync(join(root, path), { throwIfNoEntry: false });
    if (stats) scan.files.set(path, foundOf(stats));
  } catch {
    scan.isComplete = false;
  }
  return 'other';
}

/**
 * Whether files that are gone from the disk were meant to go: only when most of what was there a while ago still is, and the
 * folder's marker too. An unplugged drive and an emptied folder delete nothing.
 */
export function isMeant({ present, gone, goneLately }: { present: number; gone: number; goneLately: number }): boolean {
  return present * 2 >= present + gone + goneLately;
}
