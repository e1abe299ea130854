import type { Logger } from '../../src/log.ts';
import { HttpError } from '../http-error.ts';
import type { Queries } from './connection.ts';
import { explainFailure, hasThreadEnded, isCorruption, sqlState, unavailable, withoutQuestion } from './failures.ts';
import type { Journal } from './journal.ts';

/** A database with what holds its newest commits. */
export interface OpenDatabase {
  queries: Queries;
  journal: Journal;
  /** True when other companions may write to it too. */
  isShared: boolean;
  /** Puts the database's own files on the disk; tells the first segment of the journal that it still needs. */
  checkpoint(): Promise<number>;
  close(): Promise<void>;
  /** Ends it as it is, broken as it may be: whoever waits for an answer is told. The journal is closed by itself, after the last of them. */
  abandon(): Promise<void>;
}

/** The shop's database, opened when it is first asked. */
export interface ShopDatabase {
  /**
   * Rejects with HttpError 503 when there is no database, 507 when the disk is full; it is opened anew at the next call. When it breaks
   * under `work`, that is done once more on the one that is opened after it: what goes in has its id, and goes in once.
   */
  use<T>(work: (database: OpenDatabase) => Promise<T>): Promise<T>;
  checkpoint: OpenDatabase['checkpoint'];
  close(): Promise<void>;
}

/** How to open it; `isDamaged` says that what is there cannot be trusted any more. */
export type Open = (isDamaged: boolean) => Promise<OpenDatabase>;

const longJournalBytes = 8 * 1024 * 1024;

export function createShopDatabase(open: Open, log: Logger): ShopDatabase {
  let opening: Promise<OpenDatabase> | null = null;
  let current: OpenDatabase | null = null;
  let leaving: Promise<void> = Promise.resolve();
  const working = new Map<OpenDatabase, Set<Promise<unknown>>>();
  let isDamaged = false;
  let isClosed = false;
  let isShortening = false;

  function opened(): Promise<OpenDatabase> {
    if (isClosed) return Promise.reject(unavailable(new Error('the companion is closing')));
    // The one before is out of its files first, and the journal whole.
    opening ??= leaving
      .then(() => open(isDamaged))
      .then(
        (database) => {
          isDamaged = false;
          current = database;
          return database;
        },
        (error) => {
          opening = null;
          log.error('the database could not be opened', withoutQuestion(error));
          const explained = explainFailure(error);
          throw explained instanceof HttpError ? explained : unavailable(error);
        },
      );
    return opening;
  }

  /** A database that broke is left behind; the next question opens it anew, and the journal brings back what it lacks. */
  function leave(broken: OpenDatabase, error: unknown): void {
    if (current !== broken) return;
    current = null;
    opening = null;
    isDamaged = isCorruption(error);
    log.error(isDamaged ? 'the database is damaged' : 'the database broke', withoutQuestion(error));
    leaving = abandon(broken);
  }

  /** What was committed in time is still written to the journal, by whoever committed it. */
  async function abandon(broken: OpenDatabase): Promise<void> {
    await broken.abandon().catch(() => undefined);
    await Promise.allSettled([...(working.get(broken) ?? [])]);
    await broken.journal.close().catch(() => undefined);
  }

  /** Does the work, and is known to do so until it ends. */
  async function workOn<T>(database: OpenDatabase, work: (database: OpenDatabase) => Promise<T>): Promise<T> {
    const under = working.get(database) ?? new Set();
    working.set(database, under);
    const mine = work(database);
    under.add(mine);
    try {
      return await mine;
    } finally {
      under.delete(mine);
      if (under.size === 0) working.delete(database);
    }
  }

  /** So that the next start has little to replay. */
  function shortenJournal(database: OpenDatabase): void {
    if (isShortening || database.journal.size() < longJournalBytes) return;
    isShortening = true;
    void database
      .checkpoint()
      .catch((error: unknown) => log.warn('the database could not be put on the disk', withoutQuestion(error)))
      .finally(() => {
        isShortening = false;
      });
  }

  async function attempt<T>(work: (database: OpenDatabase) => Promise<T>): Promise<T> {
    const database = await opened();
    try {
      const result = await workOn(database, work);
      shortenJournal(database);
      return result;
    } catch (error) {
      if (isBroken(error)) leave(database, error);
      throw error;
    }
  }

  async function use<T>(work: (database: OpenDatabase) => Promise<T>): Promise<T> {
    try {
      return await attempt(work).catch((error: unknown) => {
        if (isBroken(error) && !isClosed) return attempt(work);
        throw error;
      });
    } catch (error) {
      throw isBroken(error) && !(error instanceof HttpError) ? unavailable(error) : explainFailure(error);
    }
  }
  return {
    use,
    checkpoint: () => use(({ checkpoint }) => checkpoint()),
    close: async () => {
      isClosed = true;
      const database = await opening?.catch(() => null);
      await leaving;
      await database
        ?.close()
        .catch((error: unknown) =>
          log.error('the database did not end in order; the journal has what it lacks', withoutQuestion(error)),
        );
    },
  };
}

/** True when the database must be opened anew before anybody can use it. */
function isBroken(error: unknown): boolean {
  return isCorruption(error) || isEngineFailure(error);
}

/** True when PGlite itself ended in the middle: an error that neither PostgreSQL nor the system would have worded. */
function isEngineFailure(error: unknown): boolean {
  if (sqlState(error) !== null) return false;
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const name =
    cause instanceof Error || (typeof cause === 'object' && cause !== null && 'name' in cause) ? cause.name : '';
  return name === 'RuntimeError' || name === 'ExitStatus' || hasThreadEnded(error);
}
