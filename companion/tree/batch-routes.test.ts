import { existsSync, readFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { batchLimits } from '../../src/schema/tree-batch.ts';
import { createCompanionClient } from '../../src/storage/companion-client.ts';
import { joinBatch } from '../../src/tree/batch-frame.ts';
import { type Disk, nodeDisk } from './disk.ts';
import { openTestFolder, sha256, type TestFolder } from './test-folder.ts';

let folder: TestFolder;
beforeEach(async () => {
  folder = await openTestFolder();
});
afterEach(() => folder.remove());

const { signal } = new AbortController();
const client = () => createCompanionClient({ origin: folder.url, fetch });
const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text));
const fileOf = (path: string, text: string, replaces: string | null = null) => {
  return { path, content: bytes(text), sha256: sha256(text), mtime: 1_763_820_187_000, replaces };
};
const textOf = (path: string): string => readFileSync(join(folder.path, path), 'utf8');
const post = (body: BodyInit, type = 'application/octet-stream'): Promise<Response> =>
  folder.request('/api/batch/write', { method: 'POST', body, headers: { 'content-type': type } });

test('many small files come in one request and go in another', async () => {
  const files = Array.from({ length: 40 }, (_, index) => fileOf(`papers/${index % 7}/${index}.txt`, `n° ${index}`));
  const written = await client().writeFiles(files, { signal });
  expect(new Set(written).size).toBe(files.length);
  for (const { path, content } of files) expect(textOf(path)).toBe(Buffer.from(content).toString());
  expect(folder.tree.index.files.get('papers/3/3.txt')?.mtime).toBe(1_763_820_187_000);
  const read = await client().readFiles(
    files.map(({ path }) => path),
    { signal },
  );
  expect(read).toEqual(files.map(({ content, sha256: digest }) => ({ content, sha256: digest })));
});

test('each file of a batch is taken or refused by itself', async () => {
  await client().writeFiles([fileOf('papers/old.txt', 'old')], { signal });
  const outcomes = await client().writeFiles(
    [
      fileOf('papers/good.txt', 'good'),
      fileOf('papers/old.txt', 'new', sha256('another')),
      { ...fileOf('papers/torn.txt', 'torn'), sha256: sha256('whole') },
      fileOf('database/x.txt', 'x'),
      fileOf('logs/ai.log', 'a line\n'),
      fileOf('papers/empty.txt', ''),
    ],
    { signal },
  );
  expect(outcomes[0]).toBeTypeOf('number');
  expect(outcomes.slice(1, 5)).toMatchObject([
    { code: 'file-changed' },
    { code: 'companion-refused', status: 400 },
    { code: 'companion-refused', status: 403 },
    { code: 'companion-refused', status: 400 },
  ]);
  expect(outcomes[5]).toBeTypeOf('number');
  expect([textOf('papers/good.txt'), textOf('papers/old.txt'), textOf('papers/empty.txt')]).toEqual([
    'good',
    'old',
    '',
  ]);
  for (const path of ['papers/torn.txt', 'papers/torn.txt.part', 'logs/ai.log']) {
    expect(existsSync(join(folder.path, path))).toBe(false);
  }
});

test('what is read by the batch says which files are not there, or too large for it', async () => {
  folder.write('papers/large.bin', Buffer.alloc(batchLimits.fileBytes + 1));
  folder.write('papers/small.txt', 'small');
  const read = await client().readFiles(['papers/none.txt', 'papers/large.bin', 'papers/small.txt'], { signal });
  expect(read).toMatchObject([{ status: 404 }, { status: 413 }, { sha256: sha256('small') }]);
});

test('a full disk is said of the file that it stopped, and the old one is whole', async () => {
  await client().writeFiles([fileOf('papers/a.txt', 'old')], { signal });
  const full: Disk = {
    ...nodeDisk,
    open: async (path, flags, mode) => {
      const handle = await fs.open(path, flags, mode);
      if (String(path).endsWith('a.txt.part')) {
        handle.writev = () => Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
      }
      return handle;
    },
  };
  await folder.restart({ disk: full });
  const files = [fileOf('papers/a.txt', 'new', sha256('old')), fileOf('papers/b.txt', 'other')];
  expect(await client().writeFiles(files, { signal })).toMatchObject([{ code: 'disk-full' }, expect.any(Number)]);
  expect([textOf('papers/a.txt'), textOf('papers/b.txt')]).toEqual(['old', 'other']);
  expect(existsSync(join(folder.path, 'papers/a.txt.part'))).toBe(false);
});

test.each([
  ['no head', 'no line of JSON'],
  [
    'fewer bytes than its head says',
    Buffer.concat(joinBatch({ files: [{ ...fileOf('papers/a.txt', 'abc'), size: 4 }] }, [bytes('abc')])),
  ],
  [
    'more bytes than its head says',
    Buffer.concat(joinBatch({ files: [{ ...fileOf('papers/a.txt', 'abc'), size: 2 }] }, [bytes('abc')])),
  ],
  [
    'a path out of the tree',
    Buffer.concat(joinBatch({ files: [{ ...fileOf('../a.txt', 'abc'), size: 3 }] }, [bytes('abc')])),
  ],
  [
    'a file that is too large',
    Buffer.concat(
      joinBatch({ files: [{ ...fileOf('papers/a.txt', ''), size: batchLimits.fileBytes + 1 }] }, [
        Buffer.alloc(batchLimits.fileBytes + 1),
      ]),
    ),
  ],
])('a batch with %s is refused as a whole', async (_why, body) => {
  expect((await post(body)).status).toBe(400);
  expect(folder.tree.index.files.size).toBe(0);
});

test('a batch that is no batch of bytes, or beyond all bounds, is not even read', async () => {
  expect((await post('{}', 'application/xml')).ok).toBe(false);
  expect((await post(Buffer.alloc(batchLimits.bytes * 2))).ok).toBe(false);
  expect(folder.tree.index.files.size).toBe(0);
});

test('of two files whose names differ by capitals only, one is taken, though they come together', async () => {
  const outcomes = await client().writeFiles([fileOf('papers/Prix.txt', 'a'), fileOf('papers/prix.txt', 'b')], {
    signal,
  });
  expect(outcomes.filter((outcome) => typeof outcome === 'number')).toHaveLength(1);
  expect(outcomes.filter((outcome) => typeof outcome !== 'number')).toMatchObject([{ status: 409 }]);
  expect(folder.tree.index.files.size).toBe(1);
});
