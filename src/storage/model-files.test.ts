import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { LaGraceError } from '../errors.ts';
import { silentLogger } from '../log.ts';
import type { Pack } from '../schema.ts';
import { createModelFiles, type ModelFilesOptions, type OldCache } from './model-files.ts';
import { createLocalLock } from './tree/locks.ts';
import { createMemoryTree } from './tree/memory-tree.ts';
import type { Tree } from './tree/tree.ts';

const bytes = new TextEncoder().encode('a small model');
const file = { path: 'onnx/model.onnx', bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
const path = 'cache/ai/models/tiny/onnx/model.onnx';
const pack: Pack = {
  id: 'tiny',
  task: 'vad',
  engine: 'silero',
  name: 'Petit',
  trial: true,
  licence: 'GPL-3.0-or-later',
  source: 'here',
  root: 'starter/tiny',
  files: [file],
};
const address = 'http://localhost:3030/models/starter/tiny/onnx/model.onnx';

const answering = (body: BodyInit, status = 200) => vi.fn<typeof fetch>(async () => new Response(body, { status }));

function createShipped(): ModelFilesOptions['shipped'] {
  const digests = new Set<string>();
  return { has: async (sha256) => digests.has(sha256), add: async (sha256) => void digests.add(sha256) };
}

function setUp(options: Partial<ModelFilesOptions> = {}) {
  const tree = options.tree ?? createMemoryTree();
  const fetch = answering(bytes);
  const onNotKept = vi.fn();
  const load = createModelFiles({
    tree,
    modelsUrl: 'http://localhost:3030/models/',
    fetch,
    oldCache: null,
    lock: createLocalLock(),
    log: silentLogger,
    shipped: options.shipped ?? createShipped(),
    counterName: async () => 'comptoir-2',
    onNotKept,
    ...options,
  });
  return { tree, fetch, load, onNotKept };
}

function oldCacheWith(body: BodyInit): OldCache & { kept: Map<string, Response> } {
  const kept = new Map([[`${address}?sha256=${file.sha256}`, new Response(body)]]);
  return {
    kept,
    match: async (key) => kept.get(key)?.clone(),
    delete: async (key) => kept.delete(key),
  };
}

describe('model files', () => {
  it('are fetched into the tree, checked, and told as they come', async () => {
    const { load, fetch, tree } = setUp();
    const told: number[] = [];
    const blob = await load(pack, file, { onBytes: (n) => told.push(n) });
    expect(new Uint8Array(await blob.arrayBuffer())).toEqual(bytes);
    expect(fetch.mock.calls[0]?.[0]).toBe(address);
    expect(told.at(-1)).toBe(bytes.length);
    expect(await tree.entry(path)).toMatchObject({ sha256: file.sha256 });
  });

  it('are read from the tree without network from then on, and noted as used', async () => {
    const { tree } = setUp();
    await setUp({ tree }).load(pack, file);
    const touch = vi.spyOn(tree, 'touch');
    const next = setUp({ tree });
    const told: number[] = [];
    expect((await next.load(pack, file, { onBytes: (n) => told.push(n) })).size).toBe(bytes.length);
    expect(next.fetch).not.toHaveBeenCalled();
    expect(told).toEqual([bytes.length]);
    expect(touch).toHaveBeenCalledWith(path);
  });

  it('are fetched once when several ask at the same time', async () => {
    const { load, fetch } = setUp();
    await Promise.all([load(pack, file), load(pack, file), load(pack, file)]);
    expect(fetch).toHaveBeenCalledOnce();
  });

  it.each(['half', 'other model'.padEnd(bytes.length, '.')])(
    'are fetched again when the tree has "%s"',
    async (text) => {
      const { load, fetch, tree } = setUp();
      await tree.append(path, text);
      expect(await (await load(pack, file)).text()).toBe('a small model');
      expect(fetch).toHaveBeenCalledOnce();
    },
  );

  it('move out of the cache of an older version, so that nothing is kept twice', async () => {
    const oldCache = oldCacheWith(bytes);
    const { load, fetch } = setUp({ oldCache });
    expect(await (await load(pack, file)).text()).toBe('a small model');
    expect(fetch).not.toHaveBeenCalled();
    expect(oldCache.kept.size).toBe(0);
  });

  it('are fetched when what the older version kept is not whole', async () => {
    const oldCache = oldCacheWith('half');
    const { load, fetch } = setUp({ oldCache });
    expect(await (await load(pack, file)).text()).toBe('a small model');
    expect(fetch).toHaveBeenCalledOnce();
    expect(oldCache.kept.size).toBe(0);
  });

  it.each([
    ['a page in place of the model', '<!doctype html><title>x</title>', 200, 'model-corrupt'],
    ['as many bytes but not these', 'another model', 200, 'model-corrupt'],
    ['a missing file', 'no such file', 404, 'model-missing'],
  ])('refuse %s and keep nothing of it', async (_, body, status, code) => {
    const { load, tree } = setUp({ fetch: answering(body, status) });
    await expect(load(pack, file)).rejects.toMatchObject({ code });
    expect(await tree.list()).toEqual([]);
  });

  it.each([
    ['fails', () => Promise.reject(new TypeError('Failed to fetch'))],
    [
      'breaks off',
      async () => new Response(new ReadableStream({ pull: () => Promise.reject(new TypeError('reset')) })),
    ],
  ])('say when the network %s, and work at the next try', async (_, failure) => {
    const fetch = answering(bytes);
    fetch.mockImplementationOnce(failure);
    const { load } = setUp({ fetch });
    await expect(load(pack, file)).rejects.toMatchObject({ code: 'network-failed' });
    await expect(load(pack, file)).resolves.toBeInstanceOf(Blob);
  });

  it('are used from memory, and that is told, when there is no room for them', async () => {
    const full: Tree = {
      ...createMemoryTree(),
      write: () => Promise.reject(new LaGraceError('storage-full', 'no room')),
    };
    const { load, onNotKept } = setUp({ tree: full });
    expect(await (await load(pack, file)).text()).toBe('a small model');
    expect(onNotKept).toHaveBeenCalledWith(expect.objectContaining({ code: 'storage-full' }));
  });

  it('stop when cancelled', async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(setUp().load(pack, file, { signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('the model of what is meant, which a shop may train', () => {
  const intents: Pack = { ...pack, id: 'intents', task: 'intent', engine: 'ngram' };
  const trained = 'cache/ai/intent_models/onnx/model.onnx';
  const beside = 'cache/ai/intent_models/onnx/model (conflit 2026-11-22 comptoir-2).onnx';
  const put = async (tree: Tree, content: string): Promise<void> => {
    const mtime = new Date(2026, 10, 22, 14).getTime();
    await tree.write(trained, new Blob([content]), { size: content.length, sha256: digestOf(content), mtime });
  };
  const digestOf = (content: string): string => createHash('sha256').update(content).digest('hex');
  const pathsIn = async (tree: Tree): Promise<string[]> => (await tree.list()).map((entry) => entry.path);

  it('is kept beside ours, pinned, when somebody else put it there', async () => {
    const { load, tree } = setUp();
    await put(tree, 'trained by the shop');
    expect(await (await load(intents, file)).text()).toBe('a small model');
    expect(await (await tree.read(beside))?.text()).toBe('trained by the shop');
    expect(await tree.entry(beside)).toMatchObject({ pinned: true });
    await put(tree, 'trained once more');
    await load(intents, file);
    expect(await pathsIn(tree)).toHaveLength(3);
  });

  it('is not kept twice, however often it comes', async () => {
    const { load, tree } = setUp();
    for (let times = 0; times < 3; times += 1) {
      await put(tree, 'trained by the shop');
      await load(intents, file);
    }
    expect((await pathsIn(tree)).sort()).toEqual([beside, trained].sort());
  });

  it('gives way without a trace when an earlier version of the app brought it', async () => {
    const shipped = createShipped();
    const { tree } = setUp();
    const before = { ...file, sha256: digestOf('the model before'), bytes: 16 };
    await setUp({ tree, shipped, fetch: answering('the model before') }).load(intents, before);
    expect(await (await setUp({ tree, shipped }).load(intents, file)).text()).toBe('a small model');
    expect(await pathsIn(tree)).toEqual([trained]);
  });

  it('stays where it is when there is no room to keep it', async () => {
    const tree = createMemoryTree();
    await put(tree, 'trained by the shop');
    const full: Tree = { ...tree, write: () => Promise.reject(new LaGraceError('storage-full', 'no room')) };
    const { load, onNotKept } = setUp({ tree: full });
    expect(await (await load(intents, file)).text()).toBe('a small model');
    expect(onNotKept).toHaveBeenCalled();
    expect(await (await tree.read(trained))?.text()).toBe('trained by the shop');
  });
});
