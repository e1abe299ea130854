import { createReadStream } from 'node:fs';
import { appendFile, open, rename } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import type { Logger } from '../../src/log.ts';
import { sha256Schema, treePathSchema } from '../../src/schema/tree.ts';
import { systemCode } from './tree-error.ts';

const revisionSchema = v.pipe(v.number(), v.integer(), v.minValue(0));
const goneFields = { path: treePathSchema, sha256: sha256Schema, revision: revisionSchema };

/** What is known of a file without reading it. Times are epoch milliseconds. */
const fileRecordSchema = v.object({
  kind: v.literal('file'),
  ...goneFields,
  size: v.pipe(v.number(), v.integer(), v.minValue(0)),
  mtime: v.number(),
  /** When this companion first saw the file: a copy may bring an old `mtime` along. */
  seenAt: v.number(),
  missing: v.boolean(),
});
const useRecordSchema = v.object({
  kind: v.literal('use'),
  path: treePathSchema,
  lastUsed: v.number(),
  /** What each browser said last, and when. */
  claims: v.record(v.string(), v.object({ pinned: v.boolean(), inUse: v.boolean(), at: v.number() })),
});
const recordSchema = v.variant('kind', [
  fileRecordSchema,
  useRecordSchema,
  v.object({ kind: v.literal('deleted'), ...goneFields }),
  v.object({ kind: v.literal('evicted'), ...goneFields }),
]);
export type FileRecord = v.InferOutput<typeof fileRecordSchema>;
export type UseRecord = v.InferOutput<typeof useRecordSchema>;
export type JournalRecord = v.InferOutput<typeof recordSchema>;

const flushAfterMs = 100;

/** A file of one JSON line a change, the last line of a path and kind counting: nothing in it that reading the disk again would not tell. */
export interface Journal {
  append(record: JournalRecord): void;
  /** Lines written since the file was last written whole. */
  readonly appended: number;
  /** Writes the file anew with only `records` in it. */
  rewrite(records: Iterable<JournalRecord>): Promise<void>;
  close(): Promise<void>;
}

/** Hands every record of the journal at `path` to `take`, in order; lines that are torn or unknown are passed over. */
export async function readJournal(path: string, take: (record: JournalRecord) => void): Promise<void> {
  try {
    for await (const line of createInterface({
      input: createReadStream(path, 'utf8'),
      crlfDelay: Number.POSITIVE_INFINITY,
    })) {
      const record = parseRecord(line);
      if (record) take(record);
    }
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}

function parseRecord(line: string): JournalRecord | null {
  try {
    const parsed = v.safeParse(recordSchema, JSON.parse(line));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

export function openJournal(path: string, log: Logger): Journal {
  let lines: string[] = [];
  let appended = 0;
  let work: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  const enqueue = (step: () => Promise<void>): Promise<void> => {
    work = work
      .then(step)
      .catch((error: unknown) => log.warn(`${path} cannot be written; digests will be computed again`, error));
    return work;
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    return enqueue(async () => {
      if (lines.length === 0) return;
      const text = lines.join('');
      lines = [];
      // A line that a power cut tore must not swallow the next one.
      await appendFile(path, `\n${text}`);
    });
  };
  return {
    get appended() {
      return appended;
    },
    append: (record) => {
      lines.push(`${JSON.stringify(record)}\n`);
      appended += 1;
      timer ??= setTimeout(() => void flush(), flushAfterMs).unref();
    },
    rewrite: (records) => {
      appended = 0;
      return enqueue(async () => {
        lines = [];
        await writeLines(`${path}.part`, records);
        await rename(`${path}.part`, path);
      });
    },
    close: flush,
  };
}

async function writeLines(path: string, records: Iterable<JournalRecord>): Promise<void> {
  const handle = await open(path, 'w');
  try {
    let chunk = '';
    for (const record of records) {
      chunk += `${JSON.stringify(record)}\n`;
      if (chunk.length < 1 << 20) continue;
      await handle.write(chunk);
      chunk = '';
    }
    await handle.write(chunk);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
