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
