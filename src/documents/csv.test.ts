import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentsCsv } from './csv.ts';
import { creditNoteOf } from './issue.ts';
import { draft, issued } from './samples.ts';

/** RFC 4180, read back. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
const clientOf = (csv: string): string | undefined => parseCsv(csv)[1]?.[4];

test('any client comes back as it was, but for the apostrophe that keeps it from being computed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (client) => {
      const back = clientOf(documentsCsv([issued(draft({ client }))]));
      expect(back === client || back === `'${client}`).toBe(true);
      expect(back ?? '').not.toMatch(/^[=+\-@\t\r]/);
    }),
  );
});

test.each(['=1+1', '+33', '-2', '@SUM(A1)', '\t=1', ' =cmd', '|calc', '"=1"'])('%j is no formula', (client) => {
  expect(clientOf(documentsCsv([issued(draft({ client }))]))).not.toMatch(/^\s*[=+\-@|]/);
});

test('each document is a row with its sums, the cancelled ones beside what cancels them', () => {
  const invoice = issued(draft({ amount: 25_050, client: 'Marie, "Kin"' }), { sequence: 7 });
  const issue = { kind: 'credit_note', counter: 'C1', year: 2026, sequence: 1, issuedAt: invoice.issuedAt } as const;
  const rows = parseCsv(documentsCsv([invoice, creditNoteOf(invoice, 'note', issue)]));
  expect(rows).toHaveLength(3);
  expect(rows[1]?.slice(0, 10)).toEqual([
    'F-C1-2026-000007',
    'invoice',
    'issued',
    new Date(invoice.issuedAt).toISOString(),
    'Marie, "Kin"',
    'USD',
    '250.50',
    '0.00',
    '0.00',
    '250.50',
  ]);
  expect(rows[2]?.[9]).toBe('-250.50');
  expect(rows[2]?.at(-1)).toBe('F-C1-2026-000007');
});

test('lines are in one cell, with the price of one', () => {
  const lines = [
    { product: 'savons', quantity: 3, unitPrice: 200 },
    { product: 'riz; "long"', quantity: 1.5, unitPrice: 50 },
  ];
  const [header = [], row = []] = parseCsv(documentsCsv([issued(draft({ amount: null, lines }))]));
  expect(row[header.indexOf('articles')]).toBe('3 x savons à 2.00; 1.5 x riz; "long" à 0.50');
  expect(row[header.indexOf('total')]).toBe('6.75');
});

test('it begins with the mark by which a spreadsheet knows UTF-8, and every line ends as RFC 4180 says', () => {
  const csv = documentsCsv([issued(draft())]);
  expect(csv.startsWith('\ufeffnumero,')).toBe(true);
  expect(csv.endsWith('\r\n')).toBe(true);
});
