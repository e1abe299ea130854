import { describe, expect, it } from 'vitest';
import { CompanionRefusal, createCompanionClient, digestHeader } from './companion-client.ts';

const { signal } = new AbortController();
const sha256 = 'a'.repeat(64);

/** A client whose every request is answered by `answer`; what was asked is kept. */
function clientOf(answer: (request: Request) => Response | Promise<Response>) {
  const asked: Request[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input as string, init); // the client gives addresses
    asked.push(request);
    return answer(request);
  };
  return { client: createCompanionClient({ origin: 'http://localhost:3030', fetch, timeoutMs: 50 }), asked };
}
const json = (value: unknown, status = 200): Response => Response.json(value, { status });
const problem = (status: number): Response => json({ error: { code: 'x', message: 'because' } }, status);

describe('the companion', () => {
  it.each([
    ['a program that is not ours', { program: 'till' }, null],
    ['one that keeps no files', { status: 'ok', program: 'lagrace' }, null],
    ['one that does', { status: 'ok', program: 'lagrace', tree: { rootId: 'r', files: 3 } }, 'r'],
  ])('%s is known by its health', async (_, health, rootId) => {
    expect(await clientOf(() => json(health)).client.rootId({ signal })).toBe(rootId);
  });

  it.each([
    [412, 'file-changed'],
    [507, 'disk-full'],
    [500, 'network-failed'],
    [503, 'network-failed'],
    [429, 'network-failed'],
  ])('that answers %i fails with %s', async (status, code) => {
    const { client } = clientOf(() => problem(status));
    await expect(client.postEvents([], { signal })).rejects.toMatchObject({ code });
  });

  it.each([400, 404, 409, 413])('that answers %i will not have it, however often it is sent', async (status) => {
    const { client } = clientOf(() => problem(status));
    await expect(client.putDocument('d', {}, { signal })).rejects.toBeInstanceOf(CompanionRefusal);
    await expect(client.putDocument('d', {}, { signal })).rejects.toThrow('because');
  });

  it('that cannot be reached, or does not answer in time, is a failure of the network', async () => {
    const gone = clientOf(() => Promise.reject(new TypeError('Failed to fetch'))).client;
    await expect(gone.rootId({ signal })).rejects.toMatchObject({ code: 'network-failed' });
    const hanging = clientOf(
      (request) =>
        new Promise((_, reject) => request.signal.addEventListener('abort', () => reject(request.signal.reason))),
    ).client;
    await expect(hanging.rootId({ signal })).rejects.toMatchObject({ code: 'network-failed' });
  });

  it('is not believed when it answers nonsense', async () => {
    await expect(clientOf(() => json({ counter: 7 })).client.assign('p', { signal })).rejects.toMatchObject({
      code: 'network-failed',
    });
    await expect(clientOf(() => new Response('<html>')).client.assign('p', { signal })).rejects.toThrow('no JSON');
    const { client } = clientOf(() => new Response('no digest'));
    await expect(client.readFile('a', { signal })).rejects.toThrow('size or digest');
  });
});

describe('a file', () => {
  it('is asked for by its path, each name encoded once', async () => {
    const headers = { etag: `"${sha256}"`, 'content-length': '3' };
    const { client, asked } = clientOf(() => new Response('abc', { headers }));
    const file = await client.readFile('papers/reçu 100 %.md', { signal });
    expect(asked[0]?.url).toBe('http://localhost:3030/api/files/papers/re%C3%A7u%20100%20%25.md');
    expect([file.size, file.sha256]).toEqual([3, sha256]);
  });

  it('is written on condition, with its digest', async () => {
    const { client, asked } = clientOf(() => new Response(null, { status: 204, headers: { 'tree-revision': '7' } }));
    const options = { sha256, mtime: 5, signal };
    expect(await client.writeFile('a', new Blob(['x']), { ...options, replaces: null })).toBe(7);
    await client.writeFile('a', new Blob(['x']), { ...options, replaces: sha256 });
    const conditions = asked.map(({ headers }) => [headers.get('if-none-match'), headers.get('if-match')]);
    expect(conditions).toEqual([
      ['*', null],
      [null, `"${sha256}"`],
    ]);
    expect(asked[0]?.headers.get('repr-digest')).toBe(digestHeader(sha256));
  });

  it('that is gone already counts as deleted', async () => {
    const { client } = clientOf(() => problem(404));
    await client.deleteFile('a', { replaces: sha256, signal });
  });

  it('has its digest told as RFC 9530 writes it', () => {
    expect(digestHeader('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')).toBe(
      'sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:',
    );
  });
});

describe('the stream of changes', () => {
  const listing = { rootId: 'r', revision: 1, entries: [], deleted: [] };
  const streamed = (...pieces: string[]): Response =>
    new Response(new Blob(pieces).stream().pipeThrough(new TransformStream()));

  it('gives each listing, however its bytes are cut', async () => {
    const text = `retry: 2000\r\n\r\n: still here\n\nid: r:1\nevent: tree\ndata: ${JSON.stringify(listing)}\n\n`;
    const { client } = clientOf(() => streamed(...text, `data: ${JSON.stringify({ ...listing, revision: 2 })}\n\n`));
    const revisions: number[] = [];
    for await (const one of client.followTree(0, { signal })) revisions.push(one.revision);
    expect(revisions).toEqual([1, 2]);
  });

  it('ends with a failure when it makes no sense', async () => {
    const { client } = clientOf(() => streamed('data: {"rootId":1}\n\n'));
    await expect(client.followTree(0, { signal }).next()).rejects.toMatchObject({ code: 'network-failed' });
  });
});
