import { constants } from 'node:fs';
import fs from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemCode, TreeError } from './tree-error.ts';

/** The calls of a disk that can fail in ways that no test machine shows: full, or held open by another program. */
export type Disk = Pick<typeof fs, 'open' | 'rename' | 'unlink' | 'mkdir' | 'statfs'>;
export const nodeDisk: Disk = fs;

/** Windows has no such flag: there, the path is looked at before and after. */
export const noFollow = constants.O_NOFOLLOW ?? 0;
/** A pipe opened for reading would wait for a writer. */
export const noWait = constants.O_NONBLOCK ?? 0;

const heldCodes = new Set(['EBUSY', 'EPERM', 'EACCES']);
const retryEveryMs = 100;

export interface RetryOptions {
  /** How long a file that another program holds open is tried again. */
  retryMs: number;
  signal?: AbortSignal | undefined;
}

/** Runs `work` until nobody holds the file any more. Rejects with a TreeError `file-busy` when somebody still does. */
export async function whileHeld<T>(
  work: () => Promise<T>,
  path: string,
  { retryMs, signal }: RetryOptions,
): Promise<T> {
  const deadline = performance.now() + retryMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!heldCodes.has(systemCode(error))) throw error;
      if (performance.now() >= deadline) {
        throw new TreeError('file-busy', `${path} is held open by another program; try again later`, { cause: error });
      }
      await sleep(retryEveryMs, undefined, signal ? { signal } : {});
    }
  }
}

/**
 * Makes folders' new names survive a power cut. Writers of one folder share a sync: each waits for one that began after its
 * own change. Windows opens no folder and needs none.
 */
export function createFolderSync(disk: Disk): (folder: string) => Promise<void> {
  const waiting = new Map<string, Promise<void>>();
  const running = new Map<string, Promise<void>>();
  const sync = async (folder: string): Promise<void> => {
    if (process.platform === 'win32') return;
    const handle = await disk.open(folder, constants.O_RDONLY);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  };
  return (folder) => {
    const joined = waiting.get(folder);
    if (joined) return joined;
    const before = running.get(folder) ?? Promise.resolve();
    const next = before
      .catch(() => undefined)
      .then(() => {
        waiting.delete(folder);
        running.set(folder, next);
        return sync(folder);
      })
      .finally(() => {
        if (running.get(folder) === next) running.delete(folder);
      });
    waiting.set(folder, next);
    return next;
  };
}
