import type { IssuedDocument } from '../schema/documents.ts';
import { minorText } from './money.ts';

const header = [
  'numero',
  'type',
  'etat',
  'date',
  'client',
  'devise',
  'sous_total',
  'remise',
  'taxe',
  'total',
  'seconde_devise',
  'total_seconde_devise',
  'taux',
  'taux_du',
  'paiement',
  'articles',
  'annule_le_document',
];

/** Without it a spreadsheet takes UTF-8 for something older. */
const byteOrderMark = '\ufeff';

/**
 * Documents as CSV (RFC 4180, with a header), for spreadsheets: sums with a point, times as ISO 8601 in UTC. A text that a spreadsheet would
 * take for a formula has an apostrophe before it.
 */
export function documentsCsv(documents: readonly IssuedDocument[]): string {
  const numbers = new Map(documents.map(({ id, number }) => [id, number]));
  const rows = documents.map((document) => rowOf(document, numbers));
  return byteOrderMark + [header, ...rows].map((cells) => `${cells.map(escapeCell).join(',')}\r\n`).join('');
}

function rowOf(document: IssuedDocument, numbers: ReadonlyMap<string, string>): string[] {
  const { currency, totals, second, cancels } = document;
  const sum = (minor: number): string => minorText(document.kind === 'credit_note' ? -minor : minor, currency);
  return [
    document.number,
    document.kind,
    document.state,
    new Date(document.issuedAt).toISOString(),
    safeText(document.client ?? ''),
    currency,
    sum(totals.subtotal),
    sum(totals.discount),
    sum(totals.tax),
    sum(totals.total),
    second?.currency ?? '',
    second ? minorText(second.total, second.currency) : '',
    second ? String(second.at.rate) : '',
    second ? new Date(second.at.ratedAt).toISOString() : '',
    document.payment ?? '',
    safeText(linesText(document)),
    cancels === null ? '' : (numbers.get(cancels) ?? cancels),
  ];
}

/** "3 x savons à 2.00; 2 x pains à 0.50", in one cell. */
function linesText({ lines, currency }: IssuedDocument): string {
  return lines
    .map(({ quantity, product, unitPrice }) => `${quantity} x ${product} à ${minorText(unitPrice, currency)}`)
    .join('; ');
}

/** What begins like a formula would be computed by the spreadsheet that opens it, whoever wrote it. */
function safeText(text: string): string {
  return /^[\s\p{Cc}]*[=+\-@|%]/u.test(text) || /^[\t\r\n]/.test(text) ? `'${text}` : text;
}

function escapeCell(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
