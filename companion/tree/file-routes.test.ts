import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digestHeader } from './conditions.ts';
import { type Disk, nodeDisk } from './disk.ts';
import { openTestFolder, sha256, type TestFolder } from './test-folder.ts';

let folder: TestFolder;
beforeAll(async () => {
  folder = await openTestFolder();
});
afterAll(() => folder.remove());

const put = (path: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<Response> =>
  folder.request(`/api/files/${path}`, { method: 'PUT', body: new Uint8Array(Buffer.from(body)), headers });
const codeOf = async (response: Response): Promise<unknown> => (await response.json()).error.code;

describe('writing a file', () => {
  test('makes it, replaces it, and gives its digest', async () => {
    const made = await put('papers/horaires.txt', 'de 8 h à 18 h');
    expect(made.status).toBe(201);
    expect(made.headers.get('etag')).toBe(`"${sha256('de 8 h à 18 h')}"`);
    const replaced = await put('papers/horaires.txt', 'de 9 h à 17 h', { 'if-match': made.headers.get('etag') ?? '' });
    expect(replaced.status).toBe(204);
    expect(readFileSync(join(folder.path, 'papers/horaires.txt'), 'utf8')).toBe('de 9 h à 17 h');
    expect(existsSync(join(folder.path, 'papers/horaires.txt.part'))).toBe(false);
  });

  test('keeps the time at which the sender wrote it, but no time to come', async () => {
    await put('papers/temps.txt', 'a', { 'x-mtime': '1763820187250' });
    expect(folder.tree.index.files.get('papers/temps.txt')?.mtime).toBe(1_763_820_187_250);
    await put('papers/temps.txt', 'b', { 'x-mtime': '99999999999999' });
    expect(folder.tree.index.files.get('papers/temps.txt')?.mtime).toBeLessThanOrEqual(Date.now() + 1);
  });

  test('is refused when the bytes are not those that were announced, and leaves the old file whole', async () => {
    await put('papers/a.txt', 'old');
    for (const header of ['repr-digest', 'content-digest']) {
      const response = await put('papers/a.txt', 'new', { [header]: digestHeader(sha256('another')) });
      expect(response.status).toBe(400);
      expect(await codeOf(response)).toBe('digest-mismatch');
    }
    expect(readFileSync(join(folder.path, 'papers/a.txt'), 'utf8')).toBe('old');
    expect(existsSync(join(folder.path, 'papers/a.txt.part'))).toBe(false);
  });

  test.each([
    ['if-match', `"${'0'.repeat(64)}"`, 'papers/b.txt'],
    ['if-match', '*', 'papers/none.txt'],
    ['if-none-match', '*', 'papers/b.txt'],
  ])('is refused when %s %s does not hold', async (name, value, path) => {
    await put('papers/b.txt', 'old');
    const response = await put(path, 'new', { [name]: value });
    expect(response.status).toBe(412);
    expect(await codeOf(response)).toBe('precondition-failed');
  });

  test('is done at once when the same digest is there, whatever the conditions', async () => {
    await put('cache/ai/models/m.onnx', 'weights');
    const { revision } = folder.tree.index;
    const headers = { 'repr-digest': digestHeader(sha256('weights')), 'if-none-match': '*' };
    expect((await put('cache/ai/models/m.onnx', 'weights', headers)).status).toBe(204);
    expect(folder.tree.index.revision).toBe(revision);
  });

  test('never leaves a part when the sender goes away', async () => {
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('half')),
      pull: () => Promise.reject(new Error('the sender went away')),
    });
    const init = { method: 'PUT', body, duplex: 'half' } as RequestInit; // `duplex` is not in the types yet.
    await expect(folder.request('/api/files/papers/half.txt', init)).rejects.toThrow();
    await expect.poll(() => existsSync(join(folder.path, 'papers/half.txt.part'))).toBe(false);
    expect(existsSync(join(folder.path, 'papers/half.txt'))).toBe(false);
  });

  test('of a log appends what it has more, and loses nothing that others wrote', async () => {
    const log = join(folder.path, 'logs/ai.log');
    writeFileSync(log, 'one\n');
    expect((await put('logs/ai.log', 'one\ntwo\n')).status).toBe(204);
    expect(readFileSync(log, 'utf8')).toBe('one\ntwo\n');
    const refused = await put('logs/ai.log', 'three\n');
    expect(refused.status).toBe(409);
    expect(await codeOf(refused)).toBe('log-only-grows');
    expect(readFileSync(log, 'utf8')).toBe('one\ntwo\n');
  });

  test('under a name that differs by capitals only is refused', async () => {
    await put('papers/Devis/a.txt', 'a');
    for (const path of ['papers/devis/b.txt', 'papers/Devis/A.txt', 'Papers/c.txt', 'Settings/a.json', 'cache/AI/a']) {
      const response = await put(path, 'b');
      expect(response.status).toBe(409);
      expect(await codeOf(response)).toBe('name-conflict');
    }
    expect((await put('papers/Devis/a.txt/b', 'b')).status).toBe(409);
    expect((await put('papers/Devis', 'b')).status).toBe(409);
  });

  test('beside a folder that is called as the file under way would be says so, and makes no such folder itself', async () => {
    folder.write('papers/a.part/old.txt', 'old');
    const response = await put('papers/a', 'a');
    expect(response.status).toBe(409);
    expect(await codeOf(response)).toBe('name-conflict');
    expect(readFileSync(join(folder.path, 'papers/a.part/old.txt'), 'utf8')).toBe('old');
    expect((await put('papers/b.part/c.txt', 'c')).status).toBe(403);
  });

  test('takes no encoded body and no part of one', async () => {
    expect((await put('papers/c.txt', 'c', { 'content-encoding': 'gzip' })).status).toBe(415);
    expect((await put('papers/c.txt', 'c', { 'content-range': 'bytes 0-0/5' })).status).toBe(400);
  });
});

describe('reading a file', () => {
  const content = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 256));
  const etag = `"${sha256(content)}"`;
  beforeAll(async () => {
    await put('cache/ai/old_service/model.pt', content);
    await put('papers/empty.txt', '');
  });
  const get = (headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
    folder.request('/api/files/cache/ai/old_service/model.pt', { method, headers });

  test('gives its bytes with their digest, as bytes whatever they are', async () => {
    const response = await get();
    expect(response.status).toBe(200);
    expect(response.headers.get('etag')).toBe(etag);
    expect(response.headers.get('repr-digest')).toBe(digestHeader(sha256(content)));
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(Buffer.from(await response.arrayBuffer()).equals(content)).toBe(true);
  });

  test('gives the headers alone to HEAD', async () => {
    const response = await get({}, 'HEAD');
    expect(response.headers.get('content-length')).toBe('1000');
    expect(response.headers.get('etag')).toBe(etag);
  });

  test('gives an empty file', async () => {
    const response = await folder.request('/api/files/papers/empty.txt');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });

  test.each([
    ['bytes=0-9', 0, 10],
    ['bytes=990-', 990, 1000],
    ['bytes=-10', 990, 1000],
    ['bytes=500-99999', 500, 1000],
  ])('gives the part %s', async (range, from, to) => {
    const response = await get({ range });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${from}-${to - 1}/1000`);
    expect(Buffer.from(await response.arrayBuffer()).equals(content.subarray(from, to))).toBe(true);
  });

  test.each(['bytes=1000-', 'bytes=-0', 'bytes=9999999999999999999-'])('answers 416 for %s', async (range) => {
    const response = await get({ range });
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe('bytes */1000');
  });

  test.each(['bytes=5-1', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=a-b'])('gives all of it for %s', async (range) => {
    expect((await get({ range })).status).toBe(200);
  });

  test('goes on with a part only of the same content', async () => {
    expect((await get({ range: 'bytes=0-9', 'if-range': etag })).status).toBe(206);
    expect((await get({ range: 'bytes=0-9', 'if-range': `"${'0'.repeat(64)}"` })).status).toBe(200);
  });

  test('says so when the reader has it already, or meant another content', async () => {
    expect((await get({ 'if-none-match': etag })).status).toBe(304);
    expect((await get({ 'if-none-match': `W/${etag}` })).status).toBe(304);
    expect((await get({ 'if-match': `"${'0'.repeat(64)}"` })).status).toBe(412);
  });

  test('gives the digest of what is on the disk now, whoever wrote it', async () => {
    await put('papers/d.txt', 'before');
    folder.write('papers/d.txt', 'afterwards');
    const response = await folder.request('/api/files/papers/d.txt');
    expect(response.headers.get('etag')).toBe(`"${sha256('afterwards')}"`);
    expect(await response.text()).toBe('afterwards');
  });

  test('answers 404 for a file that is not there', async () => {
    expect((await folder.request('/api/files/papers/none.txt')).status).toBe(404);
    expect((await folder.request('/api/files/papers')).status).toBe(409);
  });
});

describe('deleting a file', () => {
  test('is remembered with its digest, and told', async () => {
    await put('papers/e.txt', 'e');
    const wrong = { method: 'DELETE', headers: { 'if-match': `"${'0'.repeat(64)}"` } };
    expect((await folder.request('/api/files/papers/e.txt', wrong)).status).toBe(412);
    expect((await folder.request('/api/files/papers/e.txt', { method: 'DELETE' })).status).toBe(204);
    expect(existsSync(join(folder.path, 'papers/e.txt'))).toBe(false);
    const gone = folder.tree.listing().deleted.find(({ path }) => path === 'papers/e.txt');
    expect(gone?.sha256).toBe(sha256('e'));
    expect((await folder.request('/api/files/papers/e.txt', { method: 'DELETE' })).status).toBe(404);
  });
});

describe('a disk that refuses', () => {
  const failing = (changes: Partial<Disk>): Disk => ({ ...nodeDisk, ...changes });
  const failure = (code: string): Error => Object.assign(new Error(code), { code });
  const ask = (other: TestFolder, body: string): Promise<Response> =>
    other.request('/api/files/papers/a.txt', { method: 'PUT', body });

  test('because it is full: 507, and the old file whole', async () => {
    let isFull = false;
    const open: Disk['open'] = async (path, ...rest) => {
      const handle = await fs.open(path, ...rest);
      if (isFull && String(path).endsWith('.part')) handle.writev = () => Promise.reject(failure('ENOSPC'));
      return handle;
    };
    const other = await openTestFolder({ disk: failing({ open }) });
    try {
      await ask(other, 'old');
      isFull = true;
      const response = await ask(other, 'x'.repeat(300_000));
      expect(response.status).toBe(507);
      expect(await codeOf(response)).toBe('disk-full');
      expect(readFileSync(join(other.path, 'papers/a.txt'), 'utf8')).toBe('old');
      expect(existsSync(join(other.path, 'papers/a.txt.part'))).toBe(false);
    } finally {
      await other.remove();
    }
  });

  test('because it is full, or has no room for another folder: the log loses and gains nothing', async () => {
    let isFull = false;
    const open: Disk['open'] = async (path, ...rest) => {
      const handle = await fs.open(path, ...rest);
      const write = handle.write.bind(handle);
      if (isFull && String(path).endsWith('ai.log')) {
        // Half of it goes in before the disk is full.
        handle.write = (async (chunk: Buffer, at: number) => {
          if (at > 0) throw failure('ENOSPC');
          return write(chunk, 0, 3);
        }) as unknown as typeof handle.write; // One of its forms is used.
      }
      return handle;
    };
    const mkdir = (async (path: string) => {
      if (isFull) throw failure('ENOSPC');
      return fs.mkdir(path);
    }) as Disk['mkdir'];
    const other = await openTestFolder({ disk: failing({ open, mkdir }) });
    const putTo = (path: string, body: string): Promise<Response> =>
      other.request(`/api/files/${path}`, { method: 'PUT', body });
    try {
      await putTo('logs/ai.log', 'one\n');
      isFull = true;
      expect((await putTo('logs/ai.log', 'one\ntwo\n')).status).toBe(507);
      expect(readFileSync(join(other.path, 'logs/ai.log'), 'utf8')).toBe('one\n');
      expect((await putTo('papers/new/a.txt', 'a')).status).toBe(507);
      isFull = false;
      expect((await putTo('logs/ai.log', 'one\ntwo\n')).status).toBe(204);
    } finally {
      await other.remove();
    }
  });

  test('before the first byte, when there is no room for what was announced', async () => {
    const statfs = (async () => ({ bavail: 1, bsize: 100_000 })) as unknown as Disk['statfs']; // Only these two are read.
    const other = await openTestFolder({ disk: failing({ statfs }) });
    try {
      expect((await ask(other, 'x'.repeat(100_001))).status).toBe(507);
      expect((await ask(other, 'x'.repeat(100_000))).status).toBe(201);
    } finally {
      await other.remove();
    }
  });

  test.each(['EBUSY', 'EPERM', 'EACCES'])('for a moment, with %s: the file is written all the same', async (code) => {
    let refusals = 3;
    const rename: Disk['rename'] = (from, to) => {
      refusals -= 1;
      return refusals >= 0 ? Promise.reject(failure(code)) : fs.rename(from, to);
    };
    const other = await openTestFolder({ disk: failing({ rename }) });
    try {
      expect((await ask(other, 'new')).status).toBe(201);
      expect(refusals).toBe(-1);
    } finally {
      await other.remove();
    }
  });

  test('for long, since another program holds the file: 503, and the part is kept', async () => {
    const rename: Disk['rename'] = () => Promise.reject(failure('EBUSY'));
    const other = await openTestFolder({ disk: failing({ rename }), retryMs: 150 });
    try {
      const response = await ask(other, 'new');
      expect(response.status).toBe(503);
      expect(await codeOf(response)).toBe('file-busy');
      expect(readFileSync(join(other.path, 'papers/a.txt.part'), 'utf8')).toBe('new');
    } finally {
      await other.remove();
    }
  });
});

describe('links', () => {
  test('out of the folder or within it are neither read nor written through', async () => {
    const outside = await openTestFolder();
    try {
      outside.write('secret.txt', 'secret');
      mkdirSync(join(folder.path, 'links'));
      symlinkSync(join(outside.path, 'secret.txt'), join(folder.path, 'links/file.txt'));
      symlinkSync(outside.path, join(folder.path, 'links/folder'), 'junction');
      symlinkSync(join(folder.path, 'papers'), join(folder.path, 'links/inside'), 'junction');
      symlinkSync(join(outside.path, 'new.txt'), join(folder.path, 'links/dangling.txt'));
      for (const path of ['links/file.txt', 'links/folder/secret.txt', 'links/inside/d.txt', 'links/dangling.txt']) {
        for (const method of ['GET', 'HEAD', 'PUT', 'DELETE']) {
          const body = method === 'PUT' ? { body: 'x' } : {};
          expect((await folder.request(`/api/files/${path}`, { method, ...body })).status).toBe(400);
        }
      }
      expect(readFileSync(join(outside.path, 'secret.txt'), 'utf8')).toBe('secret');
      expect(existsSync(join(outside.path, 'new.txt'))).toBe(false);
      await folder.tree.scan();
      expect(folder.tree.listing().entries.filter(({ path }) => path.startsWith('links/'))).toEqual([]);
    } finally {
      await outside.remove();
    }
  });

  test('put in the place of a half-written file lead nowhere', async () => {
    const outside = await openTestFolder();
    try {
      outside.write('secret.txt', 'secret');
      symlinkSync(join(outside.path, 'secret.txt'), join(folder.path, 'papers/f.txt.part'));
      expect((await put('papers/f.txt', 'f')).status).toBe(201);
      expect(readFileSync(join(outside.path, 'secret.txt'), 'utf8')).toBe('secret');
    } finally {
      await outside.remove();
    }
  });
});
