import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Cron } from 'croner';
import type { Logger } from '../../src/log.ts';
import { treePathProblem } from '../../src/schema/tree-path.ts';
import type { ShopDatabase } from '../database/shop-database.ts';
import { type SettingsFile, writeBackup } from './backup-file.ts';
import { dump } from './dump.ts';

/** Half past two at night, by the clock of this machine: after the clean-up. */
const everyNight = '30 2 * * *';
const kept = 14;
/** A backup that was missed can wait until the shop's first customers are served. */
const afterStartMs = 15_000;

export interface BackupsOptions {
  /** The shop's folder: backups lie in `backups/`, and `settings/` goes with them. */
  root: string;
  database: ShopDatabase;
  log: Logger;
  now?: () => Date;
}

export interface Backups {
  /** Makes one now and removes the oldest; tells where it is. */
  make(): Promise<string>;
  /** Makes one if the last night's was missed; tells whether it did. */
  makeIfMissed(): Promise<boolean>;
  /** Makes one every night from now on. */
  start(): void;
  close(): Promise<void>;
}

export function createBackups({ root, database, log, now = () => new Date() }: BackupsOptions): Backups {
  const folder = join(root, 'backups');
  let running: Promise<unknown> = Promise.resolve();
  let nightly: Cron | null = null;
  let soon: NodeJS.Timeout | undefined;

  async function make(): Promise<string> {
    await mkdir(folder, { recursive: true });
    const madeAt = now();
    const path = join(folder, nameOf(madeAt));
    const journalFrom = await database.checkpoint();
    await database.use(({ queries }) =>
      writeBackup(path, { madeAt: madeAt.getTime(), journalFrom }, async (write) => {
        for (const file of await readSettings(root)) await write([file]);
        await dump(queries, write);
      }),
    );
    await database.use(({ journal }) => journal.discardBefore(journalFrom));
    for (const old of (await listBackups(root)).slice(kept)) await rm(old);
    log.info(`backup made: ${path}`);
    return path;
  }
  function inTurn(): Promise<string> {
    const mine = running.then(make);
    running = mine.catch(() => undefined);
    return mine;
  }
  async function makeIfMissed(): Promise<boolean> {
    const [newest] = await listBackups(root);
    const lastNight = new Cron(everyNight, { paused: true }).previousRuns(1, now())[0];
    if (newest !== undefined && lastNight && newest >= join(folder, nameOf(lastNight))) return false;
    await inTurn();
    return true;
  }
  const logFailure = (error: unknown): void =>
    log.error('no backup could be made; the next night will try again', error);
  return {
    make: inTurn,
    makeIfMissed,
    start: () => {
      nightly = new Cron(everyNight, { protect: true, unref: true, catch: logFailure }, async () => {
        await inTurn();
      });
      soon = setTimeout(() => void makeIfMissed().catch(logFailure), afterStartMs).unref();
    },
    close: async () => {
      nightly?.stop();
      clearTimeout(soon);
      await running;
    },
  };
}

/** Paths of the root's backups, the newest first. */
export async function listBackups(root: string): Promise<string[]> {
  const folder = join(root, 'backups');
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => /^lagrace-[\d-]+\.jsonl\.gz$/.test(name))
    .sort()
    .reverse()
    .map((name) => join(folder, name));
}

/** `lagrace-2026-11-22-023000.jsonl.gz`, by the clock of this machine: names are in the order in which they were made. */
function nameOf(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `lagrace-${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}.jsonl.gz`;
}

/** The files of `settings/`, small ones that a person or the app wrote. */
async function readSettings(root: string): Promise<SettingsFile[]> {
  const folder = join(root, 'settings');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files: SettingsFile[] = [];
  for (const entry of entries) {
    const onDisk = join(entry.parentPath, entry.name);
    const path = `settings${onDisk.slice(folder.length).replaceAll('\\', '/')}`.normalize('NFC');
    if (!entry.isFile() || path.endsWith('.part') || treePathProblem(path) !== null) continue;
    files.push({ settings: path, base64: (await readFile(onDisk)).toString('base64') });
  }
  return files;
}
