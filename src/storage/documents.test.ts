import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { noFiscalDevice } from '../documents/fiscal-device.ts';
import { draft } from '../documents/samples.ts';
import { emptyShopProfile } from '../documents/shop-profile.ts';
import { silentLogger } from '../log.ts';
import { createCounterRegistry } from './counter-registry.fake.ts';
import { type Database, openDatabase } from './database.ts';
import { createDocuments, type Documents } from './documents.ts';
import { createNumbering, type NumberingDependencies } from './numbering.ts';

const { signal } = new AbortController();
const profile = emptyShopProfile('CD');
const runs = process.env['LAWS'] === 'long' ? 2000 : 100;
let ids = 0;
let clock = new Date(2026, 5, 1).getTime();

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  clock = new Date(2026, 5, 1).getTime();
});

interface Window {
  database: Database;
  documents: Documents;
}

/** One window of the browser: its own connection to the profile's database. */
async function openWindow(changes: Partial<NumberingDependencies> = {}): Promise<Window> {
  const database = await openDatabase();
  const shared = { database, newId: () => `id-${++ids}`, log: silentLogger };
  const numbering = createNumbering({
    ...shared,
    registry: createCounterRegistry(),
    profileIds: { read: () => 'profile-1', write: () => undefined },
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    ...changes,
  });
  const documents = createDocuments({ ...shared, numbering, fiscalDevice: noFiscalDevice, now: () => clock });
  return { database, documents };
}

const numbersIn = async ({ documents }: Window): Promise<string[]> =>
  (await documents.list()).flatMap((document) => (document.state === 'draft' ? [] : [document.number])).sort();
const series = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${String(index + 1).padStart(6, '0')}`);
/** What waits for the companion, in order. */
const outboxIds = async ({ database }: Window): Promise<unknown[]> =>
  (await database.getAll('outbox')).map((item) => (item as { id: unknown }).id);

/** Issues a document, or tries to: true when it was issued. */
async function attempt(documents: Documents | undefined, act: string): Promise<boolean> {
  if (!documents) throw new Error('no such window');
  const aborter = new AbortController();
  // A client longer than a document can have breaks the transaction after its number was taken.
  const given = draft(act === 'break' ? { client: 'x'.repeat(600) } : {});
  const work = documents.issue(given, profile, { signal: aborter.signal });
  if (act === 'abort') setTimeout(() => aborter.abort(), Math.random() * 4);
  const again = act === 'twice' ? documents.issue(given, profile, { signal }) : work;
  const [first, second] = await Promise.allSettled([work, again]);
  if (act === 'break') expect(first.status).toBe('rejected');
  if (act === 'twice') expect(second).toEqual(first);
  return first.status === 'fulfilled';
}

describe('numbers', () => {
  test('a document, its number and its entry in the outbox are written together', async () => {
    const window = await openWindow();
    const issued = await window.documents.issue(draft({ id: 'one' }), profile, { signal });
    expect(issued.number).toBe('F-C1-2026-000001');
    expect(await window.documents.get('one')).toEqual(issued);
    expect(await outboxIds(window)).toEqual(['document:one']);
  });

  test('are gapless and unique, whatever two windows issue at once, cancel, or fail to issue', async () => {
    const step = fc.record({
      window: fc.constantFrom(0, 1),
      act: fc.constantFrom('issue', 'issue', 'issue', 'abort', 'break', 'twice'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        globalThis.indexedDB = new IDBFactory();
        const windows = [await openWindow(), await openWindow()];
        const issued = await Promise.all(
          steps.map(({ window: index, act }) => attempt(windows[index]?.documents, act)),
        );
        const count = issued.filter(Boolean).length;
        const [any] = windows;
        if (!any) throw new Error('no window');
        expect(await numbersIn(any)).toEqual(series('F-C1-2026', count));
        expect(await outboxIds(any)).toHaveLength(count);
        for (const { database } of windows) database.close();
      }),
      { numRuns: runs },
    );
  });

  test('begin anew with the year, and each kind has its own', async () => {
    const window = await openWindow();
    clock = new Date(2026, 11, 31, 23, 59, 59).getTime();
    await window.documents.issue(draft(), profile, { signal });
    await window.documents.issue(draft({ kind: 'quote' }), profile, { signal });
    await window.documents.issue(draft(), profile, { signal });
    clock = new Date(2027, 0, 1, 0, 0, 0).getTime();
    await window.documents.issue(draft(), profile, { signal });
    expect(await numbersIn(window)).toEqual([
      'D-C1-2026-000001',
      'F-C1-2026-000001',
      'F-C1-2026-000002',
      'F-C1-2027-000001',
    ]);
  });
});

describe('a document', () => {
  test('never changes once it is issued: no draft writes over it, nobody forgets it', async () => {
    const { documents } = await openWindow();
    const given = draft({ id: 'kept' });
    const issued = await documents.issue(given, profile, { signal });
    await documents.saveDraft({ ...given, amount: 1 });
    await documents.deleteDraft('kept');
    expect(await documents.issue({ ...given, amount: 1 }, profile, { signal })).toEqual(issued);
    expect(await documents.get('kept')).toEqual(issued);
  });

  test('is cancelled by one counter-document, however often it is asked for', async () => {
    const window = await openWindow();
    const { documents } = window;
    const issued = await documents.issue(draft({ id: 'wrong' }), profile, { signal });
    const [note, again] = await Promise.all([documents.cancel('wrong'), documents.cancel('wrong')]);
    expect(again).toEqual(note);
    expect(note).toMatchObject({ number: 'A-C1-2026-000001', cancels: 'wrong' });
    expect(await documents.get('wrong')).toEqual({ ...issued, state: 'cancelled', cancelledBy: note.id });
    expect(await outboxIds(window)).toEqual(['document:wrong', `document:${note.id}`]);
    await expect(documents.cancel(note.id)).rejects.toThrow('credit note');
  });

  test('as a draft is kept, changed and forgotten', async () => {
    const { documents } = await openWindow();
    const given = draft({ id: 'open', amount: null });
    await documents.saveDraft(given);
    await documents.saveDraft({ ...given, amount: 500 });
    expect(await documents.get('open')).toMatchObject({ state: 'draft', amount: 500 });
    await documents.deleteDraft('open');
    expect(await documents.get('open')).toBeNull();
  });

  test('that cannot be read is left out, the others are there', async () => {
    const { database, documents } = await openWindow();
    await documents.issue(draft({ id: 'good' }), profile, { signal });
    await database.put('documents', { id: 'bad', state: 'issued' });
    expect((await documents.list()).map(({ id }) => id)).toEqual(['good']);
  });

  test('issued last is found, of any kind or of one', async () => {
    const { documents } = await openWindow();
    await documents.issue(draft({ id: 'invoice' }), profile, { signal });
    clock += 1000;
    await documents.issue(draft({ id: 'quote', kind: 'quote' }), profile, { signal });
    expect((await documents.last())?.id).toBe('quote');
    expect((await documents.last('invoice'))?.id).toBe('invoice');
    expect(await documents.last('receipt')).toBeNull();
  });

  test('is not issued when the fiscal device refuses', async () => {
    const window = await openWindow();
    const refusing = createDocuments({
      database: window.database,
      numbering: { isPrepared: async () => true, prepare: async () => undefined, ask: async () => undefined },
      fiscalDevice: {
        seal: async () => {
          throw new Error('no paper');
        },
      },
      now: () => clock,
      newId: () => 'x',
      log: silentLogger,
    });
    await expect(refusing.issue(draft(), profile, { signal })).rejects.toThrow('no paper');
    expect(await window.documents.list()).toEqual([]);
  });
});

describe('a counter', () => {
  test('without a companion has a name of its own, and takes the companion’s when it is there', async () => {
    const registry = createCounterRegistry();
    registry.reachable = false;
    const window = await openWindow({ registry });
    const first = await window.documents.issue(draft(), profile, { signal });
    expect(first.number).toMatch(/^F-X[A-Z2-9]{5}-2026-000001$/);
    registry.reachable = true;
    const numbering = createNumbering({
      database: window.database,
      registry,
      profileIds: { read: () => null, write: () => undefined },
      newId: () => 'unused',
      randomBytes: (length) => new Uint8Array(length),
      log: silentLogger,
    });
    await numbering.ask({ signal });
    expect((await window.documents.issue(draft(), profile, { signal })).number).toBe('F-C1-2026-000001');
  });

  test('whose database was wiped goes on after the last number that the companion has', async () => {
    const registry = createCounterRegistry();
    const before = await openWindow({ registry });
    for (let issued = 0; issued < 3; issued += 1) {
      const document = await before.documents.issue(draft(), profile, { signal });
      registry.receive(document);
    }
    before.database.close();
    globalThis.indexedDB = new IDBFactory();
    const after = await openWindow({ registry });
    expect((await after.documents.issue(draft(), profile, { signal })).number).toBe('F-C1-2026-000004');
  });

  test('is another one for another profile', async () => {
    const registry = createCounterRegistry();
    const first = await openWindow({ registry });
    expect((await first.documents.issue(draft(), profile, { signal })).counter).toBe('C1');
    first.database.close();
    globalThis.indexedDB = new IDBFactory();
    const other = await openWindow({ registry, profileIds: { read: () => null, write: () => undefined } });
    expect((await other.documents.issue(draft(), profile, { signal })).number).toBe('F-C2-2026-000001');
  });
});
