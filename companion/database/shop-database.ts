import type { Logger } from '../../src/log.ts';
import type { Queries } from './connection.ts';
import { explainFailure, isCorruption, sqlState, unavailable } from './failures.ts';
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
}

/** The shop's database, opened when it is first asked. */
export interface ShopDatabase {
  /** Rejects with HttpError 503 when there is no database, 507 when the disk is full; it is opened anew at the next call. */
  use<T>(work: (database: OpenDatabase) => Promise<T>): Promise<T>;
  checkpoint: OpenDatabase['checkpoint'];
  close(): Promise<void>;
}

/** How to open it; `isDamaged` says that what is there cannot be trusted any more. */
export type Open = (isDamaged: boolean) => Promise<OpenDatabase>;

const longJournalBytes = 8 * 1024 * 1024;

export function createShopDatabase(open: Open, log: Logger): ShopDatabase {
  let opening: Promise<OpenDatabase> | null = null;
  let isDamaged = false;
  let isClosed = false;
  let isShortening = false;

  function opened(): Promise<OpenDatabase> {
    if (isClosed) return Promise.reject(unavailable(new Error('the companion is closing')));
    opening ??= open(isDamaged).then(
      (database) => {
        isDamaged = false;
        return database;
      },
      (error) => {
        opening = null;
        log.error('the database could not be opened', error);
        const explained = explainFailure(error);
        throw explained === error ? unavailable(error) : explained;
      },
    );
    return opening;
  }

  /** A database that broke is left behind; the next question opens it anew, and the journal brings back what it lacks. */
  async function leave(broken: OpenDatabase, error: unknown): Promise<void> {
    if (opening === null || (await opening) !== broken) return;
    opening = null;
    isDamaged = isCorruption(error);
    log.error(isDamaged ? 'the database is damaged' : 'the database broke', error);
    await broken.close().catch(() => undefined);
  }

  /** So that the next start has little to replay. */
  function shortenJournal(database: OpenDatabase): void {
    if (isShortening || database.journal.size() < longJournalBytes) return;
    isShortening = true;
    void database
      .checkpoint()
      .catch((error: unknown) => log.warn('the database could not be put on the disk', error))
      .finally(() => {
        isShortening = false;
      });
  }

  async function use<T>(work: (database: OpenDatabase) => Promise<T>): Promise<T> {
    const database = await opened();
    try {
      const result = await work(database);
      shortenJournal(database);
      return result;
    } catch (error) {
      if (isCorruption(error) || isEngineFailure(error)) await leave(database, error);
      throw explainFailure(error);
    }
  }
  return {
    use,
    checkpoint: () => use(({ checkpoint }) => checkpoint()),
    close: async () => {
      isClosed = true;
      const database = await opening?.catch(() => null);
      await database?.close();
    },
  };
}

/** True when PGlite itself ended in the middle: an error that neither PostgreSQL nor the system would have worded. */
function isEngineFailure(error: unknown): boolean {
  if (sqlState(error) !== null) return false;
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const name =
    cause instanceof Error || (typeof cause === 'object' && cause !== null && 'name' in cause) ? cause.name : '';
  return name === 'RuntimeError' || name === 'ExitStatus' || /PGlite is closed/.test(String(cause));
}
