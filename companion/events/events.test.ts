import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StoredEvent } from '../../src/schema/events.ts';
import { openTestShop, patienceMs, type TestShop, testDatabaseName } from '../test-shop.ts';
import { openStream } from './read-stream.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
}, patienceMs);
afterAll(() => shop.remove(), patienceMs);

const post = (body: unknown): Promise<{ status: number; body: unknown }> => shop.send('POST', '/api/ai/event', body);
async function list(query: string): Promise<StoredEvent[]> {
  const response = await shop.fetch(`/api/ai/events?${query}`);
  expect(response.status).toBe(200);
  return response.json();
}
const idsOf = (events: readonly StoredEvent[]): string[] => events.map(({ id }) => id);

describe(`an event, on ${testDatabaseName}`, () => {
  test('is answered 201 with what was kept, and then listed', async () => {
    const sent = {
      id: 'sale-1',
      type: 'sale',
      data: { amount: 12.5, to: 'Élise' },
      timestamp: 1763820187.25,
      source: 'till',
    };
    const answer = await post(sent);
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ ...sent, sequence: expect.any(Number) });
    expect(await list('type=sale')).toEqual([answer.body]);
  });

  test('sent again is answered 200 with the first one, and changes nothing', async () => {
    const first = await post({ id: 'twice', type: 'twice', data: 1, timestamp: 5 });
    const second = await post({ id: 'twice', type: 'twice', data: 2, timestamp: 6 });
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body).toEqual(first.body);
    expect(await list('type=twice')).toEqual([first.body]);
  });

  test('gets what was left out: an id, the time, its source, no data', async () => {
    const before = Date.now() / 1000;
    const { status, body } = await post({ type: 'bare' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      type: 'bare',
      data: null,
      source: 'http',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    const [event] = await list('type=bare');
    expect(event?.timestamp).toBeGreaterThanOrEqual(before - 0.001);
    expect(event?.timestamp).toBeLessThanOrEqual(Date.now() / 1000);
  });

  test('may have its time as a date, its id as a number, and nothing as null', async () => {
    const { body } = await post({
      type: 'dated',
      id: 7,
      timestamp: '2026-11-22T14:03:07.500Z',
      data: null,
      source: null,
    });
    expect(body).toMatchObject({ id: '7', timestamp: Date.UTC(2026, 10, 22, 14, 3, 7, 500) / 1000, source: 'http' });
  });

  test('keeps fields beside it as its data when it has none', async () => {
    expect((await post({ type: 'transcription', text: 'bonjour' })).body).toMatchObject({ data: { text: 'bonjour' } });
  });

  test.each([
    ['a NUL', 'a\0b'],
    ['half a character', '\ud83d'],
    ['digits', '123'],
    ['a quoted text', '"quoted"'],
    ['a line separator', 'a\u2028b'],
    ['numbers', [1e300, -0.1, 9007199254740991]],
    ['keys in no order', { b: 1, a: 2, '': 3 }],
    ['false', false],
  ])('gives back data with %s as it came', async (name, data) => {
    const { status, body } = await post({ type: 'odd', id: `odd ${name}`, data });
    expect(status).toBe(201);
    expect(body).toMatchObject({ data });
    const [listed] = (await list('type=odd')).slice(-1);
    expect(JSON.stringify(listed?.data)).toBe(JSON.stringify(data));
  });
});

describe(`a list of events, on ${testDatabaseName}`, () => {
  test('is kept in its order; 200 when all were known, else 201', async () => {
    const sent = ['a', 'b', 'c'].map((id) => ({ id: `list-${id}`, type: 'list', timestamp: 1 }));
    const first = await post(sent);
    expect(first.status).toBe(201);
    expect(await list('type=list')).toEqual(first.body);
    expect((await post(sent)).status).toBe(200);
    const more = await post([...sent, { id: 'list-d', type: 'list' }, { id: 'list-d', type: 'list', data: 'second' }]);
    expect(more.status).toBe(201);
    expect(idsOf(await list('type=list'))).toEqual(['list-a', 'list-b', 'list-c', 'list-d']);
  });

  test('with one bad event keeps none of them', async () => {
    const { status, body } = await post([{ id: 'good', type: 'mixed' }, { id: 'bad' }]);
    expect(status).toBe(400);
    expect(body).toEqual({ error: { code: 'bad-request', message: expect.stringContaining('type') } });
    expect(await list('type=mixed')).toEqual([]);
  });

  test('is bounded', async () => {
    const { status, body } = await post(Array.from({ length: 1001 }, () => ({ type: 'many' })));
    expect(status).toBe(413);
    expect(body).toMatchObject({ error: { code: 'too-large' } });
  });
});

describe(`asking for events, on ${testDatabaseName}`, () => {
  beforeAll(async () => {
    const sent = Array.from({ length: 1100 }, (_, index) => ({
      id: `n${index}`,
      type: 'numbered',
      timestamp: 1000 + index,
    }));
    await post(sent.slice(0, 1000));
    await post(sent.slice(1000));
  });
  const span = (from: number, to: number): string[] =>
    Array.from({ length: to - from }, (_, index) => `n${from + index}`);

  test('gives the last hundred, newest last', async () => {
    expect(idsOf(await list('type=numbered'))).toEqual(span(1000, 1100));
  });
  test('gives as many as asked, a thousand at most', async () => {
    expect(idsOf(await list('type=numbered&limit=2'))).toEqual(['n1098', 'n1099']);
    expect(idsOf(await list('type=numbered&limit=5000'))).toEqual(span(100, 1100));
  });
  test('takes a span of time, in seconds or as dates', async () => {
    expect(idsOf(await list('type=numbered&since=1010&until=1013'))).toEqual(['n10', 'n11', 'n12']);
    expect(idsOf(await list('type=numbered&since=1970-01-01T00:16:50Z&until=1970-01-01T00:16:52Z'))).toEqual([
      'n10',
      'n11',
    ]);
  });
  test('goes on after an event, by its id or its sequence', async () => {
    const byId = await list('type=numbered&after=n9&limit=3');
    expect(idsOf(byId)).toEqual(['n10', 'n11', 'n12']);
    expect(idsOf(await list(`type=numbered&after=${byId[0]?.sequence}&limit=2`))).toEqual(['n11', 'n12']);
    expect(await list('type=numbered&after=n1099')).toEqual([]);
  });
  test.each(['limit=0', 'limit=-1', 'limit=ten', 'since=yesterday', 'after=nobody', 'type=a&type=b'])(
    'answers 400 to %s',
    async (query) => {
      const response = await shop.fetch(`/api/ai/events?${query}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual({ error: { code: expect.any(String), message: expect.any(String) } });
    },
  );
});

describe(`what is refused, on ${testDatabaseName}`, () => {
  test.each([
    ['no object', '"text"'],
    ['no type', '{"data":1}'],
    ['an empty type', '{"type":""}'],
    ['a type that is no text', '{"type":5}'],
    ['a time that is none', '{"type":"t","timestamp":"soon"}'],
    ['no JSON', '{"type":'],
    ['an id with a NUL', '{"type":"t","id":"a\\u0000b"}'],
    ['an id with half a character', '{"type":"t","id":"a\\ud800"}'],
    ['an id without end', JSON.stringify({ type: 't', id: 'i'.repeat(201) })],
    ['an object that changes its own prototype', '{"type":"t","data":{"__proto__":{"a":1}}}'],
    ['what lies 65 deep', `{"type":"t","data":${'['.repeat(64)}${']'.repeat(64)}}`],
  ])('%s: 400, and the companion goes on', async (_, body) => {
    const headers = { 'content-type': 'application/json' };
    const response = await shop.fetch('/api/ai/event', { method: 'POST', headers, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: { code: expect.any(String), message: expect.any(String) } });
    expect((await shop.fetch('/api/health')).status).toBe(200);
  });

  test('too many bytes: 413', async () => {
    const { status, body } = await post({ type: 'big', data: 'x'.repeat(1_100_000) });
    expect(status).toBe(413);
    expect(body).toEqual({ error: { code: expect.any(String), message: expect.any(String) } });
  });

  test('another kind of body: 415', async () => {
    const headers = { 'content-type': 'text/plain' };
    const response = await shop.fetch('/api/ai/event', { method: 'POST', headers, body: '{"type":"t"}' });
    expect(response.status).toBe(415);
  });
});

describe(`the stream of events, on ${testDatabaseName}`, () => {
  test('tells what comes from now on, in order, of one type if asked', async () => {
    await using all = await openStream(`${shop.url()}/api/ai/events/stream`);
    await using some = await openStream(`${shop.url()}/api/ai/events/stream?type=live-b`);
    await post([
      { id: 's1', type: 'live-a' },
      { id: 's2', type: 'live-b' },
    ]);
    await post({ id: 's3', type: 'live-b' });
    expect(idsOf(await all.take(3))).toEqual(['s1', 's2', 's3']);
    expect(idsOf(await some.take(2))).toEqual(['s2', 's3']);
  });

  test('goes on after the last one that a reader had', async () => {
    await using first = await openStream(`${shop.url()}/api/ai/events/stream`);
    await post(['r1', 'r2', 'r3'].map((id) => ({ id, type: 'resumed' })));
    const [one] = await first.take(1);
    const headers = { 'last-event-id': String(one?.sequence) };
    await using second = await openStream(`${shop.url()}/api/ai/events/stream`, { headers });
    expect(idsOf(await second.take(2))).toEqual(['r2', 'r3']);
    await post({ id: 'r4', type: 'resumed' });
    expect(idsOf(await second.take(1))).toEqual(['r4']);
  });

  test(
    'ends in order when the companion closes, and goes on with the next companion',
    async () => {
      const stream = await openStream(`${shop.url()}/api/ai/events/stream`);
      await post({ id: 'e1', type: 'ended' });
      const [last] = await stream.take(1);
      const ended = stream.end();
      await shop.stop();
      await ended;
      await shop.start();
      await post({ id: 'e2', type: 'ended' });
      await using next = await openStream(`${shop.url()}/api/ai/events/stream?after=${last?.sequence}`);
      expect(idsOf(await next.take(1))).toEqual(['e2']);
    },
    patienceMs,
  );
});
