import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLogger, silentLogger } from '../../src/log.ts';
import { explainFailure } from './failures.ts';
import { openJournal, passSegment, readJournal } from './journal.ts';
import { type Entry, formatEntry, parseEntry } from './journal-entries.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lagrace-journal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const entry = (sequence: number): Entry => ({
  table: 'events',
  row: { id: `e${sequence}`, type: 't', data: { text: 'a\u2028b\nc\0' }, timestamp: 1, source: 's', sequence },
});
async function read(first = 0, log = silentLogger): Promise<number[]> {
  const sequences: number[] = [];
  for await (const entries of readJournal(folder, first, log)) {
    for (const { table, row } of entries) if (table === 'events') sequences.push(row.sequence);
  }
  return sequences;
}
const span = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

test('gives back what was appended, in order, however many wrote at once', async () => {
  const journal = await openJournal(folder);
  await Promise.all(span(0, 1000).map((sequence) => journal.append([entry(sequence)])));
  expect(await read()).toEqual(span(0, 1000));
  await journal.close();
});

test('goes on in a new segment after a restart; a segment that was ended can be passed over or thrown away', async () => {
  const first = await openJournal(folder);
  await first.append([entry(1)]);
  const next = await first.rotate();
  await first.append([entry(2)]);
  await first.close();
  const second = await openJournal(folder);
  await second.append([entry(3)]);
  expect(await read()).toEqual([1, 2, 3]);
  expect(await read(next)).toEqual([2, 3]);
  await second.discardBefore(next);
  expect(await read()).toEqual([2, 3]);
  await second.close();
});

test('goes on after a segment that a backup of another folder names', async () => {
  await passSegment(folder, 41);
  const journal = await openJournal(folder);
  await journal.append([entry(1)]);
  expect(await journal.rotate()).toBe(43);
  await journal.close();
});

test('passes over a line that a power cut tore, and says so', async () => {
  const journal = await openJournal(folder);
  await journal.append([entry(1)]);
  await journal.close();
  const [name = ''] = readdirSync(folder);
  const whole = formatEntry(entry(2));
  for (const torn of [whole.slice(0, -20), `\n${whole.replace('"t"', '"u"')}`, '\0\0\0\n', whole]) {
    appendFileSync(join(folder, name), torn);
  }
  const said: string[] = [];
  expect(
    await read(
      0,
      createLogger(({ message }) => said.push(message)),
    ),
  ).toEqual([1, 2]);
  expect(said).toEqual([expect.stringContaining('3 damaged line(s)')]);
});

test('what could not be written is owed, and written first when it can be', async () => {
  const journal = await openJournal(folder);
  await journal.append([entry(1)]);
  await journal.rotate();
  // A folder in the place of the next segment: the disk says no.
  mkdirSync(join(folder, '00000002.jsonl'));
  await expect(Promise.all([journal.append([entry(2)]), journal.append([entry(3)])])).rejects.toThrow();
  expect(journal.owes()).toBe(true);
  rmSync(join(folder, '00000002.jsonl'), { recursive: true });
  await journal.append([entry(4)]);
  expect(journal.owes()).toBe(false);
  expect(await read()).toEqual([1, 2, 3, 4]);
  await journal.close();
});

test('an entry survives its line whatever is in it; a line that changed is no entry', () => {
  const data = fc.jsonValue({ maxDepth: 3 });
  fc.assert(
    fc.property(data, fc.string({ unit: 'binary' }), fc.nat(), (value, id, at) => {
      const written: Entry = {
        table: 'events',
        // What JSON does not have (a negative zero) is not asked of it.
        row: { id, type: 't', data: JSON.parse(JSON.stringify(value)), timestamp: 1, source: 's', sequence: 1 },
      };
      const line = formatEntry(written).slice(0, -1);
      expect(line).not.toContain('\n');
      const readBack = parseEntry(line);
      if (readBack) expect(readBack).toEqual(written);
      const position = at % line.length;
      const changed = `${line.slice(0, position)}${line[position] === 'x' ? 'y' : 'x'}${line.slice(position + 1)}`;
      expect(parseEntry(changed)).toBeNull();
    }),
  );
});

test('a full disk is told as 507, whoever wraps it', () => {
  const full = Object.assign(new Error('no space left on device, write'), { code: 'ENOSPC' });
  for (const error of [full, new Error('Failed query', { cause: full })]) {
    expect(explainFailure(error)).toMatchObject({ statusCode: 507, code: 'disk-full' });
  }
});
