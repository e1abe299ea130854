import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeTill, openFakeTill } from '../companion/testing/fake-till.ts';
import { expect, test } from './harness.ts';
import { type CompanionProcess, killCompanions, startCompanion } from './mirror/companion-process.ts';

const kills = process.env['LAWS'] === 'long' ? 15 : 3;
const eventsPerKill = 30;

let root: string;
let till: FakeTill;
test.beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'lagrace-till-'));
  till = await openFakeTill();
});
test.afterEach(async () => {
  killCompanions();
  await till.stop();
  rmSync(root, { recursive: true, force: true, maxRetries: 5 });
});

const startForTill = (): Promise<CompanionProcess> =>
  startCompanion(join(root, 'shop'), 0, { host: '127.0.0.1', port: till.port });
async function post(url: string, events: object[]): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/api/ai/event`, { method: 'POST', headers, body: JSON.stringify(events) });
  expect(response.status).toBe(201);
}

test('a till gets each event once, in order, though the companion is killed and the till goes off', async () => {
  test.setTimeout(120_000 + kills * 30_000);
  const ids: string[] = [];
  for (let round = 0; round < kills; round += 1) {
    const companion = await startForTill();
    const batch = Array.from({ length: eventsPerKill }, (_, index) => `${round}-${index}`);
    const before = till.events.length;
    await post(
      companion.url,
      batch.map((id) => ({ id, type: 'transcription', data: { text: `dit ${id}` }, source: 'lagrace' })),
    );
    ids.push(...batch);
    if (round % 3 === 1) await till.stop();
    else
      await expect.poll(() => till.events.length, { intervals: [1], timeout: 60_000 }).toBeGreaterThan(before + round);
    await companion.kill();
    if (round % 3 === 1) await till.start();
  }
  const { url } = await startForTill();
  await expect.poll(() => till.events.length, { timeout: 60_000 }).toBe(ids.length);
  expect(till.events.map(({ id }) => id)).toEqual(ids);
  // One that was under way when the companion was killed or the till went off comes again, under its id.
  expect(till.posts.length - ids.length).toBeLessThanOrEqual(2 * kills);
  const spoken = (): string[] => till.messages.map((text) => JSON.parse(text).id);
  await expect.poll(() => new Set(spoken()).size).toBe(ids.length);
  expect([...new Set(spoken())]).toEqual(ids);
  expect(spoken().length - ids.length).toBeLessThanOrEqual(2 * kills);
  expect(await (await fetch(`${url}/api/upstream`)).json()).toMatchObject({ reachable: true, waiting: 0 });
});

test('two companions of one machine, one the till of the other, keep each event once', async () => {
  test.slow();
  const other = await startCompanion(join(root, 'till'));
  const tillPort = Number(new URL(other.url).port);
  const { url } = await startCompanion(join(root, 'shop'), 0, { host: 'localhost', port: tillPort });
  await post(url, [{ id: 'a', type: 'sale', data: 1 }]);
  const socket = connect(Number(new URL(url).port), 'localhost', () => {
    socket.end('{"type":"transcription","text":"créer une facture","timestamp":1763820187.25}');
  });
  const listed = async (): Promise<{ id: string; data: unknown; timestamp: number }[]> =>
    (await fetch(`${other.url}/api/ai/events`)).json() as Promise<{ id: string; data: unknown; timestamp: number }[]>;
  await expect.poll(async () => (await listed()).length).toBe(2);
  await expect
    .poll(async () => (await fetch(`${url}/api/upstream`)).json())
    .toMatchObject({ reachable: true, waiting: 0 });
  expect((await listed()).map(({ data, timestamp }) => [data, timestamp])).toEqual([
    [1, expect.any(Number)],
    [{ text: 'créer une facture' }, 1763820187.25],
  ]);
});
