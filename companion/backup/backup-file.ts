import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import * as v from 'valibot';
import { treePathSchema } from '../../src/schema/tree.ts';
import { syncFolder } from '../database/durable-files.ts';
import { type Entry, entrySchema } from '../database/journal-entries.ts';

const headerSchema = v.object({
  format: v.literal('lagrace-backup'),
  version: v.literal(1),
  /** Epoch milliseconds. */
  madeAt: v.number(),
  /** The first segment of its root's journal that may hold what this backup lacks. */
  journalFrom: v.pipe(v.number(), v.integer(), v.minValue(1)),
});
export type BackupHeader = v.InferOutput<typeof headerSchema>;

/** A file of the folder `settings`, as it is. */
const settingsFileSchema = v.object({
  settings: v.pipe(treePathSchema, v.startsWith('settings/')),
  base64: v.pipe(v.string(), v.base64()),
});
export type SettingsFile = v.InferOutput<typeof settingsFileSchema>;
export type BackupRecord = Entry | SettingsFile;
const recordSchema = v.union([entrySchema, settingsFileSchema]);
const trailerSchema = v.object({ records: v.pipe(v.number(), v.integer()) });

/** A backup that is cut short, altered, or none. */
export class BackupDamagedError extends Error {
  override readonly name = 'BackupDamagedError';
}

/**
 * Writes a backup, whole or not at all: lines of JSON, compressed by gzip: a header, the records that `fill` gives, their
 * number. Any database, and any person with a text editor, can make something of it.
 */
export async function writeBackup(
  path: string,
  header: Omit<BackupHeader, 'format' | 'version'>,
  fill: (write: (records: readonly BackupRecord[]) => Promise<void>) => Promise<void>,
): Promise<void> {
  const part = `${path}.part`;
  const gzip = createGzip();
  const written = pipeline(gzip, createWriteStream(part));
  // Who waits for the file to take more must hear when it never will.
  written.catch(() => undefined);
  const writeLine = async (line: unknown): Promise<void> => {
    if (!gzip.write(`${JSON.stringify(line)}\n`)) await Promise.race([once(gzip, 'drain'), written]);
  };
  let records = 0;
  try {
    await writeLine({ format: 'lagrace-backup', version: 1, ...header });
    await fill(async (more) => {
      for (const record of more) await writeLine(record);
      records += more.length;
    });
    await writeLine({ records });
    gzip.end();
    await written;
    await syncFile(part);
    await rename(part, path);
  } catch (error) {
    gzip.destroy();
    await written.catch(() => undefined);
    await rm(part, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The header, once the whole file was read and found sound. Rejects with BackupDamagedError. */
export async function checkBackup(path: string): Promise<BackupHeader> {
  let header: BackupHeader | null = null;
  for await (const read of readBackup(path)) if ('header' in read) header = read.header;
  if (header === null) throw new BackupDamagedError(`${path} is no backup`);
  return header;
}

/** The header, then the records by the hundreds. Rejects with BackupDamagedError, at the latest at the end. */
export async function* readBackup(
  path: string,
): AsyncGenerator<{ header: BackupHeader } | { records: BackupRecord[] }> {
  let count = 0;
  let ended = false;
  let isFirst = true;
  try {
    for await (const lines of readLines(path)) {
      const values = lines.map((line): unknown => JSON.parse(line));
      if (isFirst) yield { header: v.parse(headerSchema, values.shift()) };
      isFirst = false;
      if (ended && values.length > 0) throw new Error('it goes on after its end');
      const trailer = v.safeParse(trailerSchema, values.at(-1));
      if (trailer.success) values.pop();
      const records = values.map((value) => v.parse(recordSchema, value));
      count += records.length;
      if (trailer.success && trailer.output.records !== count) throw new Error(`it has ${count} records`);
      ended ||= trailer.success;
      yield { records };
    }
    if (!ended) throw new Error('its end is missing');
  } catch (error) {
    throw new BackupDamagedError(`the backup ${path} cannot be read: ${String(error)}`, { cause: error });
  }
}

/** The lines of each piece of the file that ends one or more. */
async function* readLines(path: string): AsyncGenerator<string[]> {
  const input = createReadStream(path);
  const gunzip = createGunzip();
  input.once('error', (error) => gunzip.destroy(error));
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of input.pipe(gunzip)) {
      text += decoder.decode(chunk, { stream: true });
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      if (lines.length > 0) yield lines;
    }
  } finally {
    input.destroy();
  }
  if (text !== '') throw new Error('its last line is cut');
}
