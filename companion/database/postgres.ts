import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Logger } from '../../src/log.ts';
import type { Connection } from './connection.ts';

const maxConnections = 8;
const connectTimeoutMs = 5000;

/** Asks a PostgreSQL server; nothing is sent to it yet. What is committed there is on its disk, as long as its fsync is on. */
export function openPostgres(databaseUrl: string, log: Logger): Connection {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: maxConnections,
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: 'lagrace',
  });
  // An idle connection that breaks is replaced at the next question; unheard, its event would end the companion.
  pool.on('error', (error) => log.warn('a connection to PostgreSQL broke', error));
  return { queries: drizzle(pool), close: () => pool.end(), abandon: () => pool.end() };
}
