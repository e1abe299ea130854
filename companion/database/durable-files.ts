import type { Dirent } from 'node:fs';
import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Writes a whole file so that a power cut leaves the old one or the new one. The folder exists. */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const part = `${path}.part`;
  try {
    const file = await open(part, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Puts a folder's list of names on the disk. Windows opens no folder and needs none of it. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  await sync(path);
}

const syncedAtOnce = 16;

/** Puts a folder with all that lies in it on the disk. Many at once: one after the other, each would wait for the disk. */
export async function syncTree(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const pathOf = (entry: Dirent): string => join(entry.parentPath, entry.name);
  const files = entries.filter((entry) => entry.isFile()).map(pathOf);
  const folders = [folder, ...entries.filter((entry) => entry.isDirectory()).map(pathOf)];
  const syncNext = async (): Promise<void> => {
    for (let path = files.pop(); path !== undefined; path = files.pop()) await sync(path);
  };
  await Promise.all(Array.from({ length: syncedAtOnce }, syncNext));
  await Promise.all(folders.map(syncFolder));
}

async function sync(path: string): Promise<void> {
  // Windows flushes only what is open for writing; a folder opens for reading only.
  const file: FileHandle = await open(path, process.platform === 'win32' ? 'r+' : 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The code of a system error (`ENOSPC`), or an empty string. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
