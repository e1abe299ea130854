import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import type { Logger } from '../../src/log.ts';
import { applyEntries, raiseSequence } from './apply.ts';
import type { Connection, Queries } from './connection.ts';
import { syncFolder } from './durable-files.ts';
import { hasThreadEnded, isDiskProblem, withoutQuestion } from './failures.ts';
import { type Journal, openJournal, passSegment, readJournal } from './journal.ts';
import type { Entry } from './journal-entries.ts';
import { migrate, NewerDatabaseError } from './migrations.ts';
import { openPglite } from './pglite.ts';
import type { Open, OpenDatabase } from './shop-database.ts';
import { journalPosition } from './tables.ts';

export interface LocalDatabaseOptions {
  /** Gets `pglite/`, the database itself, and `journal/`. */
  folder: string;
  /** Fills an empty database from the newest backup; tells the first segment of the journal that it lacks. */
  restoreNewest: (queries: Queries) => Promise<number>;
  log: Logger;
  now?: () => Date;
}

/** How to open the database that lies in the shop's folder. One that cannot be read is set aside once, and made anew from the
 * newest backup and the journal; nothing that was answered is lost by it. */
export function openLocalDatabase(options: LocalDatabaseOptions): Open {
  const { folder, log } = options;
  let maySetAside = true;
  return async (isDamaged) => {
    await mkdir(folder, { recursive: true });
    if (!isDamaged) {
      try {
        return await openWithJournal(options).catch((error: unknown) => {
          // A thread that is ended from without says nothing of what lies on the disk; one that ends again does.
          if (hasThreadEnded(error)) return openWithJournal(options);
          throw error;
        });
      } catch (error) {
        if (!maySetAside || isDiskProblem(error) || error instanceof NewerDatabaseError) throw error;
        log.error('the database does not open', withoutQuestion(error));
      }
    } else if (!maySetAside) throw new Error('the database is damaged again: the disk should be looked at');
    maySetAside = false;
    await setAside(options);
    return openWithJournal(options);
  };
}

async function openWithJournal({ folder, restoreNewest, log }: LocalDatabaseOptions): Promise<OpenDatabase> {
  const journalFolder = join(folder, 'journal');
  const connection = await openPglite(join(folder, 'pglite'));
  try {
    const { queries } = connection;
    await migrate(queries);
    let from = await readReplayFrom(queries);
    if (from === 0) {
      from = await restoreNewest(queries);
      await passSegment(journalFolder, from - 1);
      await queries.update(journalPosition).set({ replayFrom: from });
    }
    const replayed = await replay(queries, readJournal(journalFolder, from, log), log);
    if (replayed > 0) log.info(`${replayed} rows of the journal were put back into the database`);
    const journal = await openJournal(journalFolder, from);
    return {
      queries,
      journal,
      isShared: false,
      checkpoint: () => checkpoint(queries, journal),
      close: () => closeBoth(connection, journal),
      abandon: connection.abandon,
    };
  } catch (error) {
    await connection.close().catch(() => undefined);
    throw error;
  }
}

async function readReplayFrom(queries: Queries): Promise<number> {
  const [position] = await queries.select().from(journalPosition);
  return position?.replayFrom ?? 0;
}

/** Tells how many rows it was given. */
async function replay(queries: Queries, batches: AsyncIterable<Entry[]>, log: Logger): Promise<number> {
  let count = 0;
  for await (const entries of batches) {
    await applyEntries(queries, entries, log);
    count += entries.length;
  }
  await raiseSequence(queries);
  return count;
}

async function checkpoint(queries: Queries, journal: Journal): Promise<number> {
  const from = await journal.rotate();
  // The mark goes the way of the rows before it: a database that has the mark has them.
  await queries.update(journalPosition).set({ replayFrom: from });
  await queries.execute(sql`checkpoint`);
  return from;
}

/** A clean end leaves nothing to replay. */
async function closeBoth(connection: Connection, journal: Journal): Promise<void> {
  try {
    if (journal.size() > 0) await checkpoint(connection.queries, journal);
  } finally {
    await journal.close();
    await connection.close();
  }
}

/** Out of the way, but there for who can mend it. */
async function setAside({ folder, log, now = () => new Date() }: LocalDatabaseOptions): Promise<void> {
  const path = join(folder, 'pglite');
  if (!existsSync(path)) return;
  const stamp = now().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  const aside = `${path}-set-aside-${stamp}`;
  await rename(path, aside);
  await syncFolder(folder);
  log.warn(`the database was set aside as ${aside} and is made anew from the backup and the journal`);
}
