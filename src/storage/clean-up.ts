import type { Logger } from '../log.ts';
import { takeForCleanup } from '../tree/upkeep.ts';
import type { LocalEntry, Tree } from './tree/tree.ts';

export interface CleanUpOptions {
  tree: Pick<Tree, 'list' | 'remove'>;
  /** Whether a file belongs to a model that this browser works with. */
  isInUse: (path: string) => boolean;
  /** Epoch milliseconds. */
  now: number;
  log: Logger;
}

/** The cached files that this browser has not used for long, largest first: what clean-up takes. */
export async function findUnused({ tree, isInUse, now }: Omit<CleanUpOptions, 'log'>): Promise<LocalEntry[]> {
  const files = (await tree.list()).map((entry) => ({ ...entry, isWanted: entry.pinned || isInUse(entry.path) }));
  return takeForCleanup(files, now);
}

/** Takes them away from this browser, and from nowhere else; what was changed meanwhile stays. Resolves to those that went. */
export async function cleanUp(options: CleanUpOptions): Promise<LocalEntry[]> {
  const gone: LocalEntry[] = [];
  for (const entry of await findUnused(options)) {
    try {
      await options.tree.remove(entry.path, 'clean-up', { replaces: entry.sha256 });
      options.log.info(`Deleted old cache: ${entry.path}`);
      gone.push(entry);
    } catch (thrown) {
      options.log.warn(`${entry.path} could not be cleaned up`, thrown);
    }
  }
  return gone;
}

/** Where the time of the last clean-up is kept, in epoch milliseconds. */
export interface CleanUpMemory {
  read(): Promise<unknown>;
  write(time: number): Promise<void>;
}

/** Cleans up once for each night, whenever it is called after two in the morning; nothing on the very first day. */
export async function cleanUpNightly(options: CleanUpOptions, memory: CleanUpMemory): Promise<void> {
  const last = await memory.read();
  if (typeof last === 'number' && last >= lastNight(options.now)) return;
  if (typeof last === 'number') await cleanUp(options);
  await memory.write(options.now);
}

/** The last two o'clock in the morning before a time, both in epoch milliseconds by this machine's clock: clean-up runs once after it. */
export function lastNight(now: number): number {
  const night = new Date(now);
  night.setHours(2, 0, 0, 0);
  if (night.getTime() > now) night.setDate(night.getDate() - 1);
  return night.getTime();
}
