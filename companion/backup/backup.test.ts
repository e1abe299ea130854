import { copyFileSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { draft, issued } from '../../src/documents/samples.ts';
import { silentLogger } from '../../src/log.ts';
import { readDocument } from '../documents/document-row.ts';
import { createShopData, type ShopData } from '../shop-data.ts';
import { makeTestPlace, patienceMs, type TestPlace, testDatabaseName } from '../test-shop.ts';
import { BackupDamagedError, checkBackup } from './backup-file.ts';
import { createBackups, listBackups } from './backups.ts';
import { restoreFile } from './restore-file.ts';

let place: TestPlace;
let shop: ShopData;
let backup: string;
const log = silentLogger;
const settings = { 'settings/comptoir.json': '{"voice":"siwis"}\n', 'settings/caisse 2/é.json': '{}' };
const invoice = issued(draft({ client: 'Société Élise' }));
const events = Array.from({ length: 1203 }, (_, index) => ({
  id: `kept-${index}`,
  type: 'kept',
  data: { index, text: `à\0\u2028${index}` },
  timestamp: index / 4,
  source: 'till',
}));

/** All that a shop has. */
async function contents({ events: store, documents, counters }: ShopData): Promise<unknown> {
  return {
    events: await store.list({ after: 0, limit: 5000 }),
    documents: await documents.list({ limit: 100 }),
    counter: (await counters.assign({ profileId: 'profile-b', name: null })).counter,
    numbering: await documents.numbering('C1'),
  };
}

beforeAll(async () => {
  place = await makeTestPlace();
  shop = createShopData({ root: place.root, databaseUrl: place.databaseUrl, log });
  await shop.events.add(events);
  await shop.documents.put(readDocument(invoice.id, invoice));
  for (const profileId of ['profile-a', 'profile-b']) await shop.counters.assign({ profileId, name: 'Caisse' });
  for (const [path, text] of Object.entries(settings)) {
    mkdirSync(join(place.root, path, '..'), { recursive: true });
    writeFileSync(join(place.root, path), text);
  }
  backup = await shop.backups.make();
}, patienceMs);
afterAll(async () => {
  await shop.close();
  await place.remove();
}, patienceMs);

describe(`a backup, on ${testDatabaseName}`, () => {
  test(
    'brings everything back on an empty root: events, documents, counters, settings',
    async () => {
      const empty = await makeTestPlace();
      await restoreFile({ file: backup, root: empty.root, databaseUrl: empty.databaseUrl, log });
      const restored = createShopData({ root: empty.root, databaseUrl: empty.databaseUrl, log });
      try {
        const before = await contents(shop);
        expect(before).toMatchObject({ counter: 'C3', documents: [{ id: invoice.id }] });
        expect(await contents(restored)).toEqual(before);
        for (const [path, text] of Object.entries(settings)) {
          expect(readFileSync(join(empty.root, path), 'utf8')).toBe(text);
        }
        const [next] = await restored.events.add([
          { id: 'n', type: 'after', data: null, timestamp: 0, source: 'till' },
        ]);
        expect(next?.event.sequence).toBeGreaterThan(events.length);
      } finally {
        await restored.close();
        await empty.remove();
      }
    },
    patienceMs,
  );

  test('that is cut or altered is refused before anything is changed', async () => {
    const cut = `${backup}.cut`;
    copyFileSync(backup, cut);
    truncateSync(cut, readFileSync(backup).length - 30);
    await expect(checkBackup(cut)).rejects.toThrow(BackupDamagedError);
    const altered = `${backup}.altered`;
    const bytes = readFileSync(backup);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(altered, bytes);
    await expect(checkBackup(altered)).rejects.toThrow(BackupDamagedError);
    const { root, databaseUrl } = place;
    await expect(restoreFile({ file: cut, root, databaseUrl, log })).rejects.toThrow(BackupDamagedError);
    expect(readdirSync(join(root, 'settings'))).toContain('comptoir.json');
  });
});

describe('the nights', () => {
  test(
    'keep fourteen backups; one that was missed is made up for, once',
    async () => {
      let day = 14;
      const now = (): Date => new Date(2100, 0, day, 9, 0, 0);
      const backups = createBackups({ root: place.root, database: shop.database, log, now });
      for (let old = 1; old <= 14; old += 1) {
        writeFileSync(
          join(place.root, 'backups', `lagrace-2100-01-${String(old).padStart(2, '0')}-090000.jsonl.gz`),
          '',
        );
      }
      for (; day <= 16; day += 1) {
        expect(await backups.makeIfMissed()).toBe(day > 14);
        expect(await backups.makeIfMissed()).toBe(false);
      }
      const names = (await listBackups(place.root)).map((path) => basename(path));
      const days = Array.from({ length: 14 }, (_, index) => String(16 - index).padStart(2, '0'));
      expect(names).toEqual(days.map((two) => `lagrace-2100-01-${two}-090000.jsonl.gz`));
      expect(readdirSync(join(place.root, 'backups')).filter((name) => name.endsWith('.part'))).toEqual([]);
      await backups.close();
    },
    patienceMs,
  );
});
