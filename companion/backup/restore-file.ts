import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../../src/log.ts';
import type { Queries } from '../database/connection.ts';
import { syncFolder } from '../database/durable-files.ts';
import { newestSegment, passSegment } from '../database/journal.ts';
import { migrate } from '../database/migrations.ts';
import { openPglite } from '../database/pglite.ts';
import { openPostgres } from '../database/postgres.ts';
import { journalPosition } from '../database/tables.ts';
import { checkBackup } from './backup-file.ts';
import { isEmpty } from './dump.ts';
import { fillDatabase, restoreSettings } from './restore.ts';

export interface RestoreOptions {
  /** The backup. */
  file: string;
  /** The shop's folder, on which no companion works. */
  root: string;
  databaseUrl?: string | undefined;
  log: Logger;
  now?: () => Date;
}

/** There is something already where the backup should go. */
export class NotEmptyError extends Error {
  override readonly name = 'NotEmptyError';
}

/**
 * Makes the shop what the backup says. What was in its folder before is set aside, not deleted; a PostgreSQL server must have
 * nothing of the shop yet (NotEmptyError). A damaged backup changes nothing (BackupDamagedError).
 */
export async function restoreFile({
  file,
  root,
  databaseUrl,
  log,
  now = () => new Date(),
}: RestoreOptions): Promise<void> {
  const { journalFrom } = await checkBackup(file);
  const stamp = now().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  await mkdir(root, { recursive: true });
  if (databaseUrl) await restoreOnServer(file, databaseUrl, log);
  else await restoreInFolder(file, join(root, 'database'), { journalFrom, stamp, log });
  await restoreSettings(file, root, join(root, 'backups', `settings-before-${stamp}`));
  log.info(`${file} was restored`);
}

async function restoreOnServer(file: string, databaseUrl: string, log: Logger): Promise<void> {
  const { queries, close } = openPostgres(databaseUrl, log);
  try {
    await migrate(queries);
    if (!(await isEmpty(queries))) throw new NotEmptyError('the PostgreSQL database has data of the shop already');
    await fillDatabase(file, queries, log);
  } finally {
    await close();
  }
}

interface FolderRestore {
  journalFrom: number;
  stamp: string;
  log: Logger;
}

async function restoreInFolder(
  file: string,
  folder: string,
  { journalFrom, stamp, log }: FolderRestore,
): Promise<void> {
  const journalFolder = join(folder, 'journal');
  const path = join(folder, 'pglite');
  // Beside the old one first: if this fails, the shop has lost nothing.
  const made = join(folder, `pglite-restored-${stamp}`);
  await mkdir(folder, { recursive: true });
  const first = Math.max(await newestSegment(journalFolder), journalFrom - 1) + 1;
  const { queries, close } = await openPglite(made);
  try {
    await migrate(queries);
    await fillDatabase(file, queries, log);
    await markFilled(queries, first);
  } finally {
    await close();
  }
  // The journal goes on after all that it ever held: the old segments are not replayed into what was restored.
  await passSegment(journalFolder, first - 1);
  if (existsSync(path)) await rename(path, `${path}-set-aside-${stamp}`);
  await rename(made, path);
  await syncFolder(folder);
}

function markFilled(queries: Queries, replayFrom: number): Promise<unknown> {
  return queries.update(journalPosition).set({ replayFrom }).execute();
}
