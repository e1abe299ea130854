import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, it, vi } from 'vitest';
import { openDatabase } from '../database.ts';
import { createTreeIndex, type FileRecord } from './tree-index.ts';

const record: Omit<FileRecord, 'revision' | 'pinned'> = {
  path: 'papers/horaires.txt',
  size: 1,
  mtime: 0,
  sha256: '0'.repeat(64),
  lastUsed: 0,
  modified: 0,
  verifiedAt: 0,
};

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

it('opens the database again when it was closed for a newer page', async () => {
  const open = vi.fn(openDatabase);
  const index = createTreeIndex(open);
  await index.put(record);
  (await open.mock.results[0]?.value)?.close();
  expect(await index.get(record.path)).toMatchObject(record);
  expect(open).toHaveBeenCalledTimes(2);
});

it('takes what it cannot read for not known', async () => {
  const database = await openDatabase();
  await database.put('tree', { path: record.path, size: 'much' });
  database.close();
  const index = createTreeIndex();
  expect([await index.get(record.path), (await index.all()).files]).toEqual([null, []]);
});
