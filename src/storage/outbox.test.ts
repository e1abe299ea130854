import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLogger } from '../log.ts';
import type { ShopEvent } from '../schema/events.ts';
import { type Database, openDatabase } from './database.ts';
import { createOutbox, enqueue, type OutboxItem, type Send } from './outbox.ts';

const written = vi.fn();
const { signal } = new AbortController();
let database: Database;

beforeEach(async () => {
  database = await openDatabase();
});
afterEach(async () => {
  await database.clear('outbox');
  database.close();
  written.mockClear();
});

const outbox = () => createOutbox(database, createLogger(written));
const event = (id: string): ShopEvent => ({
  id,
  type: 'assistant.turn',
  data: { n: 1 },
  timestamp: 1,
  source: 'comptoir',
});
const document = (id: string, total: number): OutboxItem => ({ kind: 'document', id, body: { id, total } });

/** A companion that takes everything, except the ids it refuses. */
function companion(refused: string[] = []) {
  const taken: OutboxItem[] = [];
  const send: Send = async (items) =>
    items.map((item) => {
      if (refused.includes(item.id)) return { refused: 'it makes no sense' };
      taken.push(item);
      return null;
    });
  return { taken, send };
}

async function put(...items: OutboxItem[]): Promise<void> {
  const transaction = database.transaction(['outbox', 'documents'], 'readwrite');
  for (const item of items) await enqueue(transaction, item);
  await transaction.done;
}

it('empties in the order in which things were put in, each once', async () => {
  const ids = Array.from({ length: 250 }, (_, index) => `event-${index}`);
  for (const id of ids) await outbox().enqueueEvent(event(id));
  await put(document('facture', 3));
  await outbox().enqueueEvent(event('last'));
  const { taken, send } = companion();
  await outbox().drain(send, { signal });
  expect(taken.map(({ id }) => id)).toEqual([...ids, 'facture', 'last']);
  expect(await outbox().counts()).toEqual({ pending: 0, setAside: 0 });
});

it('keeps an event once, whoever hands it in twice', async () => {
  await outbox().enqueueEvent(event('same'));
  await outbox().enqueueEvent(event('same'));
  expect((await outbox().counts()).pending).toBe(1);
});

it('sends a document as it last stood', async () => {
  await put(document('facture', 1), document('facture', 2));
  const { taken, send } = companion();
  await outbox().drain(send, { signal });
  expect(taken).toEqual([document('facture', 2)]);
});

it('keeps a document that changed while its older state was on its way', async () => {
  await put(document('facture', 1));
  const { taken, send } = companion();
  let changed = false;
  await outbox().drain(
    async (items, options) => {
      if (!changed) await put(document('facture', 2));
      changed = true;
      return send(items, options);
    },
    { signal },
  );
  expect(taken).toEqual([document('facture', 1), document('facture', 2)]);
});

it('lets an event and a document bear the same id', async () => {
  await put(document('same', 1));
  await outbox().enqueueEvent(event('same'));
  expect((await outbox().counts()).pending).toBe(2);
});

it('writes nothing when the transaction around it fails', async () => {
  const transaction = database.transaction(['outbox', 'documents'], 'readwrite');
  await enqueue(transaction, document('facture', 1));
  transaction.abort();
  await transaction.done.catch(() => undefined);
  expect((await outbox().counts()).pending).toBe(0);
});

it('sets aside what the companion refuses, says so, and goes on', async () => {
  for (const id of ['one', 'bad', 'two']) await outbox().enqueueEvent(event(id));
  const { taken, send } = companion(['bad']);
  await outbox().drain(send, { signal });
  expect(taken.map(({ id }) => id)).toEqual(['one', 'two']);
  expect(await outbox().counts()).toEqual({ pending: 0, setAside: 1 });
  expect(await outbox().setAside()).toEqual([{ kind: 'event', id: 'bad', reason: 'it makes no sense' }]);
  expect(written).toHaveBeenCalledOnce();
});

it('sends what was set aside once a person asks for it', async () => {
  await outbox().enqueueEvent(event('bad'));
  await outbox().drain(companion(['bad']).send, { signal });
  await outbox().retrySetAside();
  const { taken, send } = companion();
  await outbox().drain(send, { signal });
  expect(taken).toEqual([{ kind: 'event', id: 'bad', body: event('bad') }]);
});

it('loses nothing when the companion goes away in the middle', async () => {
  for (const id of ['one', 'two']) await outbox().enqueueEvent(event(id));
  const gone = outbox().drain(() => Promise.reject(new Error('connection refused')), { signal });
  await expect(gone).rejects.toThrow('connection refused');
  expect((await outbox().counts()).pending).toBe(2);
});

it('keeps what nothing was said of', async () => {
  for (const id of ['one', 'two']) await outbox().enqueueEvent(event(id));
  const answers = [[null], new Error('gone')];
  const half: Send = () => {
    const [next] = answers.splice(0, 1);
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next ?? []);
  };
  await expect(outbox().drain(half, { signal })).rejects.toThrow('gone');
  expect((await outbox().counts()).pending).toBe(1);
});

it('sets aside what cannot be read rather than stop there', async () => {
  await database.add('outbox', { id: 'event:broken', kind: 'event', body: 'nonsense' });
  await outbox().enqueueEvent(event('good'));
  const { taken, send } = companion();
  await outbox().drain(send, { signal });
  expect(taken.map(({ id }) => id)).toEqual(['good']);
  expect(await outbox().counts()).toEqual({ pending: 0, setAside: 1 });
});

it('stops when it is told to', async () => {
  await outbox().enqueueEvent(event('one'));
  await expect(outbox().drain(companion().send, { signal: AbortSignal.abort() })).rejects.toThrow();
  expect((await outbox().counts()).pending).toBe(1);
});

it('tells every window when something was put in', async () => {
  const told = new Promise<void>((resolve) => {
    const stop = outbox().watch(() => {
      stop();
      resolve();
    });
  });
  await outbox().enqueueEvent(event('one'));
  await told;
});
