import { and, asc, desc, eq, gt, gte, isNotNull, lt, max, or, type SQL, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { type CounterNumbering, type DocumentKind, numberingSchema } from '../../src/schema/documents.ts';
import type { Json } from '../../src/schema/events.ts';
import type { Queries, Transaction } from '../database/connection.ts';
import type { DocumentRow } from '../database/journal-entries.ts';
import { fromDocumentColumns, toDocumentColumns } from '../database/rows.ts';
import type { ShopDatabase } from '../database/shop-database.ts';
import { documents } from '../database/tables.ts';
import { HttpError } from '../http-error.ts';
import { markCancelled, type SentDocument, saysTheSame, toRow } from './document-row.ts';

export interface DocumentQuery {
  counter?: string | undefined;
  kind?: DocumentKind | undefined;
  /** When it was made, epoch milliseconds: `since` included, `until` not. */
  since?: number | undefined;
  until?: number | undefined;
  /** The id of a document: those made after it. */
  after?: string | undefined;
  /** The last so many, or with `after` the first so many. */
  limit: number;
}

/** The shop's invoices, receipts, quotes and credit notes. */
export interface DocumentStore {
  /**
   * Keeps a document; what is resolved is on the disk. Putting it again changes nothing. Rejects with HttpError 409 when another
   * has its number, or when it would change what was issued.
   */
  put(sent: SentDocument): Promise<{ body: Json; isNew: boolean }>;
  get(id: string): Promise<Json | null>;
  /** In the order in which they were made, the newest last. */
  list(query: DocumentQuery): Promise<Json[]>;
  numbering(counter: string): Promise<CounterNumbering>;
}

/** Any number will do, as long as migrations, events and counters have others. */
const documentsLock = 716_245_103;

export function createDocumentStore(database: ShopDatabase): DocumentStore {
  return {
    put: (sent) =>
      database.use(async ({ queries, journal }) => {
        if (journal.owes()) await journal.flushed();
        const { row, isNew, changed } = await queries.transaction((transaction) => put(transaction, sent));
        await journal.append(changed.map((one) => ({ table: 'documents', row: one })));
        return { body: row.body, isNew };
      }),
    get: (id) => database.use(async ({ queries }) => (await find(queries, id))?.body ?? null),
    list: (query) => database.use(({ queries }) => list(queries, query)),
    numbering: (counter) => database.use(({ queries }) => numbering(queries, counter)),
  };
}

interface Put {
  row: DocumentRow;
  isNew: boolean;
  /** Every row that is not what it was. */
  changed: DocumentRow[];
}

async function put(transaction: Transaction, sent: SentDocument): Promise<Put> {
  await transaction.execute(sql`select pg_advisory_xact_lock(${documentsLock})`);
  const kept = await find(transaction, sent.document.id);
  const row = kept && kept.state !== 'draft' ? keepIssued(kept, sent) : await replaceDraft(transaction, sent);
  const changed = row === kept ? [] : [row];
  const cancelled = row.cancels === null ? null : await find(transaction, row.cancels);
  if (cancelled?.state === 'issued') changed.push(markCancelled(cancelled, row.id));
  for (const one of changed) await write(transaction, one);
  return { row, isNew: kept === null, changed };
}

/** What was issued stays as it is; it may only be cancelled, and stays so. */
function keepIssued(kept: DocumentRow, { document }: SentDocument): DocumentRow {
  if (document.state === 'draft' || !saysTheSame(kept, document)) {
    throw new HttpError(409, 'document-issued', `${kept.number} was issued: it does not change any more`);
  }
  return kept.state === 'issued' && document.state === 'cancelled' ? markCancelled(kept, document.cancelledBy) : kept;
}

async function replaceDraft(transaction: Transaction, sent: SentDocument): Promise<DocumentRow> {
  const row = toRow(sent);
  if (row.number === null) return row;
  const [holder] = await transaction.select().from(documents).where(eq(documents.number, row.number));
  if (holder) throw new HttpError(409, 'number-taken', `${row.number} is the number of document ${holder.id}`);
  // Its credit note may have come first.
  const [note] = await transaction.select().from(documents).where(eq(documents.cancels, row.id)).limit(1);
  return note && row.state === 'issued' ? markCancelled(row, note.id) : row;
}

async function write(transaction: Transaction, row: DocumentRow): Promise<void> {
  const columns = toDocumentColumns(row);
  await transaction.insert(documents).values(columns).onConflictDoUpdate({ target: documents.id, set: columns });
}

async function find(queries: Queries | Transaction, id: string): Promise<DocumentRow | null> {
  const [columns] = await queries.select().from(documents).where(eq(documents.id, id));
  return columns ? fromDocumentColumns(columns) : null;
}

async function list(queries: Queries, { counter, kind, since, until, after, limit }: DocumentQuery): Promise<Json[]> {
  const conditions: (SQL | undefined)[] = [
    counter === undefined ? undefined : eq(documents.counter, counter),
    kind === undefined ? undefined : eq(documents.kind, kind),
    since === undefined ? undefined : gte(documents.createdAt, since),
    until === undefined ? undefined : lt(documents.createdAt, until),
    after === undefined ? undefined : await madeAfter(queries, after),
  ];
  const direction = after === undefined ? desc : asc;
  const rows = await queries
    .select({ body: documents.body })
    .from(documents)
    .where(and(...conditions))
    .orderBy(direction(documents.createdAt), direction(documents.id))
    .limit(limit);
  const bodies = rows.map(({ body }): Json => JSON.parse(body));
  return after === undefined ? bodies.reverse() : bodies;
}

async function madeAfter(queries: Queries, id: string): Promise<SQL | undefined> {
  const [found] = await queries.select().from(documents).where(eq(documents.id, id));
  if (!found) throw new HttpError(400, 'unknown-document', `there is no document ${id}`);
  const { createdAt } = found;
  return or(gt(documents.createdAt, createdAt), and(eq(documents.createdAt, createdAt), gt(documents.id, id)));
}

async function numbering(queries: Queries, counter: string): Promise<CounterNumbering> {
  const rows = await queries
    .select({ kind: documents.kind, year: documents.year, sequence: max(documents.sequence) })
    .from(documents)
    .where(and(eq(documents.counter, counter), isNotNull(documents.number)))
    .groupBy(documents.kind, documents.year)
    .orderBy(documents.kind, documents.year);
  return v.parse(numberingSchema, { counter, last: rows });
}
