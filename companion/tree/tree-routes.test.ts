import * as v from 'valibot';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TreeListing, treeListingSchema } from '../../src/schema/tree.ts';
import { openTestFolder, sha256, type TestFolder } from './test-folder.ts';

let folder: TestFolder;
beforeEach(async () => {
  folder = await openTestFolder();
  await folder.tree.settled();
});
afterEach(() => folder.remove());

const put = (path: string, body: string): Promise<Response> =>
  folder.request(`/api/files/${path}`, { method: 'PUT', body });
const remove = (path: string): Promise<Response> => folder.request(`/api/files/${path}`, { method: 'DELETE' });
const listing = async (query = ''): Promise<TreeListing> =>
  v.parse(treeListingSchema, await (await folder.request(`/api/tree${query}`)).json());

interface Message {
  id: string;
  listing: TreeListing;
}
/** The messages of the stream, one after another. */
async function* follow(signal: AbortSignal, headers: Record<string, string> = {}): AsyncGenerator<Message> {
  const response = await folder.request('/api/tree/stream', { headers, signal });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString('utf8');
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const message = /^id: (.*)\nevent: tree\ndata: (.*)$/.exec(text.slice(0, end));
      text = text.slice(end + 2);
      if (message?.[2]) yield { id: message[1] ?? '', listing: v.parse(treeListingSchema, JSON.parse(message[2])) };
    }
  }
}
async function next(messages: AsyncGenerator<Message>): Promise<Message> {
  const { value, done } = await messages.next();
  if (done) throw new Error('the stream ended');
  return value;
}

test('the listing has every file, and what was deleted on purpose', async () => {
  await put('papers/a.txt', 'a');
  await put('papers/b.txt', 'b');
  await remove('papers/b.txt');
  const all = await listing();
  expect(all.entries).toMatchObject([{ path: 'papers/a.txt', size: 1, sha256: sha256('a') }]);
  expect(all.deleted).toMatchObject([{ path: 'papers/b.txt', sha256: sha256('b') }]);
  expect(await listing(`?since=${all.revision}`)).toMatchObject({ entries: [], deleted: [] });
  expect((await folder.request('/api/tree?since=x')).status).toBe(400);
});

test('a file that comes back after its deletion is in one list only', async () => {
  await put('papers/a.txt', 'a');
  await remove('papers/a.txt');
  await put('papers/a.txt', 'a');
  expect(await listing()).toMatchObject({ entries: [{ path: 'papers/a.txt' }], deleted: [] });
});

test('the stream tells each change, and goes on where a reader left it', async () => {
  await put('papers/before.txt', 'x');
  const first = new AbortController();
  const messages = follow(first.signal);
  expect((await next(messages)).listing.entries).toEqual([]);
  await put('papers/a.txt', 'a');
  const { id, listing: told } = await next(messages);
  expect(told.entries.map(({ path }) => path)).toEqual(['papers/a.txt']);
  first.abort();
  await messages.next().catch(() => undefined);

  await remove('papers/a.txt');
  await put('papers/b.txt', 'b');
  const second = new AbortController();
  const missed = await next(follow(second.signal, { 'last-event-id': id }));
  second.abort();
  expect(missed.listing.entries.map(({ path }) => path)).toEqual(['papers/b.txt']);
  expect(missed.listing.deleted.map(({ path }) => path)).toEqual(['papers/a.txt']);

  const third = new AbortController();
  const stranger = await next(follow(third.signal, { 'last-event-id': `another-root:${missed.listing.revision}` }));
  third.abort();
  expect(stranger.listing.entries).toHaveLength(2);
});

test('a change on the disk reaches the stream', async () => {
  const reader = new AbortController();
  const messages = follow(reader.signal);
  await next(messages);
  folder.write('papers/a.txt', 'from elsewhere');
  expect((await next(messages)).listing.entries).toMatchObject([{ sha256: sha256('from elsewhere') }]);
  reader.abort();
});

test('the newest use of all browsers counts, and each has its own say on pins', async () => {
  const use = (body: unknown): Promise<Response> =>
    folder.request('/api/tree/use', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const path = 'cache/ai/models/a/model.onnx';
  expect((await use({ path, profileId: 'one', lastUsed: 2000, pinned: true })).status).toBe(204);
  expect((await use([{ path, profileId: 'two', lastUsed: 1000 }])).status).toBe(204);
  expect(folder.tree.index.uses.get(path)?.lastUsed).toBe(2000);
  expect(folder.tree.uses.isWanted(path)).toBe(true);
  await use({ path, profileId: 'two', lastUsed: 3000, pinned: false });
  expect(folder.tree.uses.isWanted(path)).toBe(true);
  await use({ path, profileId: 'one', lastUsed: 3000, pinned: false });
  expect(folder.tree.uses.isWanted(path)).toBe(false);
  await use({ path: 'cache/ai/models/a', profileId: 'one', lastUsed: 4000, pinned: true });
  expect(folder.tree.uses.isWanted(path)).toBe(true);
  await folder.restart();
  expect(folder.tree.uses.isWanted(path)).toBe(true);
  expect((await use({ path })).status).toBe(400);
});
