import * as v from 'valibot';
import type { Logger } from '../log.ts';
import { jsonSchema, type ShopEvent, shopEventSchema } from '../schema/events.ts';
import type { Database } from './database.ts';

const kept = {
  sequence: v.pipe(v.number(), v.integer()),
  /** The companion would not have it, and why: it is kept here for a person, and holds up nothing. */
  setAside: v.optional(v.string()),
};
const keptItemSchema = v.variant('kind', [
  v.object({ ...kept, kind: v.literal('event'), id: v.string(), body: shopEventSchema }),
  v.object({ ...kept, kind: v.literal('document'), id: v.string(), body: jsonSchema }),
]);
type KeptItem = v.InferOutput<typeof keptItemSchema>;

/** What waits for the companion: an event, or a document as it now stands. `id` was made where it was born. */
export type OutboxItem = { kind: 'event'; id: string; body: ShopEvent } | { kind: 'document'; id: string; body: Json };
type Json = v.InferOutput<typeof jsonSchema>;

/** Null: it is with the companion, from now on or since before. Otherwise why the companion will never take it. */
export type SendResult = { refused: string } | null;
/** Sends items in order and says what became of each. Throws when the companion cannot be reached: they stay. */
export type Send = (items: readonly OutboxItem[], options: { signal: AbortSignal }) => Promise<SendResult[]>;

/** A transaction of idb's that may write the outbox, whatever else it writes. */
export interface OutboxTransaction {
  objectStore(name: 'outbox'): {
    index(name: 'id'): { getKey(id: string): Promise<number | undefined> };
    delete(sequence: number): Promise<void>;
    add(item: unknown): Promise<number>;
  };
  readonly done: Promise<void>;
}

export interface OutboxCounts {
  /** What waits to be sent. */
  pending: number;
  /** What the companion refused. */
  setAside: number;
}
export interface SetAsideItem {
  kind: OutboxItem['kind'];
  id: string;
  reason: string;
}

export interface Outbox {
  /** Keeps an event until the companion has it. */
  enqueueEvent(event: ShopEvent): Promise<void>;
  counts(): Promise<OutboxCounts>;
  setAside(): Promise<SetAsideItem[]>;
  /** Lets what was refused be sent again, at the end of the queue. */
  retrySetAside(): Promise<void>;
  /** Sends what waits, in order; each item leaves the outbox once it was taken. Throws what `send` throws. */
  drain(send: Send, options: { signal: AbortSignal }): Promise<void>;
  /** Calls `listener` when something was put in or taken out, in any window, until the returned function is called. */
  watch(listener: () => void): () => void;
}

const channelName = 'lagrace-outbox';
const batchItems = 100;
/** Index keys: an event and a document may bear the same id. */
const keyOf = (kind: OutboxItem['kind'], id: string): string => `${kind}:${id}`;

/**
 * Puts `item` into the outbox within the caller's own transaction: both are written or neither. An event that is there
 * already stays as it is; a document that waits gives way to its newer state, at the end of the queue.
 */
export async function enqueue(transaction: OutboxTransaction, item: OutboxItem): Promise<void> {
  const store = transaction.objectStore('outbox');
  const key = keyOf(item.kind, item.id);
  const waiting = await store.index('id').getKey(key);
  if (waiting !== undefined && item.kind === 'event') return;
  if (waiting !== undefined) await store.delete(waiting);
  await store.add({ ...item, id: key } satisfies Omit<KeptItem, 'sequence'>);
  transaction.done.then(announce, () => undefined);
}

function announce(): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(null);
  channel.close();
}

/** The outbox in `database`. One window at a time may drain it. */
export function createOutbox(database: Database, log: Logger): Outbox {
  const setAside = async (item: { sequence: number; id: string }, reason: string): Promise<void> => {
    const transaction = database.transaction('outbox', 'readwrite');
    const found: unknown = await transaction.store.get(item.sequence);
    if (typeof found === 'object') await transaction.store.put({ ...found, setAside: reason });
    await transaction.done;
    log.warn(`${item.id} was set aside in the outbox: ${reason}`);
  };

  /** The first items that wait, all of one kind; what cannot be read is set aside on the way. */
  const readBatch = async (): Promise<KeptItem[]> => {
    const batch: KeptItem[] = [];
    const unreadable: { sequence: number; id: string }[] = [];
    const transaction = database.transaction('outbox');
    for await (const cursor of transaction.store) {
      if (isSetAside(cursor.value)) continue;
      const parsed = v.safeParse(keptItemSchema, cursor.value);
      if (!parsed.success) {
        unreadable.push({ sequence: cursor.primaryKey, id: `item ${cursor.primaryKey}` });
        continue;
      }
      const [first] = batch;
      if (first && first.kind !== parsed.output.kind) break;
      batch.push(parsed.output);
      if (batch.length === batchItems || parsed.output.kind === 'document') break;
    }
    for (const item of unreadable) await setAside(item, 'it cannot be read');
    return batch;
  };

  const settle = async (batch: readonly KeptItem[], results: readonly SendResult[]): Promise<void> => {
    for (const [position, item] of batch.entries()) {
      const result = results[position];
      if (result === undefined) return;
      if (result) await setAside(item, result.refused);
      else await database.delete('outbox', item.sequence);
    }
    announce();
  };

  return {
    async enqueueEvent(event) {
      const transaction = database.transaction('outbox', 'readwrite');
      await enqueue(transaction, { kind: 'event', id: event.id, body: v.parse(shopEventSchema, event) });
      await transaction.done;
    },
    async counts() {
      const items = await database.getAll('outbox');
      const aside = items.filter(isSetAside).length;
      return { pending: items.length - aside, setAside: aside };
    },
    async setAside() {
      return (await database.getAll('outbox')).flatMap((item) => describeSetAside(item));
    },
    async retrySetAside() {
      const transaction = database.transaction('outbox', 'readwrite');
      for (const item of await transaction.store.getAll()) {
        const parsed = v.safeParse(keptItemSchema, item);
        if (!parsed.success || parsed.output.setAside === undefined) continue;
        const { sequence, setAside: _reason, ...rest } = parsed.output;
        await transaction.store.delete(sequence);
        await transaction.store.add(rest);
      }
      await transaction.done;
      announce();
    },
    async drain(send, { signal }) {
      for (;;) {
        signal.throwIfAborted();
        const batch = await readBatch();
        if (batch.length === 0) return;
        const results = await send(batch.map(toItem), { signal });
        if (results.length === 0)
          throw new Error(`the outbox's ${batch.length} items were sent and nothing was said of them`);
        await settle(batch, results);
      }
    },
    watch(listener) {
      const channel = new BroadcastChannel(channelName);
      channel.addEventListener('message', listener);
      return () => channel.close();
    },
  };
}

const setAsideSchema = v.object({ setAside: v.string() });
function isSetAside(item: unknown): boolean {
  return v.is(setAsideSchema, item);
}

function describeSetAside(item: unknown): SetAsideItem[] {
  const parsed = v.safeParse(
    v.object({ ...setAsideSchema.entries, kind: v.picklist(['event', 'document']), id: v.string() }),
    item,
  );
  if (!parsed.success) return [];
  const { kind, id, setAside: reason } = parsed.output;
  return [{ kind, id: id.slice(kind.length + 1), reason }];
}

function toItem(item: KeptItem): OutboxItem {
  const id = item.id.slice(item.kind.length + 1);
  return item.kind === 'event' ? { kind: 'event', id, body: item.body } : { kind: 'document', id, body: item.body };
}
