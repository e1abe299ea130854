import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { replaceFile } from '../database/durable-files.ts';

const positionSchema = v.pipe(v.number(), v.integer(), v.minValue(0));
const fileSchema = v.record(v.string(), v.record(v.string(), positionSchema));

/** How far each channel to a till has come: the sequence of the last event that it is done with. */
export interface Positions {
  /** Null for a channel that was never used. */
  get(channel: string): number | null;
  /** For an event that the channel has nothing to do with: put on the disk with the next one. */
  pass(channel: string, sequence: number): void;
  /** Resolves when it is on the disk. */
  set(channel: string, sequence: number): Promise<void>;
}

/** The positions of one till in a file that has one entry a till. A file that cannot be read is as one that is not there. */
export async function openPositions(path: string, till: string): Promise<Positions> {
  await mkdir(dirname(path), { recursive: true });
  const all = await readPositions(path);
  const mine = new Map(Object.entries(all[till] ?? {}));
  let writing: Promise<void> = Promise.resolve();
  const write = async (): Promise<void> => {
    await replaceFile(path, `${JSON.stringify({ ...all, [till]: Object.fromEntries(mine) })}\n`);
  };
  return {
    get: (channel) => mine.get(channel) ?? null,
    pass(channel, sequence) {
      mine.set(channel, sequence);
    },
    set(channel, sequence) {
      mine.set(channel, sequence);
      const written = writing.catch(() => undefined).then(write);
      writing = written;
      return written;
    },
  };
}

async function readPositions(path: string): Promise<v.InferOutput<typeof fileSchema>> {
  try {
    const parsed = v.safeParse(fileSchema, JSON.parse(await readFile(path, 'utf8')));
    return parsed.success ? parsed.output : {};
  } catch {
    return {};
  }
}
