import { and, asc, desc, eq, gt, gte, inArray, lt, type SQL, sql } from 'drizzle-orm';
import type { ShopEvent, StoredEvent } from '../../src/schema/events.ts';
import { createBatches } from '../../src/tree/batches.ts';
import type { Queries, Transaction } from '../database/connection.ts';
import { explainFailure } from '../database/failures.ts';
import { fromEventColumns, toEventColumns } from '../database/rows.ts';
import type { OpenDatabase, ShopDatabase } from '../database/shop-database.ts';
import { events } from '../database/tables.ts';
import { type AddedEvent, type EventQuery, type EventStore, UnknownEventError } from './event-store.ts';

/** In one transaction; more would wait in the next. */
const maxEventsAtOnce = 1000;
const defaultLimit = 100;
/** Any number will do, as long as migrations and documents have others. */
const sequenceLock = 716_245_102;

/** Added, but not yet on the disk. */
interface Pending extends AddedEvent {
  kept: Promise<void>;
}
type Listener = (events: readonly StoredEvent[]) => void;

/** Keeps events in the shop's database, which it does not close. */
export function createEventStore(database: ShopDatabase): EventStore {
  const listeners = new Set<Listener>();
  let told: Promise<void> = Promise.resolve();
  let opened: OpenDatabase | null = null;

  async function insert(batch: ShopEvent[]): Promise<Pending[]> {
    return database.use(async (open) => {
      // Nothing more goes in while the disk is full.
      if (open.journal.owes()) await open.journal.flushed();
      const first = firstOfEachId(batch);
      const fresh = await insertNew(open, first);
      // Before anything else is asked: whoever lists them meanwhile waits for the journal.
      const kept = keep(open, [...fresh.values()]);
      // The one before may have kept an event and died before it said so.
      const isAnother = opened !== null && opened !== open;
      opened = open;
      told = told.then(() => kept.then(() => tell([...fresh.values()], isAnother)).catch(() => undefined));
      const others = [...first.keys()].filter((id) => !fresh.has(id));
      const known = await findByIds(open.queries, others);
      return batch.map((event) => ({ ...statusOf(event, first, fresh, known), kept }));
    });
  }
  function tell(fresh: readonly StoredEvent[], isAnother: boolean): void {
    if (fresh.length > 0 || isAnother) for (const listener of listeners) listener(fresh);
  }
  const insertTogether = createBatches(insert, maxEventsAtOnce);

  return {
    add: async (handed) => {
      const pending = await insertTogether(handed);
      await Promise.all(new Set(pending.map(({ kept }) => kept)));
      return pending.map(({ event, known }) => ({ event, known }));
    },
    list: (query) => database.use((open) => list(open, query)),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      listeners.clear();
      await told;
    },
  };
}

/** Resolves when these and all before them are on the disk; an event that was known may be on its way there still. */
function keep({ journal }: OpenDatabase, fresh: readonly StoredEvent[]): Promise<void> {
  const entries = fresh.map((row) => ({ table: 'events' as const, row }));
  const kept = journal.append(entries).catch((error: unknown) => {
    throw explainFailure(error);
  });
  // Who asked may fail before it waits for this.
  kept.catch(() => undefined);
  return kept;
}

function firstOfEachId(batch: readonly ShopEvent[]): Map<string, ShopEvent> {
  const first = new Map<string, ShopEvent>();
  for (const event of batch) if (!first.has(event.id)) first.set(event.id, event);
  return first;
}

/** Gives those that were not known before, in order. */
async function insertNew(
  { queries, isShared }: OpenDatabase,
  first: ReadonlyMap<string, ShopEvent>,
): Promise<Map<string, StoredEvent>> {
  if (first.size === 0) return new Map();
  const rows = [...first.values()].map(toEventColumns);
  const inserted = isShared ? await insertInTurn(queries, rows) : await insertRows(queries, rows);
  const sequences = new Map(inserted.map(({ id, sequence }) => [id, sequence]));
  const fresh = new Map<string, StoredEvent>();
  for (const [id, event] of first) {
    const sequence = sequences.get(id);
    if (sequence !== undefined) fresh.set(id, { ...event, sequence });
  }
  return fresh;
}

/** An event that came twice in one batch is new the first time only. */
function statusOf(
  event: ShopEvent,
  first: ReadonlyMap<string, ShopEvent>,
  fresh: ReadonlyMap<string, StoredEvent>,
  known: ReadonlyMap<string, StoredEvent>,
): AddedEvent {
  const added = fresh.get(event.id);
  if (added) return { event: added, known: first.get(event.id) !== event };
  const stored = known.get(event.id);
  if (!stored) throw new Error(`event ${event.id} was neither added nor found`);
  return { event: stored, known: true };
}

type Row = ReturnType<typeof toEventColumns<ShopEvent>>;

/** Another companion on the same server must not be seen to arrive before what is already told. */
function insertInTurn(queries: Queries, rows: readonly Row[]): ReturnType<typeof insertRows> {
  return queries.transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(${sequenceLock})`);
    return insertRows(transaction, rows);
  });
}

/** Of those that were not known, what sequence each got, in this order. One list a column: a statement that is the same for any number is cheap. */
async function insertRows(
  queries: Queries | Transaction,
  rows: readonly Row[],
): Promise<{ id: string; sequence: number }[]> {
  const column = <Name extends keyof (typeof rows)[number]>(name: Name): SQL =>
    sql`${sql.param(rows.map((row) => row[name]))}`;
  const inserted = await queries.execute<{ id: string; sequence: number | string }>(sql`
    insert into lagrace.events (id, type, data, timestamp, source)
    select id, type, data, timestamp, source
    from unnest(
      ${column('id')}::text[], ${column('type')}::text[], ${column('data')}::text[],
      ${column('timestamp')}::double precision[], ${column('source')}::text[]
    ) with ordinality as sent (id, type, data, timestamp, source, place)
    order by place
    on conflict (id) do nothing
    returning id, sequence`);
  // One driver gives large integers as text.
  return inserted.rows.map(({ id, sequence }) => ({ id, sequence: Number(sequence) }));
}

async function findByIds(queries: Queries, ids: readonly string[]): Promise<Map<string, StoredEvent>> {
  if (ids.length === 0) return new Map();
  const rows = await queries
    .select()
    .from(events)
    .where(inArray(events.id, [...ids]));
  return new Map(rows.map((row) => [row.id, fromEventColumns(row)]));
}

async function list({ queries, journal }: OpenDatabase, query: EventQuery): Promise<StoredEvent[]> {
  const { type, since, until, after, limit = defaultLimit } = query;
  const from = after === undefined ? undefined : await sequenceOf(queries, after);
  const conditions: (SQL | undefined)[] = [
    type === undefined ? undefined : eq(events.type, type),
    since === undefined ? undefined : gte(events.timestamp, since),
    until === undefined ? undefined : lt(events.timestamp, until),
    from === undefined ? undefined : gt(events.sequence, from),
  ];
  const rows = await queries
    .select()
    .from(events)
    .where(and(...conditions))
    .orderBy(from === undefined ? desc(events.sequence) : asc(events.sequence))
    .limit(limit);
  // What is told must not be taken back by a power cut. On a full disk, better an event that may come again than none.
  await journal.flushed().catch(() => undefined);
  const listed = rows.map(fromEventColumns);
  return from === undefined ? listed.reverse() : listed;
}

/** An id as it is; else, when it is a whole number, a sequence. */
async function sequenceOf(queries: Queries, after: number | string): Promise<number> {
  if (typeof after === 'number') return after;
  const [row] = await queries.select({ sequence: events.sequence }).from(events).where(eq(events.id, after));
  if (row) return row.sequence;
  if (/^\d{1,15}$/.test(after)) return Number(after);
  throw new UnknownEventError(`there is no event ${after}`);
}
