import type { Logger } from '../../src/log.ts';
import { noJournal } from './journal.ts';
import { migrate } from './migrations.ts';
import { openPostgres } from './postgres.ts';
import type { Open } from './shop-database.ts';

/** How to open the database of a PostgreSQL server, which keeps what it commits by itself. */
export function openServerDatabase(databaseUrl: string, log: Logger): Open {
  return async () => {
    const { queries, close, abandon } = openPostgres(databaseUrl, log);
    try {
      await migrate(queries);
      return { queries, journal: noJournal, isShared: true, checkpoint: async () => 1, close, abandon };
    } catch (error) {
      await close();
      throw error;
    }
  };
}
