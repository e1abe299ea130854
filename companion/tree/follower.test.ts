import { appendFileSync, mkdirSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TreeEntry } from '../../src/schema/tree.ts';
import { isMeant } from './scan.ts';
import { openTestFolder, sha256, type TestFolder } from './test-folder.ts';

/** Times that a test can wait for. */
const times = { tickMs: 5, settleMs: 20, settleLongMs: 100, scanUnwatchedMs: 200 };
let folder: TestFolder;
beforeEach(async () => {
  folder = await openTestFolder({ times });
});
afterEach(() => folder.remove());

const entry = (path: string): TreeEntry | undefined => folder.tree.listing().entries.find((one) => one.path === path);
const paths = (): string[] =>
  folder.tree
    .listing()
    .entries.map(({ path }) => path)
    .sort();
const deleted = (): string[] => folder.tree.listing().deleted.map(({ path }) => path);
/** Something is seen at most two seconds after it happened; this machine may be busy. */
const seen = { timeout: 8000, interval: 20 };

describe('changes by other programs', () => {
  test('are listed with their digest and a new revision: made, changed, renamed, in new folders', async () => {
    await folder.tree.settled();
    const before = folder.tree.index.revision;
    folder.write('papers/a.txt', 'a');
    folder.write('cache/ai/new/deep/b.bin', 'b');
    await expect
      .poll(() => [entry('papers/a.txt')?.sha256, entry('cache/ai/new/deep/b.bin')?.sha256], seen)
      .toEqual([sha256('a'), sha256('b')]);
    folder.write('papers/a.txt', 'changed');
    await expect.poll(() => entry('papers/a.txt')?.sha256, seen).toBe(sha256('changed'));
    renameSync(join(folder.path, 'papers/a.txt'), join(folder.path, 'papers/c.txt'));
    await expect.poll(() => entry('papers/c.txt')?.sha256, seen).toBe(sha256('changed'));
    expect(entry('papers/c.txt')?.revision).toBeGreaterThan(before + 2);
  });

  test('are seen without a watcher too, by looking through the folder', async () => {
    await folder.restart({ times, watch: () => ({ follow: () => false, close: () => undefined }) });
    await folder.tree.settled();
    folder.write('papers/a.txt', 'a');
    await folder.tree.scan();
    expect(entry('papers/a.txt')?.sha256).toBe(sha256('a'));
  });

  test('are listed when they have come to rest, not half-way', async () => {
    // Long enough for a machine that holds this writer up.
    await folder.restart({});
    await folder.tree.settled();
    const digests = new Set<string>();
    folder.tree.subscribe((change) => 'entry' in change && digests.add(change.entry.sha256));
    const file = join(folder.path, 'papers/slow.bin');
    for (let part = 0; part < 10; part += 1) {
      appendFileSync(file, 'part');
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    await expect.poll(() => digests.has(sha256('part'.repeat(10))), seen).toBe(true);
    expect(digests.size).toBe(1);
  });

  test('of what is not mirrored are nobody’s business', async () => {
    await folder.tree.settled();
    const before = folder.tree.index.revision;
    folder.write('database/x', '1');
    folder.write('cache/ai/tmp/x', '1');
    folder.write('papers/x.part', '1');
    folder.write('papers/Thumbs.db', '1');
    folder.write('logs/ai.log.1', '1');
    folder.write('papers/y.txt', '1');
    await expect.poll(() => entry('papers/y.txt'), seen).toBeDefined();
    expect(folder.tree.index.revision).toBe(before + 1);
  });
});

describe('what is known', () => {
  test('outlives a restart: nothing that is unchanged is read again, and no revision is used twice', async () => {
    const file = join(folder.path, 'papers/a.txt');
    writeFileSync(file, 'a');
    utimesSync(file, 1_700_000_000, 1_700_000_000);
    await folder.tree.scan();
    const before = entry('papers/a.txt');
    expect(before).toBeDefined();
    await folder.stop();
    // The same size and time with another content: only reading it again would tell.
    writeFileSync(file, 'b');
    utimesSync(file, 1_700_000_000, 1_700_000_000);
    await folder.restart();
    await folder.tree.settled();
    expect(entry('papers/a.txt')?.sha256).toBe(before?.sha256);
    folder.write('papers/c.txt', 'c');
    await folder.tree.scan();
    expect(entry('papers/c.txt')?.revision).toBeGreaterThan(before?.revision ?? 0);
  });

  test('is found again when the index is lost, at revisions that are ahead of all before', async () => {
    folder.write('papers/a.txt', 'a');
    await folder.tree.scan();
    const { revision, rootId } = folder.tree.listing();
    await folder.stop();
    rmSync(join(folder.path, '.glowflix/index.jsonl'));
    rmSync(join(folder.path, '.glowflix/revision'));
    await folder.restart();
    await folder.tree.settled();
    expect(entry('papers/a.txt')?.sha256).toBe(sha256('a'));
    expect(folder.tree.listing().revision).toBeGreaterThan(revision);
    expect(folder.tree.listing().rootId).toBe(rootId);
  });

  test('is told at once, and what has to be read first comes later', async () => {
    folder.write('papers/small.txt', 'small');
    await folder.tree.scan();
    await folder.stop();
    const file = join(folder.path, 'cache/ai/models/large.bin');
    writeFileSync(file, '');
    truncateSync(file, 150_000_000);
    await folder.restart();
    expect(paths()).toEqual(['papers/small.txt']);
    await expect.poll(() => folder.tree.health().toRead, seen).toBe(1);
    expect((await folder.request('/api/files/papers/small.txt')).status).toBe(200);
    expect(entry('cache/ai/models/large.bin')).toBeUndefined();
    await expect.poll(() => entry('cache/ai/models/large.bin')?.size, { timeout: 15_000 }).toBe(150_000_000);
  });

  test('survives a journal whose last line was torn', async () => {
    folder.write('papers/a.txt', 'a');
    await folder.tree.scan();
    await folder.stop();
    appendFileSync(join(folder.path, '.glowflix/index.jsonl'), '{"kind":"file","path":"papers/a.t');
    await folder.restart();
    await folder.tree.settled();
    expect(entry('papers/a.txt')?.sha256).toBe(sha256('a'));
  });

  test('names what changed since a revision, and everything to who comes from elsewhere', async () => {
    folder.write('papers/a.txt', 'a');
    folder.write('papers/b.txt', 'b');
    await folder.tree.scan();
    const { revision } = folder.tree.listing();
    folder.write('papers/c.txt', 'c');
    rmSync(join(folder.path, 'papers/b.txt'));
    await folder.tree.scan();
    const since = folder.tree.listing(revision);
    expect(since.entries.map(({ path }) => path)).toEqual(['papers/c.txt']);
    expect(since.deleted.map(({ path }) => path)).toEqual(['papers/b.txt']);
    expect(folder.tree.listing(revision + 1_000_000).entries).toHaveLength(2);
  });
});

describe('a file that is gone from the disk', () => {
  const fill = async (count: number): Promise<void> => {
    for (let number = 0; number < count; number += 1) folder.write(`papers/${number}.txt`, String(number));
    await folder.tree.scan();
    expect(folder.tree.listing().entries).toHaveLength(count);
  };

  test('was deleted on purpose when the rest is there', async () => {
    await fill(10);
    rmSync(join(folder.path, 'papers/3.txt'));
    await expect.poll(deleted, seen).toEqual(['papers/3.txt']);
    expect(paths()).not.toContain('papers/3.txt');
  });

  test('was not when most of the others went with it: it is missing', async () => {
    await fill(10);
    for (let number = 0; number < 8; number += 1) rmSync(join(folder.path, `papers/${number}.txt`));
    await folder.tree.scan();
    expect(deleted()).toEqual([]);
    expect(folder.tree.health().missing).toBe(8);
    expect(folder.tree.listing().entries.filter(({ missing }) => missing)).toHaveLength(8);
    expect((await folder.request('/api/files/papers/0.txt')).status).toBe(404);
    const back = await folder.request('/api/files/papers/0.txt', { method: 'PUT', body: '0' });
    expect(back.status).toBe(201);
    expect(entry('papers/0.txt')?.missing).toBeUndefined();
  });

  test('was not when the others go little by little', async () => {
    await fill(20);
    for (let number = 0; number < 20; number += 1) {
      rmSync(join(folder.path, `papers/${number}.txt`));
      if (number % 3 === 0) await folder.tree.scan();
    }
    await folder.tree.scan();
    expect(deleted().length).toBeLessThanOrEqual(10);
    expect(folder.tree.health().missing).toBeGreaterThanOrEqual(10);
  });

  test('was not when the drive is away: nothing changes, and all is there when it is back', async () => {
    await fill(5);
    const { revision } = folder.tree.listing();
    renameSync(folder.path, `${folder.path}-away`);
    mkdirSync(folder.path);
    await folder.tree.scan();
    expect(folder.tree.health().state).toBe('unplugged');
    expect(folder.tree.listing()).toMatchObject({ revision, deleted: [] });
    expect(folder.tree.listing().entries.every(({ missing }) => missing)).toBe(true);
    const put = await folder.request('/api/files/papers/new.txt', { method: 'PUT', body: 'x' });
    expect(put.status).toBe(503);
    expect((await folder.request('/api/files/papers/0.txt')).status).toBe(503);
    rmSync(folder.path, { recursive: true });
    renameSync(`${folder.path}-away`, folder.path);
    await folder.tree.scan();
    expect(folder.tree.health()).toMatchObject({ state: 'ready', missing: 0, files: 5 });
  });

  test('is missing, not deleted, while a browser works with it or has pinned it', async () => {
    await fill(10);
    folder.tree.uses.note({ path: 'papers/1.txt', profileId: 'one', lastUsed: Date.now(), inUse: true });
    folder.tree.uses.note({ path: 'papers/2.txt', profileId: 'two', lastUsed: Date.now(), pinned: true });
    for (const number of [1, 2, 3]) rmSync(join(folder.path, `papers/${number}.txt`));
    await folder.tree.scan();
    expect(deleted()).toEqual(['papers/3.txt']);
    expect([entry('papers/1.txt')?.missing, entry('papers/2.txt')?.missing]).toEqual([true, true]);
  });

  test('and comes back is there again', async () => {
    await fill(4);
    for (const number of [0, 1, 2])
      renameSync(join(folder.path, `papers/${number}.txt`), join(folder.path, `${number}.part`));
    await folder.tree.scan();
    expect(folder.tree.health().missing).toBe(3);
    for (const number of [0, 1, 2])
      renameSync(join(folder.path, `${number}.part`), join(folder.path, `papers/${number}.txt`));
    await folder.tree.scan();
    expect(folder.tree.health().missing).toBe(0);
    expect(deleted()).toEqual([]);
  });
});

test('most of what was there must be left for a deletion to count', () => {
  expect(isMeant({ present: 5, gone: 5, goneLately: 0 })).toBe(true);
  expect(isMeant({ present: 4, gone: 5, goneLately: 0 })).toBe(false);
  expect(isMeant({ present: 0, gone: 1, goneLately: 0 })).toBe(false);
  expect(isMeant({ present: 10, gone: 1, goneLately: 10 })).toBe(false);
});

test('names that the tree cannot hold are left alone, and said once', async () => {
  const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  await folder.restart({ log, times });
  writeFileSync(join(folder.path, 'papers', 'what?.txt'), 'x');
  writeFileSync(join(folder.path, 'papers', 'A.txt'), 'x');
  await folder.tree.scan();
  await folder.tree.scan();
  expect(paths()).toEqual(['papers/A.txt']);
  expect(folder.tree.health().refused).toBe(1);
  expect(log.warn).toHaveBeenCalledTimes(1);
});
