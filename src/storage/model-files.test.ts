import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import type { Pack } from '../schema.ts';
import { createModelFiles, type FileCache } from './model-files.ts';

const bytes = new TextEncoder().encode('a small model');
const file = { path: 'onnx/model.onnx', bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
const pack: Pack = {
  id: 'tiny',
  task: 'intent',
  engine: 'ngram',
  name: 'Petit',
  trial: true,
  licence: 'GPL-3.0-or-later',
  source: 'here',
  root: 'starter/tiny',
  files: [file],
};
const modelsUrl = 'http://localhost:3030/models/';

function memoryCache(): FileCache & { kept: Map<string, Response> } {
  const kept = new Map<string, Response>();
  return {
    kept,
    match: async (address) => kept.get(address)?.clone(),
    put: async (address, response) => {
      kept.set(address, response);
    },
  };
}
const answering = (body: BodyInit, status = 200) => vi.fn<typeof fetch>(async () => new Response(body, { status }));

describe('model files', () => {
  it('are fetched below their root, checked, and told as they come', async () => {
    const fetch = answering(bytes);
    const seen: number[] = [];
    const blob = await createModelFiles({ modelsUrl, fetch, cache: null })(pack, file, {
      onBytes: (n) => seen.push(n),
    });
    expect(new Uint8Array(await blob.arrayBuffer())).toEqual(bytes);
    expect(fetch.mock.calls[0]?.[0]).toBe('http://localhost:3030/models/starter/tiny/onnx/model.onnx');
    expect(seen.at(-1)).toBe(bytes.length);
  });

  it('are fetched once and kept for when there is no network', async () => {
    const cache = memoryCache();
    const fetch = answering(bytes);
    const files = createModelFiles({ modelsUrl, fetch, cache });
    await files(pack, file);
    await files(pack, file);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it('are fetched again when what was kept is not whole', async () => {
    const cache = memoryCache();
    const fetch = answering(bytes);
    const files = createModelFiles({ modelsUrl, fetch, cache });
    await files(pack, file);
    for (const address of cache.kept.keys()) cache.kept.set(address, new Response('half'));
    expect((await files(pack, file)).size).toBe(bytes.length);
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['a page in place of the model', '<!doctype html><title>x</title>', 200, 'model-corrupt'],
    ['as many bytes but not these', 'another model', 200, 'model-corrupt'],
    ['a missing file', 'no such file', 404, 'model-missing'],
  ])('refuse %s and keep nothing of it', async (_, body, status, code) => {
    const cache = memoryCache();
    const files = createModelFiles({ modelsUrl, fetch: answering(body, status), cache });
    await expect(files(pack, file)).rejects.toMatchObject({ code });
    expect(cache.kept.size).toBe(0);
  });

  it('say that the network failed, and work at the next try', async () => {
    const fetch = answering(bytes);
    fetch.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    const files = createModelFiles({ modelsUrl, fetch, cache: null });
    await expect(files(pack, file)).rejects.toMatchObject({ code: 'network-failed' });
    await expect(files(pack, file)).resolves.toBeInstanceOf(Blob);
  });

  it('stop when cancelled', async () => {
    const controller = new AbortController();
    controller.abort();
    const fetch: typeof globalThis.fetch = async (_, init) => {
      init?.signal?.throwIfAborted();
      return new Response(bytes);
    };
    const load = createModelFiles({ modelsUrl, fetch, cache: null })(pack, file, { signal: controller.signal });
    await expect(load).rejects.toMatchObject({ name: 'AbortError' });
  });
});
