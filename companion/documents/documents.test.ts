import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { draft, issued } from '../../src/documents/samples.ts';
import type { IssuedDocument, ShopDocument } from '../../src/schema/documents.ts';
import { openTestShop, patienceMs, type TestShop, testDatabaseName } from '../test-shop.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
}, patienceMs);
afterAll(() => shop.remove(), patienceMs);

const put = (document: ShopDocument): Promise<{ status: number; body: unknown }> =>
  shop.send('PUT', `/api/documents/${encodeURIComponent(document.id)}`, document);
async function get(path: string): Promise<unknown> {
  const response = await shop.fetch(path);
  expect(response.status).toBe(200);
  return response.json();
}
const read = (document: ShopDocument): Promise<unknown> => get(`/api/documents/${encodeURIComponent(document.id)}`);

describe(`a document, on ${testDatabaseName}`, () => {
  test('is answered 201, then 200 when it comes again, and read as it was sent', async () => {
    const invoice = issued(draft({ client: 'Société Élise & fils' }));
    expect(await put(invoice)).toEqual({ status: 201, body: invoice });
    expect(await put(invoice)).toEqual({ status: 200, body: invoice });
    expect(await read(invoice)).toEqual(invoice);
  });

  test('may change as long as it is a draft, then never', async () => {
    const first = draft();
    expect((await put(first)).status).toBe(201);
    const second = { ...first, amount: 300 };
    expect(await put(second)).toEqual({ status: 200, body: second });
    const invoice = issued(second);
    expect((await put(invoice)).status).toBe(200);
    for (const change of [
      { ...invoice, client: 'Jean' },
      { ...invoice, totals: { ...invoice.totals, total: 1 } },
      first,
    ]) {
      const { status, body } = await put(change);
      expect([status, body]).toEqual([409, { error: { code: 'document-issued', message: expect.any(String) } }]);
    }
    expect(await read(invoice)).toEqual(invoice);
  });

  test('cannot have the number of another', async () => {
    const invoice = issued(draft());
    await put(invoice);
    const other: IssuedDocument = { ...invoice, id: `${invoice.id}-other` };
    const { status, body } = await put(other);
    expect([status, body]).toEqual([409, { error: { code: 'number-taken', message: expect.any(String) } }]);
    expect((await shop.fetch(`/api/documents/${other.id}`)).status).toBe(404);
  });

  test.each(['before', 'after'])('is cancelled by its credit note that comes %s it, and stays so', async (when) => {
    const invoice = issued(draft());
    const note: IssuedDocument = {
      ...issued(draft({ kind: 'credit_note' }), { kind: 'credit_note' }),
      cancels: invoice.id,
    };
    for (const document of when === 'before' ? [note, invoice] : [invoice, note]) await put(document);
    const cancelled = { ...invoice, state: 'cancelled', cancelledBy: note.id };
    expect(await read(invoice)).toEqual(cancelled);
    expect(await put(invoice)).toEqual({ status: 200, body: cancelled });
    expect(await read(invoice)).toEqual(cancelled);
  });

  test('that its own counter has cancelled is cancelled here', async () => {
    const invoice = issued(draft());
    await put(invoice);
    const cancelled: IssuedDocument = { ...invoice, state: 'cancelled', cancelledBy: 'note-of-another-day' };
    expect(await put(cancelled)).toEqual({ status: 200, body: cancelled });
  });

  test.each([
    ['is none', { id: 'bad', kind: 'invoice' }],
    ['is another than the address says', { ...draft(), id: 'other' }],
    ['bears a number out of its series', { ...issued(draft()), id: 'bad', number: 'F-C1-2026-999999' }],
  ])('that %s is refused', async (_, document) => {
    const { status, body } = await shop.send('PUT', '/api/documents/bad', document);
    expect([status, body]).toEqual([400, { error: { code: 'bad-request', message: expect.any(String) } }]);
  });

  test('that is not there is 404', async () => {
    expect((await shop.fetch('/api/documents/none')).status).toBe(404);
  });
});

describe(`a list of documents, on ${testDatabaseName}`, () => {
  test('is in the order in which they were made, of one counter if asked', async () => {
    const made = [3, 1, 2].map((second) =>
      issued(draft({ createdAt: second * 1000 }), { counter: 'LIST', sequence: second }),
    );
    for (const document of made) await put(document);
    const numbers = async (query: string): Promise<number[]> =>
      ((await get(`/api/documents?counter=LIST&${query}`)) as IssuedDocument[]).map(({ sequence }) => sequence);
    expect(await numbers('')).toEqual([1, 2, 3]);
    expect(await numbers('limit=2')).toEqual([2, 3]);
    expect(await numbers('since=2&until=3')).toEqual([2]);
    expect(await numbers(`after=${made[1]?.id}&limit=1`)).toEqual([2]);
  });
});

describe(`a counter, on ${testDatabaseName}`, () => {
  const assign = (body: unknown): Promise<{ status: number; body: unknown }> =>
    shop.send('POST', '/api/counters', body);

  test('is the same for the same profile, another for another, at once or one by one', async () => {
    const first = await assign({ profileId: 'profile-a', name: 'Caisse 1' });
    expect(first.status).toBe(201);
    expect(await assign({ profileId: 'profile-a' })).toEqual({ status: 200, body: first.body });
    const many = await Promise.all(
      Array.from({ length: 12 }, (_, index) => assign({ profileId: `profile-${index % 6}` })),
    );
    const counters = new Set([first, ...many].map(({ body }) => JSON.stringify(body)));
    expect(counters.size).toBe(7);
  });

  test('is not given twice, even if only its documents tell of it', async () => {
    await put(issued(draft(), { counter: 'C40' }));
    expect((await assign({ profileId: 'profile-late' })).body).toEqual({ counter: 'C41' });
  });

  test('learns the last number of each of its series', async () => {
    for (const sequence of [1, 2, 3]) await put(issued(draft(), { counter: 'NUM', sequence }));
    await put(issued(draft(), { counter: 'NUM', sequence: 9, year: 2025 }));
    await put(issued(draft({ kind: 'quote' }), { counter: 'NUM', kind: 'quote', sequence: 5 }));
    expect(await get('/api/counters/NUM/numbering')).toEqual({
      counter: 'NUM',
      last: [
        { kind: 'invoice', year: 2025, sequence: 9 },
        { kind: 'invoice', year: 2026, sequence: 3 },
        { kind: 'quote', year: 2026, sequence: 5 },
      ],
    });
    expect(await get('/api/counters/NONE/numbering')).toEqual({ counter: 'NONE', last: [] });
  });
});
