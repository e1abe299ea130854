import { readFileSync } from 'node:fs';
import { lstat, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Cron } from 'croner';
import * as v from 'valibot';
import type { Logger } from '../../src/log.ts';
import { isUnused, type KeptFile, takeForCleanup, unusedMs } from '../../src/tree/upkeep.ts';
import type { DiskTree } from '../tree/disk-tree.ts';
import { TreeError } from '../tree/tree-error.ts';
import type { Uploads } from '../tree/upload-routes.ts';
import { writeWhole } from '../tree/write-whole.ts';

/** Every day at two in the morning, by the clock of this machine. */
const everyNight = '0 2 * * *';
const memorySchema = v.object({ lastRunAt: v.number() });
const temporary = 'cache/ai/tmp';
/** A half-written file that nobody went on with for so long is waste. */
const partLivesMs = 7 * 24 * 60 * 60_000;

export interface Cleaned {
  dryRun: boolean;
  /** What was taken, or would be. */
  taken: { path: string; size: number; lastUsed: number }[];
  count: number;
  bytes: number;
  /** What was to be taken and is still there. */
  failed: { path: string; reason: string }[];
}
export interface Upkeep {
  clean(options: { dryRun: boolean }): Promise<Cleaned>;
  close(): Promise<void>;
}
export interface UpkeepOptions {
  tree: DiskTree;
  uploads: Pick<Uploads, 'removeStale'>;
  log: Logger;
  now?: () => number;
}

/** Takes away what nobody uses, every night, and at the start when the machine was off that night. */
export function createUpkeep({ tree, uploads, log, now = Date.now }: UpkeepOptions): Upkeep {
  const memory = tree.root.own('upkeep.json');
  let running: Promise<unknown> = Promise.resolve();

  const clean = async (dryRun: boolean): Promise<Cleaned> => {
    const taken = takeForCleanup([...filesOf(tree), ...(await temporaryFiles(tree.root.path))], now());
    const failed: Cleaned['failed'] = [];
    const done: KeptFile[] = [];
    for (const file of taken) {
      const reason = dryRun ? null : await take(tree, file, now);
      if (reason === null) done.push(file);
      else failed.push({ path: file.path, reason });
      if (reason === null && !dryRun) log.info(`Deleted old cache: ${file.path}`);
    }
    if (!dryRun) await removeWaste(tree, uploads, now(), log);
    const bytes = done.reduce((sum, { size }) => sum + size, 0);
    return {
      dryRun,
      taken: done.map(({ path, size, lastUsed }) => ({ path, size, lastUsed })),
      count: done.length,
      bytes,
      failed,
    };
  };
  const inTurn = (dryRun: boolean): Promise<Cleaned> => {
    const mine = running.catch(() => undefined).then(() => clean(dryRun));
    running = mine;
    return mine;
  };
  const nightly = async (): Promise<void> => {
    try {
      await tree.settled();
      const { count, bytes } = await inTurn(false);
      writeWhole(memory, `${JSON.stringify({ lastRunAt: now() })}\n`);
      log.info(`upkeep took ${count} files away, ${bytes} bytes`);
    } catch (error) {
      log.error('upkeep failed; it is tried again next night', error);
    }
  };
  const job = new Cron(everyNight, { protect: true, unref: true }, nightly);
  let missed: Promise<void> = Promise.resolve();
  if (isMissed(memory, now())) missed = nightly();
  return {
    clean: ({ dryRun }) => inTurn(dryRun),
    close: async () => {
      job.stop();
      await Promise.allSettled([missed, running]);
    },
  };
}

/** Whether a night went by since upkeep last ran. A folder that never had any is new: there is nothing to make up for. */
export function isMissed(memory: string, now: number): boolean {
  try {
    const { lastRunAt } = v.parse(memorySchema, JSON.parse(readFileSync(memory, 'utf8')));
    const next = new Cron(everyNight, { paused: true }).nextRun(new Date(lastRunAt));
    return next !== null && next.getTime() <= now;
  } catch {
    writeWhole(memory, `${JSON.stringify({ lastRunAt: now })}\n`);
    return false;
  }
}

function filesOf(tree: DiskTree): KeptFile[] {
  return [...tree.index.files.values()]
    .filter(({ missing }) => !missing)
    .map((file) => ({
      path: file.path,
      size: file.size,
      lastUsed: tree.uses.lastUsed(file),
      isWanted: tree.uses.isWanted(file.path),
    }));
}

/** What programs left in the folder that no browser ever sees. */
async function temporaryFiles(root: string): Promise<KeptFile[]> {
  const names = await readdir(join(root, temporary), { recursive: true }).catch(() => []);
  const files: KeptFile[] = [];
  for (const name of names) {
    const stats = await lstat(join(root, temporary, name)).catch(() => null);
    if (!stats?.isFile()) continue;
    const path = `${temporary}/${name.replaceAll('\\', '/')}`;
    files.push({ path, size: stats.size, lastUsed: Math.max(stats.mtimeMs, stats.ctimeMs), isWanted: false });
  }
  return files;
}

/** Gives why a file could not be taken, null when it is gone. */
async function take(tree: DiskTree, { path }: KeptFile, now: () => number): Promise<string | null> {
  try {
    if (path.startsWith(`${temporary}/`)) {
      await unlink(join(tree.root.path, path));
      return null;
    }
    const isTaken = await tree.evict(path, (record) => isUnused(tree.uses.lastUsed(record), now()));
    return isTaken ? null : 'used or changed a moment ago';
  } catch (error) {
    return error instanceof TreeError ? error.code : String(error);
  }
}

/** Uploads and half-written files that nobody goes on with. */
async function removeWaste(tree: DiskTree, uploads: UpkeepOptions['uploads'], now: number, log: Logger): Promise<void> {
  await uploads.removeStale().catch((error: unknown) => log.warn('stale uploads could not be removed', error));
  const names = await readdir(join(tree.root.path, 'cache'), { recursive: true }).catch(() => []);
  for (const name of names.filter((one) => one.endsWith('.part'))) {
    const file = join(tree.root.path, 'cache', name);
    const stats = await lstat(file).catch(() => null);
    if (stats?.isFile() && now - stats.mtimeMs > Math.min(partLivesMs, unusedMs))
      await unlink(file).catch(() => undefined);
  }
}
