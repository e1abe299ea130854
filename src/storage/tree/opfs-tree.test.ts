import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../log.ts';
import { sha256Of } from './bytes.ts';
import { treeLaws } from './contract.ts';
import { createFakeOpfs, type FakeOpfs, type Step } from './fake-opfs.ts';
import { createLocalLock } from './locks.ts';
import { createOpfsTree, type OpfsTree } from './opfs-tree.ts';
import type { LocalEntry } from './tree.ts';
import { createTreeIndex } from './tree-index.ts';

const path = 'cache/ai/models/tiny/model.onnx';
const other = 'papers/horaires.txt';

let opfs: FakeOpfs;
let lost: LocalEntry[];
let at: number;
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  opfs = createFakeOpfs();
  lost = [];
  at = 1_763_820_187_000;
});

const channels = new Set<EventTarget>();
/** Another window, or this one after a restart: what is on disk and in the index is all that they share. */
function openTree(step?: Step, lock = createLocalLock()): OpfsTree {
  const target = new EventTarget();
  const index = createTreeIndex();
  channels.add(target);
  return createOpfsTree({
    root: opfs.root(step),
    index: {
      ...index,
      put: async (record) => {
        step?.();
        return index.put(record);
      },
    },
    lock,
    channel: {
      postMessage: (data) => {
        for (const one of channels) if (one !== target) one.dispatchEvent(new MessageEvent('message', { data }));
      },
      addEventListener: (type, listener) =>
        target.addEventListener(type, (event) => listener(event as MessageEvent<unknown>)),
    },
    log: silentLogger,
    now: () => at,
    onLost: (entry) => lost.push(entry),
  });
}

async function put(tree: OpfsTree, where: string, text: string): Promise<void> {
  const content = new Blob([text]);
  await tree.write(where, content, { size: content.size, sha256: await sha256Of(content) });
}
async function textAt(tree: OpfsTree, where: string): Promise<string | undefined> {
  return (await tree.read(where))?.text();
}

describe('a tree in the browser’s own files', () => {
  it.each(treeLaws)('$name', async ({ run }) => {
    const advance = (ms: number): void => {
      at += ms;
    };
    await run({ tree: openTree(), advance }, expect);
  });

  it('makes a folder again that somebody took away under it', async () => {
    const root = opfs.root();
    const tree = openTree();
    await put(tree, 'papers/a.txt', 'a');
    await root.removeEntry('papers', { recursive: true });
    expect(await textAt(tree, 'papers/a.txt')).toBe(undefined);
    await put(tree, 'papers/b.txt', 'b');
    expect(await textAt(tree, 'papers/b.txt')).toBe('b');
  });

  it('has the old file or the new one, and nothing half-written, wherever the power is cut', async () => {
    for (let steps = 0, isWritten = false; !isWritten; steps += 1) {
      globalThis.indexedDB = new IDBFactory();
      opfs = createFakeOpfs();
      await put(openTree(), path, 'old');
      let left = steps;
      const cut = (): void => {
        left -= 1;
        if (left < 0) throw new Error('the power is cut');
      };
      await put(openTree(cut), path, 'the new one').catch(() => undefined);
      isWritten = left >= 0;
      opfs.restart();
      const after = openTree();
      await after.reconcile();
      const text = await textAt(after, path);
      expect(['old', 'the new one'], `after ${steps} steps`).toContain(text);
      expect(opfs.texts()).toEqual({ [path]: text });
      expect(await after.list()).toMatchObject([{ path, sha256: await sha256Of(new Blob([text ?? ''])) }]);
      if (isWritten) expect(text).toBe('the new one');
      expect(steps).toBeLessThan(20);
    }
  });

  it('notices what the browser evicted: at start, or when it is asked for before', async () => {
    const tree = openTree();
    await put(tree, path, 'a model');
    await put(tree, other, 'ouvert');
    opfs.set(path, null);
    opfs.set(other, null);
    expect(await tree.read(path)).toBe(null);
    expect(lost.map((entry) => entry.path)).toEqual([path]);
    await openTree().reconcile();
    expect(lost.map((entry) => entry.path)).toEqual([path, other]);
    expect([await tree.list(), await tree.tombstones()]).toEqual([[], []]);
  });

  it('takes what changed behind its back for what it is now', async () => {
    const tree = openTree();
    await put(tree, path, 'a model');
    opfs.set(path, 'another one');
    opfs.set(other, 'ouvert');
    await tree.reconcile();
    expect(await tree.list()).toMatchObject([
      { path, sha256: await sha256Of(new Blob(['another one'])) },
      { path: other, size: 6 },
    ]);
  });

  it('finds a file whose bytes changed though its size and date did not, and drops it', async () => {
    const tree = openTree();
    await put(tree, path, 'a model');
    opfs.set(path, 'a mudel', 'same');
    expect(await tree.verify([path, other], 1000)).toEqual([]);
    at += 1000;
    expect(await tree.verify([path, other], 1000)).toEqual([path]);
    expect(lost.map((entry) => entry.path)).toEqual([path]);
    expect(opfs.texts()).toEqual({});
  });

  it('tells its other windows what changes', async () => {
    const lock = createLocalLock();
    const [mine, theirs] = [openTree(undefined, lock), openTree(undefined, lock)];
    const told: string[] = [];
    theirs.subscribe(({ path: changed, entry }) => told.push(`${changed} ${entry?.size ?? 'gone'}`));
    await put(mine, path, 'a model');
    await mine.remove(path, 'meant');
    expect(told).toEqual([`${path} 7`, `${path} gone`]);
    await Promise.all([
      put(mine, path, 'one'),
      put(theirs, path, 'two'),
      mine.append(other, 'a'),
      theirs.append(other, 'b'),
    ]);
    expect(['one', 'two']).toContain(await textAt(mine, path));
    expect((await textAt(theirs, other))?.length).toBe(2);
    expect((await mine.entry(other))?.sha256).toBe(await sha256Of((await theirs.read(other)) ?? new Blob()));
  });

  it('says that there is no room, and keeps the old file', async () => {
    await put(openTree(), path, 'old');
    let left = 3;
    const full = openTree(() => {
      left -= 1;
      if (left === 0) throw new DOMException('no room', 'QuotaExceededError');
    });
    await expect(put(full, path, 'the new one')).rejects.toMatchObject({ code: 'storage-full' });
    expect(opfs.texts()).toEqual({ [path]: 'old' });
  });
});
