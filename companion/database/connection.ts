import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

interface Rows<Row> {
  rows: Row[];
}
/** What both drivers answer to plain SQL. */
interface PlainResult extends PgQueryResultHKT {
  type: Rows<this['row']>;
}
/** Asks PGlite and PostgreSQL alike. */
export type Queries = PgDatabase<PlainResult>;
export type Transaction = Parameters<Parameters<Queries['transaction']>[0]>[0];

export interface Connection {
  queries: Queries;
  close(): Promise<void>;
  /** Ends it as it is, in the middle of whatever it does: every question that it was asked fails. */
  abandon(): Promise<void>;
}
