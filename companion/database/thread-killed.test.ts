import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { StoredEvent } from '../../src/schema/events.ts';
import { openStream } from '../events/read-stream.ts';
import { openTestShop, patienceMs, type TestShop, testServerUrl } from '../test-shop.ts';

/** The threads that were started, the newest last. */
const threads = vi.hoisted((): Worker[] => []);
vi.mock('node:worker_threads', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:worker_threads')>();
  class WatchedWorker extends original.Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      threads.push(this);
    }
  }
  return { ...original, Worker: WatchedWorker };
});

/** Opening a database anew takes half a second, and many on a busy machine. */
const kills = process.env['LAWS'] === 'long' ? 50 : 2;
const clients = 8;

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
}, patienceMs);
afterAll(() => shop.remove(), patienceMs);

const killThread = async (): Promise<void> => {
  await threads.at(-1)?.terminate();
};
const listAll = async (): Promise<StoredEvent[]> => {
  const all: StoredEvent[] = [];
  for (let page = -1; page !== 0; ) {
    const answer = await shop.fetch(`/api/ai/events?after=${all.at(-1)?.sequence ?? 0}&limit=1000`);
    expect(answer.status).toBe(200);
    const events: StoredEvent[] = await answer.json();
    all.push(...events);
    page = events.length;
  }
  return all;
};

test.skipIf(testServerUrl)(
  `what was answered is there once and was told once, after the database’s thread was killed ${kills} times in the middle of it`,
  async () => {
    const sent: string[] = [];
    const answered = new Map<string, StoredEvent>();
    await using stream = await openStream(`${shop.url()}/api/ai/events/stream?after=0`);
    const send = async (round: number, client: number, isEnough: () => boolean): Promise<void> => {
      for (let turn = 0; !isEnough(); turn += 1) {
        const ids = Array.from({ length: 1 + (turn % 3) }, (_, index) => `${round}-${client}-${turn}-${index}`);
        sent.push(...ids);
        const { status, body } = await shop.send(
          'POST',
          '/api/ai/event',
          ids.map((id) => ({ id, type: 'burst', data: { round } })),
        );
        expect([200, 201, 503]).toContain(status);
        if (status !== 503) for (const event of body as StoredEvent[]) answered.set(event.id, event);
      }
    };
    for (let round = 0; round < kills; round += 1) {
      const before = answered.size;
      // Counts of answers, not times: the kill falls into the burst on any machine, and the burst outlives it.
      const killAt = before + 10 + ((round * 37) % 60);
      const killed: Promise<void>[] = [];
      const isEnough = (): boolean => {
        if (answered.size >= killAt && killed.length === 0) killed.push(killThread());
        return answered.size >= killAt + 40;
      };
      await Promise.all(Array.from({ length: clients }, (_, client) => send(round, client, isEnough)));
      await Promise.all(killed);
    }
    expect(threads.length).toBeGreaterThan(kills);
    const there = await listAll();
    expect(new Set(there.map(({ id }) => id)).size).toBe(there.length);
    expect(there.filter(({ id }) => !sent.includes(id))).toEqual([]);
    const byId = new Map(there.map((event) => [event.id, event]));
    expect(
      [...answered.values()].filter((event) => JSON.stringify(byId.get(event.id)) !== JSON.stringify(event)),
    ).toEqual([]);
    expect(await stream.take(there.length)).toEqual(there);
  },
  patienceMs + kills * 20_000,
);

test.skipIf(testServerUrl)(
  'an old client’s object, which nobody can ask for again, is kept though the thread dies under it',
  async () => {
    const say = (text: string): Promise<void> =>
      new Promise((resolve, reject) => {
        const socket = connect(Number(new URL(shop.url()).port), '127.0.0.1', () => {
          socket.end(JSON.stringify({ type: 'transcription', text }));
        });
        socket
          .resume()
          .on('error', reject)
          .on('close', () => resolve());
      });
    const texts = Array.from({ length: 12 }, (_, index) => `créer la facture ${index}`);
    const said = texts.map((text, index) => {
      const saying = say(text);
      if (index === 5) void killThread();
      return saying;
    });
    await Promise.all(said);
    expect(shop.log.join('\n')).not.toContain('créer');
    const kept = (await listAll()).filter(({ type }) => type === 'transcription');
    expect(kept.map(({ data }) => (data as { text: string }).text).sort()).toEqual(texts.sort());
  },
  patienceMs,
);

test.skipIf(testServerUrl)(
  'a thread that dies while the database opens leaves the database where it is, and who asked is answered',
  async () => {
    const profile = { profileId: 'one' };
    const first = await shop.send('POST', '/api/counters', profile);
    await killThread();
    const count = threads.length;
    const asked = shop.send('POST', '/api/counters', profile);
    await vi.waitFor(() => expect(threads.length).toBeGreaterThan(count), { timeout: 30_000, interval: 5 });
    await killThread();
    expect(await asked).toEqual({ status: 200, body: first.body });
    expect(readdirSync(join(shop.root, 'database')).filter((name) => name.includes('aside'))).toEqual([]);
  },
  patienceMs,
);
