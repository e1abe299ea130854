import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { copyEmptyDatabase } from '../companion/test-shop.ts';
import type { StoredEvent } from '../src/schema/events.ts';
import { type CompanionProcess, killCompanions, startCompanion } from './mirror/companion-process.ts';

const kills = process.env['LAWS'] === 'long' ? 50 : 4;
const clients = 6;
const root = mkdtempSync(join(tmpdir(), 'lagrace-kill-'));
const files = join(root, 'database', 'pglite');
const backups = join(root, 'backups');
const olderFiles = `${root}-older`;

test.afterAll(() => {
  killCompanions();
  for (const path of [root, olderFiles]) rmSync(path, { recursive: true, force: true });
});

/** What the clients sent, and what they were told. */
const sent = new Set<string>();
const answered = new Map<string, StoredEvent>();

test(`an event that was answered is there once, in its place, after each of ${kills} kills`, async () => {
  test.setTimeout(kills * 60_000);
  await copyEmptyDatabase(join(root, 'database'));
  let backupsBefore = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const companion = await startCompanion(root);
    await expectAllThere(companion);
    const before = answered.size;
    // A number of answers, not a time: the kill falls into the burst on any machine.
    await burst(companion, kill, before + 40 + ((kill * 37) % 90));
    expect(answered.size).toBeGreaterThan(before);
    // A power cut also takes what the database wrote since and nobody put on the disk: the journal has it. A backup, which may be
    // made at any time, puts all of it there first, and the journal needs it no more.
    if (kill % 2 === 1 && backupsMade() === backupsBefore) {
      rmSync(files, { recursive: true });
      cpSync(olderFiles, files, { recursive: true });
    } else {
      rmSync(olderFiles, { recursive: true, force: true });
      cpSync(files, olderFiles, { recursive: true });
      backupsBefore = backupsMade();
    }
  }
  const companion = await startCompanion(root);
  await expectAllThere(companion);
  const [first] = answered.values();
  const again = await post(companion, [{ id: first?.id, type: 'other' }]);
  expect(again).toEqual({ status: 200, events: [first] });
  await companion.kill();
});

/** Those that were begun count too. */
function backupsMade(): number {
  return existsSync(backups) ? readdirSync(backups).length : 0;
}

/** Clients that send one event after the other, alone or by threes, until the companion is killed under them. */
async function burst(companion: CompanionProcess, round: number, enough: number): Promise<void> {
  const killed: Promise<void>[] = [];
  const send = async (client: number): Promise<void> => {
    for (let turn = 0; killed.length === 0; turn += 1) {
      const ids = Array.from({ length: turn % 3 === 0 ? 3 : 1 }, (_, index) => `${round}-${client}-${turn}-${index}`);
      for (const id of ids) sent.add(id);
      const events = ids.map((id) => ({ id, type: 'burst', data: { round, client, turn, text: 'é'.repeat(50) } }));
      const answer = await post(companion, events).catch(() => null);
      if (answer === null) return;
      expect(answer.status).toBe(201);
      for (const event of answer.events) answered.set(event.id, event);
      if (answered.size >= enough && killed.length === 0) killed.push(companion.kill());
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => send(client)));
  await Promise.all(killed);
}

async function post(companion: CompanionProcess, events: unknown): Promise<{ status: number; events: StoredEvent[] }> {
  const response = await fetch(`${companion.url}/api/ai/event`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(events),
  });
  return { status: response.status, events: await response.json() };
}

async function expectAllThere({ url }: CompanionProcess): Promise<void> {
  const there: StoredEvent[] = [];
  for (let page = 1; page > 0; ) {
    const response = await fetch(`${url}/api/ai/events?after=${there.at(-1)?.sequence ?? 0}&limit=1000`);
    const events: StoredEvent[] = await response.json();
    there.push(...events);
    page = events.length;
  }
  const byId = new Map(there.map((event) => [event.id, event]));
  expect(byId.size, 'no event is there twice').toBe(there.length);
  const strangers = there.filter(({ id }) => !sent.has(id));
  expect(strangers).toEqual([]);
  const lost = [...answered.values()].filter((event) => JSON.stringify(byId.get(event.id)) !== JSON.stringify(event));
  expect(lost, 'what was answered is there as it was answered').toEqual([]);
}
