import { mkdir, readdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Logger } from '../../src/log.ts';
import { applyEntries, raiseSequence } from '../database/apply.ts';
import type { Queries } from '../database/connection.ts';
import { replaceFile } from '../database/durable-files.ts';
import type { Entry } from '../database/journal-entries.ts';
import { type BackupHeader, type BackupRecord, checkBackup, readBackup, type SettingsFile } from './backup-file.ts';
import { listBackups } from './backups.ts';

/** Fills an empty database from the newest sound backup of the root; tells the first segment of the journal that it lacks. */
export async function restoreNewest(root: string, queries: Queries, log: Logger): Promise<number> {
  for (const path of await listBackups(root)) {
    try {
      const { journalFrom } = await fillDatabase(path, queries, log);
      log.info(`the database was filled from ${path}`);
      return journalFrom;
    } catch (error) {
      log.error(`${path} is of no use; the one before is tried`, error);
    }
  }
  return 1;
}

/** Puts the rows of a backup into a database. Rejects with BackupDamagedError before anything is changed. */
export async function fillDatabase(path: string, queries: Queries, log: Logger): Promise<BackupHeader> {
  const header = await checkBackup(path);
  for await (const read of readBackup(path)) {
    if ('records' in read) await applyEntries(queries, read.records.filter(isEntry), log);
  }
  await raiseSequence(queries);
  return header;
}

/** Puts the settings of a backup where they were; those that are there are moved to `aside`. */
export async function restoreSettings(path: string, root: string, aside: string): Promise<void> {
  const folder = join(root, 'settings');
  const names = await readdir(folder).catch(() => []);
  if (names.length > 0) {
    await mkdir(dirname(aside), { recursive: true });
    await rename(folder, aside);
  }
  for await (const read of readBackup(path)) {
    if ('header' in read) continue;
    for (const record of read.records) if (!isEntry(record)) await writeSettings(root, record);
  }
}

async function writeSettings(root: string, { settings, base64 }: SettingsFile): Promise<void> {
  const path = join(root, ...settings.split('/'));
  await mkdir(dirname(path), { recursive: true });
  await replaceFile(path, Buffer.from(base64, 'base64'));
}

function isEntry(record: BackupRecord): record is Entry {
  return 'table' in record;
}
