import { bigint, doublePrecision, integer, pgSchema, text } from 'drizzle-orm/pg-core';

/** In a schema of its own: a PostgreSQL server may be home to the shop's other programs. */
const lagrace = pgSchema('lagrace');

export const events = lagrace.table('events', {
  sequence: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
  id: text().notNull().unique(),
  type: text().notNull(),
  /** JSON, as text: PostgreSQL's own types would refuse a NUL in a string, and take its null for none. */
  data: text().notNull(),
  timestamp: doublePrecision().notNull(),
  source: text().notNull(),
});

/** What is looked for has its column; `body` is the document itself. The columns of a number are null in a draft. */
export const documents = lagrace.table('documents', {
  id: text().primaryKey(),
  number: text().unique(),
  counter: text(),
  kind: text().notNull(),
  year: integer(),
  sequence: bigint({ mode: 'number' }),
  state: text().notNull(),
  /** Epoch milliseconds. */
  issuedAt: bigint('issued_at', { mode: 'number' }),
  createdAt: bigint('created_at', { mode: 'number' }).notNull(),
  /** The id of the document that this credit note cancels. */
  cancels: text(),
  /** JSON. */
  body: text().notNull(),
});

/** Who issues documents: `place` is the digit of `C1`. */
export const counters = lagrace.table('counters', {
  place: integer().primaryKey(),
  profileId: text('profile_id').notNull().unique(),
  name: text(),
});

/** One row: the first segment of the journal that may hold what is not in this database; 0 before it was filled from a backup. */
export const journalPosition = lagrace.table('journal_position', {
  id: integer().primaryKey().default(1),
  replayFrom: integer('replay_from').notNull(),
});
