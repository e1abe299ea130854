import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createLogger } from '../../src/log.ts';
import { createShopData, type ShopData } from '../shop-data.ts';
import { copyEmptyDatabase, makeTestPlace, patienceMs } from '../test-shop.ts';

const events = (from: number, to: number): Parameters<ShopData['events']['add']>[0] =>
  Array.from({ length: to - from }, (_, index) => ({
    id: `d${from + index}`,
    type: 'd',
    data: null,
    timestamp: 1,
    source: 's',
  }));

describe('a database in the shop’s folder', () => {
  test(
    'that does not open is set aside, once, and made anew from the backup and the journal',
    async () => {
      const place = await makeTestPlace();
      const said: string[] = [];
      const log = createLogger(({ message }) => said.push(message));
      const open = (): ShopData => createShopData({ root: place.root, log });
      const folder = join(place.root, 'database');
      try {
        const first = open();
        await first.events.add(events(0, 30));
        await first.backups.make();
        const before = await first.events.add(events(30, 60));
        await first.close();
        const control = join(folder, 'pglite', 'global', 'pg_control');
        writeFileSync(control, readFileSync(control).fill(0));

        const second = open();
        const after = await second.events.list({ after: 0, limit: 100 });
        expect(after.map(({ id }) => id)).toEqual(events(0, 60).map(({ id }) => id));
        expect(after.slice(30)).toEqual(before.map(({ event }) => event));
        expect(await second.events.add(events(0, 1))).toMatchObject([{ known: true }]);
        await second.close();
        expect(readdirSync(folder).filter((name) => name.includes('set-aside'))).toHaveLength(1);
        expect(said).toContainEqual(expect.stringContaining('was set aside'));
      } finally {
        await place.remove();
      }
    },
    patienceMs,
  );

  test(
    'whose newest writes were lost gets them from the journal, and numbers go on after them',
    async () => {
      const place = await makeTestPlace();
      const log = createLogger(() => undefined);
      try {
        const first = createShopData({ root: place.root, log });
        const before = await first.events.add(events(0, 50));
        // As if nothing of it had reached the disk: the empty database again, while the first companion is simply gone.
        rmSync(join(place.root, 'database', 'pglite'), { recursive: true });
        await copyEmptyDatabase(join(place.root, 'database'));
        const second = createShopData({ root: place.root, log });
        expect(await second.events.list({ after: 0 })).toEqual(before.map(({ event }) => event));
        const [next] = await second.events.add(events(50, 51));
        expect(next?.event.sequence).toBe((before.at(-1)?.event.sequence ?? 0) + 1);
        await second.close();
      } finally {
        await place.remove();
      }
    },
    patienceMs,
  );

  test(
    'keeps what came after a night in which nothing happened: a backup, a clean end, and then a power cut',
    async () => {
      const place = await makeTestPlace();
      const log = createLogger(() => undefined);
      const open = (): ShopData => createShopData({ root: place.root, log });
      const files = join(place.root, 'database', 'pglite');
      try {
        const first = open();
        for (const from of [0, 10, 20]) {
          await first.events.add(events(from, from + 10));
          await first.database.checkpoint();
        }
        await first.backups.make();
        await first.close();
        cpSync(files, `${files}-older`, { recursive: true });

        const second = open();
        await second.events.add(events(30, 40));
        // The second is simply gone, and nothing that its database wrote had reached the disk.
        rmSync(files, { recursive: true });
        renameSync(`${files}-older`, files);
        const third = open();
        const after = await third.events.list({ after: 0, limit: 100 });
        expect(after.map(({ id }) => id)).toEqual(events(0, 40).map(({ id }) => id));
        await third.close();
      } finally {
        await place.remove();
      }
    },
    patienceMs,
  );
});
