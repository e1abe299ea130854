import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import type { Connection } from './connection.ts';
import { syncFolder, syncTree } from './durable-files.ts';
import { openPgliteThread } from './pglite-client.ts';

/** Lies beside the built program; a program that runs from its sources has none. */
const builtEmptyDatabase = fileURLToPath(new URL('./empty-database', import.meta.url));

/**
 * Opens the database that lies in `folder`; makes an empty one, whole or not at all, when there is none: a copy of `emptyDatabase` where
 * that is there, since PostgreSQL takes seconds to set one up.
 */
export async function openPglite(folder: string, emptyDatabase = builtEmptyDatabase): Promise<Connection> {
  if (!existsSync(folder)) await makePglite(folder, emptyDatabase);
  const client = await openPgliteThread(folder);
  // Drizzle asks for no more of PGlite than a client of its thread has.
  return { queries: drizzle(client as unknown as PGlite), close: client.close, abandon: client.abandon };
}

async function makePglite(folder: string, emptyDatabase: string): Promise<void> {
  const part = `${folder}.part`;
  await rm(part, { recursive: true, force: true });
  if (existsSync(emptyDatabase)) {
    await cp(emptyDatabase, part, { recursive: true });
  } else {
    await mkdir(part, { recursive: true });
    const client = await openPgliteThread(part);
    await client.close();
  }
  await syncTree(part);
  await rename(part, folder);
  await syncFolder(dirname(folder));
}
