import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLogger } from '../../src/log.ts';
import { templates } from '../../src/print/index.ts';
import type { ShopEvent } from '../../src/schema/events.ts';
import { registerTemplates } from '../templates.ts';
import { type FakeTill, openFakeTill } from '../testing/fake-till.ts';
import { createMemoryEventStore, type MemoryEventStore } from '../testing/memory-event-store.ts';
import { openUpstream, type Upstream } from './upstream.ts';

let folder: string;
let till: FakeTill;
let events: MemoryEventStore;
let log: string[];
const open = new Set<Upstream>();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lagrace-upstream-'));
  till = await openFakeTill();
  events = createMemoryEventStore();
  log = [];
});
afterEach(async () => {
  for (const upstream of open) await upstream.close();
  open.clear();
  await till.stop();
  await rm(folder, { recursive: true });
});

async function connectToTill(): Promise<Upstream> {
  const upstream = await openUpstream({
    address: { host: '127.0.0.1', port: till.port },
    positionsPath: join(folder, 'upstream.json'),
    events,
    log: createLogger(({ level, message }) => log.push(`${level} ${message}`)),
    tillTimes: { answerMs: 2000, closeMs: 50 },
  });
  open.add(upstream);
  return upstream;
}
async function leave(upstream: Upstream): Promise<void> {
  open.delete(upstream);
  await upstream.close();
}
/** Waits for what a busy machine may take its time for. */
const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 15_000 });
const happened = (id: string, type = 'sale', data: ShopEvent['data'] = { total: 5 }): ShopEvent => ({
  id,
  type,
  data,
  timestamp: 1763820187.25,
  source: 'lagrace',
});
const heard = (id: string, text: string): ShopEvent => happened(id, 'transcription', { text, confidence: -0.2 });
const idsOf = (list: readonly { id: string }[]): string[] => list.map(({ id }) => id);
const many = (count: number, name = 'e'): string[] => Array.from({ length: count }, (_, index) => `${name}${index}`);

describe('a till that is there', () => {
  test('gets each event by HTTP, as it was made', async () => {
    await connectToTill();
    await events.add([happened('a')]);
    await eventually(() => expect(till.events).toEqual([happened('a')]));
  });

  test('gets each transcription as a bare message too, which says that it is the same event', async () => {
    await connectToTill();
    await events.add([heard('t1', 'créer une facture'), happened('a'), heard('t2', '5 €')]);
    await eventually(() => expect(till.messages).toHaveLength(2));
    expect(till.messages.map((text) => JSON.parse(text))).toEqual([
      { type: 'transcription', text: 'créer une facture', timestamp: 1763820187.25, id: 't1' },
      { type: 'transcription', text: '5 €', timestamp: 1763820187.25, id: 't2' },
    ]);
    expect(till.messages[0]).toMatch(/^\{.*\}$/);
    await eventually(() => expect(idsOf(till.events)).toEqual(['t1', 'a', 't2']));
  });

  test('gets no message for a transcription without a text, which some programs send', async () => {
    await connectToTill();
    await events.add([happened('x', 'transcription', { words: 3 }), happened('y', 'transcription', 'dit')]);
    await eventually(() => expect(till.messages.map((text) => JSON.parse(text).text)).toEqual(['dit']));
    await eventually(() => expect(till.events).toHaveLength(2));
  });

  test('is told nothing of what happened before it was known', async () => {
    await events.add([happened('old')]);
    await connectToTill();
    await events.add([happened('new')]);
    await eventually(() => expect(idsOf(till.posts)).toEqual(['new']));
  });

  test('that leaves bare connections open does not hold up the next message', async () => {
    till.keepsOpen = true;
    await connectToTill();
    await events.add([heard('t1', 'un'), heard('t2', 'deux')]);
    await eventually(() => expect(till.messages).toHaveLength(2));
  });
});

describe('a till that is off', () => {
  test('gets everything when it is back: once, in order', async () => {
    await till.stop();
    const upstream = await connectToTill();
    const ids = many(150);
    for (const id of ids) await events.add([id.endsWith('7') ? heard(id, id) : happened(id)]);
    await eventually(() => expect(log.some((line) => line.includes('waits'))).toBe(true));
    await till.start();
    await eventually(() => expect(idsOf(till.events)).toEqual(ids));
    const spoken = ids.filter((id) => id.endsWith('7'));
    await eventually(() => expect(till.messages.map((text) => JSON.parse(text).id)).toEqual(spoken));
    expect(idsOf(till.posts)).toEqual(ids);
    await leave(upstream);
  });

  test('gets what waited after the companion has been closed and opened again', async () => {
    await till.stop();
    const first = await connectToTill();
    await events.add([happened('a'), heard('b', 'bé'), happened('c')]);
    await leave(first);
    await events.add([happened('d')]);
    await till.start();
    await connectToTill();
    await eventually(() => expect(idsOf(till.events)).toEqual(['a', 'b', 'c', 'd']));
    await eventually(() => expect(till.messages).toHaveLength(1));
  });

  test('again and again, loses nothing and doubles nothing', async () => {
    const upstream = await connectToTill();
    const ids = many(60);
    for (const [index, id] of ids.entries()) {
      await events.add([heard(id, id)]);
      if (index % 20 === 9) await till.stop();
      if (index % 20 === 19) await till.start();
    }
    await eventually(() => expect(idsOf(till.events)).toEqual(ids));
    await eventually(() => expect(new Set(till.messages).size).toBe(ids.length));
    await leave(upstream);
  });
});

describe('a till in trouble', () => {
  test('is tried again until it is mended, and what comes after waits its turn', async () => {
    let isBroken = true;
    till.judge = ({ id }) => (isBroken && id === 'b' ? 503 : undefined);
    await connectToTill();
    await events.add([happened('a'), happened('b'), happened('c')]);
    await eventually(() => expect(idsOf(till.posts).filter((id) => id === 'b').length).toBeGreaterThan(2));
    expect(idsOf(till.events)).toEqual(['a']);
    isBroken = false;
    await eventually(() => expect(idsOf(till.events)).toEqual(['a', 'b', 'c']));
  });

  test('that refuses an event for good is not asked again, and the log names the event', async () => {
    till.judge = ({ id }) => (id === 'bad' ? 400 : undefined);
    await connectToTill();
    await events.add([happened('bad'), happened('good')]);
    await eventually(() => expect(idsOf(till.events)).toEqual(['good']));
    expect(idsOf(till.posts)).toEqual(['bad', 'good']);
    expect(log.join()).toMatch(/ERROR till, http: event bad was not taken/);
  });

  test('that complains of a message is not sent it again', async () => {
    till.says = '{"error":{"code":"bad-message","message":"non"}}\n';
    await connectToTill();
    await events.add([heard('t', 'un')]);
    await eventually(() => expect(log.join()).toMatch(/ERROR till, tcp: event t was not taken/));
    expect(till.messages).toHaveLength(1);
  });

  test('that had the event, but was cut before we noted so, knows its id', async () => {
    const first = await connectToTill();
    await events.add([happened('a')]);
    await eventually(() => expect(till.events).toHaveLength(1));
    await leave(first);
    // As a power cut between the till's answer and our note of it leaves the file.
    const path = join(folder, 'upstream.json');
    const name = `127.0.0.1:${till.port}`;
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ [name]: { http: 1 } });
    await writeFile(path, JSON.stringify({ [name]: { tcp: 0, http: 0 } }));
    await connectToTill();
    await events.add([happened('b')]);
    await eventually(() => expect(idsOf(till.posts)).toEqual(['a', 'a', 'b']));
    expect(idsOf(till.events)).toEqual(['a', 'b']);
  });

  test('does not keep the companion from starting when the database does not open, and hears of it later', async () => {
    const list = vi.spyOn(events, 'list').mockRejectedValue(new Error('no database'));
    await connectToTill();
    expect(log.join()).toMatch(/ERROR till: the outbox does not know where to begin/);
    list.mockRestore();
    await eventually(() => expect(JSON.parse(readFileSync(join(folder, 'upstream.json'), 'utf8'))).toBeTruthy());
    await events.add([happened('a')]);
    await eventually(() => expect(idsOf(till.events)).toEqual(['a']));
  });

  test('starts anew after a backup of fewer events was restored', async () => {
    const name = `127.0.0.1:${till.port}`;
    await writeFile(join(folder, 'upstream.json'), JSON.stringify({ [name]: { tcp: 90, http: 90 } }));
    await events.add([happened('restored')]);
    await connectToTill();
    await eventually(() =>
      expect(JSON.parse(readFileSync(join(folder, 'upstream.json'), 'utf8'))).toEqual({ [name]: { tcp: 1, http: 1 } }),
    );
    await events.add([happened('a')]);
    await eventually(() => expect(idsOf(till.events)).toEqual(['a']));
  });

  test('does not take what a torn file of positions says', async () => {
    await writeFile(join(folder, 'upstream.json'), '{"127.0.0.1');
    await connectToTill();
    await events.add([happened('a')]);
    await eventually(() => expect(idsOf(till.events)).toEqual(['a']));
  });
});

describe('what the app asks of the till', () => {
  async function serve(): Promise<(url: string) => Promise<{ status: number; body: unknown }>> {
    const upstream = await connectToTill();
    const server = fastify();
    upstream.register(server);
    registerTemplates(server, upstream.templates);
    return async (url) => {
      const { statusCode, body } = await server.inject({ url });
      return { status: statusCode, body: JSON.parse(body) };
    };
  }

  test('is fetched by its path and query, JSON alone', async () => {
    till.pages.set('/api/products?name=toner%20noir', [{ product: 'toner noir', price: 45 }]);
    const get = await serve();
    expect(await get('/api/upstream/api/products?name=toner%20noir')).toEqual({
      status: 200,
      body: [{ product: 'toner noir', price: 45 }],
    });
    expect((await get('/api/upstream/api/none')).status).toBe(404);
    await till.stop();
    expect((await get('/api/upstream/api/products')).status).toBe(502);
  });

  test('never leads to another host', async () => {
    const other = await openFakeTill();
    other.pages.set('/', 'elsewhere');
    other.pages.set('/x', 'elsewhere');
    const get = await serve();
    const host = `127.0.0.1:${other.port}`;
    for (const path of [`//${host}/x`, `/@${host}/x`, `/http://${host}/x`, `/..//${host}/x`, `/\\\\${host}/x`]) {
      expect((await get(`/api/upstream${path}`)).status).not.toBe(200);
    }
    await other.stop();
  });

  test('is bounded', async () => {
    till.pages.set('/big', 'x'.repeat(9 * 1024 * 1024));
    const get = await serve();
    expect((await get('/api/upstream/big')).status).toBe(502);
  });

  test('are its templates, and ours while it is off or has none', async () => {
    const get = await serve();
    expect((await get('/api/templates')).body).toEqual(JSON.parse(JSON.stringify(templates)));
    till.pages.set('/api/templates', ['facture maison']);
    till.pages.set('/api/templates/invoice', { name: 'facture maison' });
    expect((await get('/api/templates')).body).toEqual(['facture maison']);
    expect((await get('/api/templates/invoice')).body).toEqual({ name: 'facture maison' });
    expect((await get('/api/templates/label')).body).toMatchObject({ label: 'Étiquette' });
    expect((await get('/api/templates/none')).status).toBe(404);
    await till.stop();
    expect((await get('/api/templates/invoice')).body).toMatchObject({ label: 'Facture' });
  });

  test('is how it is, and how much waits for it', async () => {
    await till.stop();
    const get = await serve();
    await events.add([happened('a'), happened('b')]);
    const address = `127.0.0.1:${till.port}`;
    await eventually(async () =>
      expect((await get('/api/upstream')).body).toEqual({ till: address, reachable: false, waiting: 2 }),
    );
    await till.start();
    await eventually(async () =>
      expect((await get('/api/upstream')).body).toEqual({ till: address, reachable: true, waiting: 0 }),
    );
  });
});
