import { afterEach, describe, expect, it, vi } from 'vitest';
import { compileRuntime } from './compile-runtime.ts';

const empty = Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
const answer = (bytes: Uint8Array<ArrayBuffer>, status = 200): Response =>
  new Response(bytes, { status, headers: { 'content-type': 'application/wasm' } });

afterEach(() => vi.unstubAllGlobals());

describe('the runtime', () => {
  it('is compiled as it comes', async () => {
    vi.stubGlobal('fetch', async () => answer(empty));
    expect(await compileRuntime('http://localhost/ort.wasm')).toBeInstanceOf(WebAssembly.Module);
  });

  it.each<[string, () => Promise<Response>]>([
    ['the network fails', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['it is not there', async () => answer(empty, 404)],
    ['it comes cut', async () => answer(empty.slice(0, 6))],
  ])('that cannot be had because %s is named, as a failure of the network', async (_, fetch) => {
    vi.stubGlobal('fetch', fetch);
    await expect(compileRuntime('http://localhost/ort.wasm')).rejects.toMatchObject({
      code: 'network-failed',
      message: expect.stringContaining('http://localhost/ort.wasm'),
    });
  });
});
