import { getTableColumns, sql } from 'drizzle-orm';
import type { Logger } from '../../src/log.ts';
import type { Queries, Transaction } from './connection.ts';
import { sqlState, withoutQuestion } from './failures.ts';
import type { Entry } from './journal-entries.ts';
import { toDocumentColumns, toEventColumns } from './rows.ts';
import { counters, documents, events } from './tables.ts';

/**
 * Makes the rows what the entries say, however often they are said. An entry that the database refuses for what it says is logged and
 * left out. Rejects when the database could not do it at all: then nothing may go on as if it had.
 */
export async function applyEntries(queries: Queries, entries: readonly Entry[], log: Logger): Promise<void> {
  if (entries.length === 0) return;
  try {
    await queries.transaction((transaction) => apply(transaction, entries));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const [only] = entries;
    if (entries.length > 1) for (const entry of entries) await applyEntries(queries, [entry], log);
    // The row itself stays in the journal or the backup that it came from.
    else log.error(`a row of ${only?.table} could not be put back: ${nameOf(only)}`, withoutQuestion(error));
  }
}

/** True when a row is at fault: PostgreSQL's classes of bad data and of broken constraints. */
function isRefusal(error: unknown): boolean {
  return /^2[23]/.test(sqlState(error) ?? '');
}

function nameOf(entry: Entry | undefined): string {
  if (!entry) return '';
  return entry.table === 'counters' ? `C${entry.row.place}` : entry.row.id;
}

/** The next event's sequence comes after those that are there. */
export async function raiseSequence(queries: Queries): Promise<void> {
  await queries.execute(sql`
    select setval(pg_get_serial_sequence('lagrace.events', 'sequence'), greatest(max(sequence), 1), max(sequence) is not null)
    from lagrace.events`);
}

async function apply(transaction: Transaction, entries: readonly Entry[]): Promise<void> {
  const newEvents = entries.flatMap((entry) => (entry.table === 'events' ? [toEventColumns(entry.row)] : []));
  if (newEvents.length > 0) await transaction.insert(events).values(newEvents).onConflictDoNothing();
  const counterRows = entries.flatMap((entry) => (entry.table === 'counters' ? [entry.row] : []));
  const newCounters = lastOf(counterRows, ({ place }) => place);
  if (newCounters.length > 0) {
    const set = excluded(counters, ['place']);
    await transaction.insert(counters).values(newCounters).onConflictDoUpdate({ target: counters.place, set });
  }
  const documentRows = entries.flatMap((entry) => (entry.table === 'documents' ? [toDocumentColumns(entry.row)] : []));
  const newDocuments = lastOf(documentRows, ({ id }) => id);
  if (newDocuments.length > 0) {
    const set = excluded(documents, ['id']);
    await transaction.insert(documents).values(newDocuments).onConflictDoUpdate({ target: documents.id, set });
  }
}

/** The newest row of each key: one statement may not change a row twice. */
function lastOf<Row>(rows: readonly Row[], key: (row: Row) => string | number): Row[] {
  return [...new Map(rows.map((row) => [key(row), row])).values()];
}

/** Every column but its key as the row that was refused would have had it. */
function excluded(table: typeof counters | typeof documents, keys: readonly string[]): Record<string, unknown> {
  const columns = Object.entries(getTableColumns(table)).filter(([name]) => !keys.includes(name));
  return Object.fromEntries(columns.map(([name, column]) => [name, sql.raw(`excluded."${column.name}"`)]));
}
