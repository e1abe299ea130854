import { crc32 } from 'node:zlib';
import * as v from 'valibot';
import { jsonSchema, storedEventSchema } from '../../src/schema/events.ts';

const text = v.nullable(v.string());
const integer = v.pipe(v.number(), v.safeInteger());

export const documentRowSchema = v.object({
  id: v.string(),
  number: text,
  counter: text,
  kind: v.string(),
  year: v.nullable(integer),
  sequence: v.nullable(integer),
  state: v.string(),
  issuedAt: v.nullable(integer),
  createdAt: integer,
  cancels: text,
  body: jsonSchema,
});

const counterRowSchema = v.object({ place: integer, profileId: v.string(), name: text });

/** A row of a table as it is from now on: what the journal and backups are made of. */
export const entrySchema = v.variant('table', [
  v.object({ table: v.literal('events'), row: storedEventSchema }),
  v.object({ table: v.literal('documents'), row: documentRowSchema }),
  v.object({ table: v.literal('counters'), row: counterRowSchema }),
]);
export type Entry = v.InferOutput<typeof entrySchema>;
export type DocumentRow = v.InferOutput<typeof documentRowSchema>;

const digestLength = 8;

/** An entry as one line: a CRC-32 in hexadecimal, a space, JSON, a line feed. */
export function formatEntry(entry: Entry): string {
  const json = JSON.stringify(entry);
  return `${digest(json)} ${json}\n`;
}

/** The entry of a line without its line feed; null when the line is torn or damaged. */
export function parseEntry(line: string): Entry | null {
  const json = line.slice(digestLength + 1);
  if (line.slice(0, digestLength + 1) !== `${digest(json)} `) return null;
  const parsed = v.safeParse(entrySchema, JSON.parse(json));
  return parsed.success ? parsed.output : null;
}

function digest(json: string): string {
  return crc32(json).toString(16).padStart(digestLength, '0');
}
