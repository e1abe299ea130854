import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { dayMs } from '../../src/tree/upkeep.ts';
import { openTestFolder, type TestFolder } from '../tree/test-folder.ts';
import type { Cleaned } from './upkeep.ts';

const models = 'cache/ai/models';
const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
let clock = Date.now();
const now = (): number => clock;
let folder: TestFolder;
beforeEach(async () => {
  clock = Date.now();
  vi.clearAllMocks();
  folder = await openTestFolder({ now, log });
  for (const name of ['unused', 'used', 'pinned', 'in-use']) folder.write(`${models}/${name}.onnx`, name);
  folder.write('papers/old.txt', 'old');
  await folder.tree.scan();
});
afterEach(() => folder.remove());

const use = (name: string, more: object = {}): void =>
  folder.tree.uses.note({ path: `${models}/${name}.onnx`, profileId: 'one', lastUsed: clock, ...more });
const clean = async (body?: object): Promise<Cleaned> => {
  const init = body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return (await folder.request('/api/maintenance/cleanup', { method: 'POST', ...init })).json();
};
const isThere = (path: string): boolean => existsSync(join(folder.path, path));
const later = (days: number): void => {
  clock += days * dayMs;
};

describe('clean-up', () => {
  test('takes what nobody used for 30 days, says so, and tells browsers that it was no deletion', async () => {
    use('pinned', { pinned: true });
    use('in-use', { inUse: true });
    later(29);
    use('used');
    expect(await clean({ dryRun: false })).toMatchObject({ count: 0 });
    later(2);
    const would = await clean({ dryRun: true });
    expect(would).toMatchObject({
      dryRun: true,
      count: 1,
      bytes: 6,
      taken: [{ path: `${models}/unused.onnx`, size: 6 }],
    });
    expect(isThere(`${models}/unused.onnx`)).toBe(true);
    expect(log.info).not.toHaveBeenCalled();

    expect(await clean()).toMatchObject({ dryRun: false, count: 1, bytes: 6, failed: [] });
    expect(isThere(`${models}/unused.onnx`)).toBe(false);
    for (const path of ['used', 'pinned', 'in-use'].map((name) => `${models}/${name}.onnx`))
      expect(isThere(path)).toBe(true);
    expect(isThere('papers/old.txt')).toBe(true);
    expect(log.info.mock.calls).toEqual([[`Deleted old cache: ${models}/unused.onnx`]]);
    const { evicted, deleted } = folder.tree.listing();
    expect([evicted.map(({ path }) => path), deleted]).toEqual([[`${models}/unused.onnx`], []]);
    await folder.tree.scan();
    expect(folder.tree.listing().deleted).toEqual([]);
  });

  test('takes what programs left in the folder for passing things', async () => {
    folder.write('cache/ai/tmp/left.bin', 'left');
    const path = join(folder.path, 'cache/ai/tmp/left.bin');
    utimesSync(path, new Date(clock - 40 * dayMs), new Date(clock - 40 * dayMs));
    expect(await clean({ dryRun: true })).toMatchObject({ count: 0 });
    later(31);
    const { taken } = await clean({ dryRun: false });
    expect(taken.map((one) => one.path)).toContain('cache/ai/tmp/left.bin');
    expect(isThere('cache/ai/tmp/left.bin')).toBe(false);
  });

  test('leaves a file that came with an old time alone: it is new here', async () => {
    const path = `${models}/copied.onnx`;
    folder.write(path, 'copied');
    utimesSync(join(folder.path, path), new Date(clock - 400 * dayMs), new Date(clock - 400 * dayMs));
    await folder.tree.scan();
    expect(await clean({ dryRun: true })).toMatchObject({ count: 0 });
  });

  test('forgets that a browser works with a file when it was not heard of for three months', async () => {
    use('in-use', { inUse: true });
    use('pinned', { pinned: true });
    later(91);
    const { taken } = await clean({ dryRun: true });
    expect(taken.map(({ path }) => path)).toContain(`${models}/in-use.onnx`);
    expect(taken.map(({ path }) => path)).not.toContain(`${models}/pinned.onnx`);
  });

  test('lets a file come back that somebody wants again', async () => {
    later(31);
    await clean();
    const put = await folder.request(`/api/files/${models}/unused.onnx`, { method: 'PUT', body: 'unused' });
    expect(put.status).toBe(201);
    expect(folder.tree.listing().evicted.map(({ path }) => path)).not.toContain(`${models}/unused.onnx`);
    expect(await clean({ dryRun: true })).toMatchObject({ count: 0 });
  });

  test.each(['{"dryRun":"maybe"}', '{"dryrun":true}', '{"dry_run":true}', '[]', '"dryRun"'])(
    'is asked for in its own words only: %s takes nothing',
    async (body) => {
      later(31);
      const headers = { 'content-type': 'application/json' };
      const response = await folder.request('/api/maintenance/cleanup', { method: 'POST', headers, body });
      expect(response.status).toBe(400);
      expect(isThere(`${models}/unused.onnx`)).toBe(true);
    },
  );
});

describe('every night', () => {
  const memory = (): string => join(folder.path, '.glowflix/upkeep.json');
  const startAt = async (time: Date, lastRun: Date): Promise<void> => {
    await folder.stop();
    writeFileSync(memory(), JSON.stringify({ lastRunAt: lastRun.getTime() }));
    clock = time.getTime();
    await folder.restart();
  };

  test('at two, or at the next start when the machine was off: once', async () => {
    const today = new Date(clock + 40 * dayMs);
    const evening = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1, 20);
    const morning = new Date(today.getFullYear(), today.getMonth(), today.getDate(), 8);
    await startAt(morning, evening);
    await expect.poll(() => isThere(`${models}/unused.onnx`), { timeout: 8000 }).toBe(false);
    await expect.poll(() => JSON.parse(readFileSync(memory(), 'utf8')).lastRunAt, { timeout: 8000 }).toBe(clock);
  });

  test('and not again on a day on which it has run', async () => {
    const today = new Date(clock + 40 * dayMs);
    const atThree = new Date(today.getFullYear(), today.getMonth(), today.getDate(), 3);
    const morning = new Date(today.getFullYear(), today.getMonth(), today.getDate(), 8);
    await startAt(morning, atThree);
    await folder.tree.scan();
    await folder.stop();
    expect(isThere(`${models}/unused.onnx`)).toBe(true);
  });
});
