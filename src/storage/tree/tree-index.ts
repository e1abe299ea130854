import * as v from 'valibot';
import { LaGraceError } from '../../errors.ts';
import { sha256Schema, treeEntrySchema, treePathSchema } from '../../schema/tree.ts';
import { createBatches } from '../../tree/batches.ts';
import { type Database, openDatabase } from '../database.ts';
import type { Tombstone } from './tree.ts';

const millisecondsSchema = v.pipe(v.number(), v.finite());
const revisionSchema = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What the index knows of a file. `modified` is the browser's own date of its copy: another one means other content. */
const fileSchema = v.object({
  ...treeEntrySchema.entries,
  lastUsed: millisecondsSchema,
  pinned: v.boolean(),
  modified: millisecondsSchema,
  verifiedAt: millisecondsSchema,
});
export type FileRecord = v.InferOutput<typeof fileSchema>;

const tombstoneSchema = v.object({
  path: treePathSchema,
  sha256: sha256Schema,
  revision: revisionSchema,
  deleted: v.literal(true),
});
/** The tree's revision stands under the one path that no file can have. */
const counterPath = '';
const counterSchema = v.object({ path: v.literal(counterPath), revision: revisionSchema });

type NewFile = Omit<FileRecord, 'revision' | 'pinned'>;
const maxTogether = 100;

/** What is known of each file of the tree besides its content, in IndexedDB; what cannot be read counts as not known. */
export interface TreeIndex {
  all(): Promise<{ files: FileRecord[]; tombstones: Tombstone[] }>;
  get(path: string): Promise<FileRecord | null>;
  /** Notes new content: the tree's revision grows, a tombstone goes, a pin stays. */
  put(record: NewFile): Promise<FileRecord>;
  /** Changes what is not content; null where there is no such file. */
  patch(path: string, change: Partial<Omit<FileRecord, 'path' | 'revision'>>): Promise<FileRecord | null>;
  /** Takes a file out; the tree's revision grows if it was there. */
  remove(path: string, leavesTombstone: boolean): Promise<boolean>;
  /** Drops a tombstone. */
  forget(path: string): Promise<void>;
}

/** The index in IndexedDB, opened with the first question. */
export function createTreeIndex(open: () => Promise<Database> = openDatabase): TreeIndex {
  let opened: Promise<Database> | null = null;
  const connect = (): Promise<Database> => {
    opened ??= open().catch((thrown: unknown) => {
      opened = null;
      throw thrown;
    });
    return opened;
  };
  /** A connection may have been closed for a newer page: then another is opened. */
  const withDatabase = async <T>(work: (database: Database) => Promise<T>): Promise<T> => {
    try {
      return await work(await connect());
    } catch (thrown) {
      if (!(thrown instanceof DOMException && thrown.name === 'InvalidStateError')) throw thrown;
      opened = null;
      return work(await connect());
    }
  };
  /** `nextRevision` gives the first of so many new revisions, one when it is not told. */
  const change = <T>(
    work: (store: Store, nextRevision: (count?: number) => Promise<number>) => Promise<T>,
  ): Promise<T> =>
    withDatabase(async (database) => {
      const transaction = database.transaction('tree', 'readwrite');
      const done = transaction.done.catch((thrown: unknown) => {
        throw writeError(transaction.error ?? thrown);
      });
      done.catch(() => undefined);
      const { store } = transaction;
      const nextRevision = async (count = 1): Promise<number> => {
        const counter = v.safeParse(counterSchema, await store.get(counterPath));
        const before = counter.success ? counter.output.revision : 0;
        await store.put({ path: counterPath, revision: before + count });
        return before + 1;
      };
      try {
        const result = await work(store, nextRevision);
        await done;
        return result;
      } catch (thrown) {
        // What a request says of an aborted transaction is only that it was aborted.
        await done;
        throw thrown;
      }
    });

  // A transaction takes as long for many files as for one.
  const getTogether = createBatches<string, FileRecord | null>(
    (paths) =>
      withDatabase(async (database) => {
        const { store } = database.transaction('tree');
        return (await Promise.all(paths.map((path) => store.get(path)))).map(asFile);
      }),
    maxTogether,
  );
  const putTogether = createBatches<NewFile, FileRecord>(
    (records) =>
      change(async (store, nextRevision) => {
        const [first, ...before] = await Promise.all([
          nextRevision(records.length),
          ...records.map(({ path }) => store.get(path)),
        ]);
        const kept = records.map((record, index): FileRecord => {
          return { ...record, pinned: asFile(before[index])?.pinned ?? false, revision: first + index };
        });
        await Promise.all(kept.map((one) => store.put(one)));
        return kept;
      }),
    maxTogether,
  );

  return {
    all: () =>
      withDatabase(async (database) => {
        const values = await database.getAll('tree');
        return { files: values.filter(isFile), tombstones: values.filter(isTombstone).map(toTombstone) };
      }),
    get: async (path) => {
      const [found] = await getTogether([path]);
      return found ?? null;
    },
    put: async (record) => {
      const [kept] = await putTogether([record]);
      if (!kept) throw new LaGraceError('storage-failed', `the index did not take ${record.path}`);
      return kept;
    },
    patch: (path, patch) =>
      change(async (store) => {
        const present = asFile(await store.get(path));
        if (!present) return null;
        const patched: FileRecord = { ...present, ...patch };
        await store.put(patched);
        return patched;
      }),
    remove: (path, leavesTombstone) =>
      change(async (store, nextRevision) => {
        const present = asFile(await store.get(path));
        if (!present) return false;
        const revision = await nextRevision();
        if (leavesTombstone) await store.put({ path, sha256: present.sha256, revision, deleted: true });
        else await store.delete(path);
        return true;
      }),
    forget: (path) =>
      change(async (store) => {
        if (isTombstone(await store.get(path))) await store.delete(path);
      }),
  };
}

function writeError(thrown: unknown): LaGraceError {
  const isFull = thrown instanceof DOMException && thrown.name === 'QuotaExceededError';
  return new LaGraceError(
    isFull ? 'storage-full' : 'storage-failed',
    isFull
      ? 'there is no room for the index of the files'
      : `the index of the files could not be written: ${String(thrown)}`,
    { cause: thrown },
  );
}

/** The part of IndexedDB's store that is used here. */
interface Store {
  get(path: string): Promise<unknown>;
  put(value: object): Promise<unknown>;
  delete(path: string): Promise<void>;
}

function asFile(value: unknown): FileRecord | null {
  return isFile(value) ? value : null;
}

function isFile(value: unknown): value is FileRecord {
  return v.is(fileSchema, value);
}

function isTombstone(value: unknown): value is Tombstone & { deleted: true } {
  return v.is(tombstoneSchema, value);
}

function toTombstone({ path, sha256, revision }: Tombstone): Tombstone {
  return { path, sha256, revision };
}
