import type { Draft, FiscalSeal, IssuedDocument, ShopProfile, ShopSnapshot } from '../schema/documents.ts';
import { documentNumber, type Series } from './numbers.ts';
import { secondTotal, totalsOf } from './totals.ts';

/** Where and when a document gets its number. */
export interface Issue extends Series {
  sequence: number;
  /** Epoch, milliseconds. */
  issuedAt: number;
}

/** The draft as a document that will not change any more: numbered, added up, with the shop and the rate as they stand. */
export function issueDocument(
  { state: _draft, ...content }: Draft,
  issue: Issue,
  { profile, fiscalSeal }: { profile: ShopProfile; fiscalSeal: FiscalSeal | null },
): IssuedDocument {
  const { counter, year, sequence, issuedAt } = issue;
  const totals = totalsOf(content);
  return {
    ...content,
    state: 'issued',
    number: documentNumber({ ...issue, kind: content.kind }, sequence),
    counter,
    year,
    sequence,
    issuedAt,
    totals,
    second: secondTotal(totals.total, content.currency, profile.exchangeRate),
    shop: snapshotOf(profile),
    nonFiscal: profile.nonFiscal && fiscalSeal === null,
    fiscalSeal,
    cancels: null,
    cancelledBy: null,
  };
}

/** The counter-document of an issued one: the same content under a number of its own series, at the rate of the day it undoes. */
export function creditNoteOf(original: IssuedDocument, id: string, issue: Issue): IssuedDocument {
  const { counter, year, sequence, issuedAt } = issue;
  return {
    ...original,
    id,
    kind: 'credit_note',
    state: 'issued',
    createdAt: issuedAt,
    number: documentNumber({ kind: 'credit_note', counter, year }, sequence),
    counter,
    year,
    sequence,
    issuedAt,
    fiscalSeal: null,
    madeFrom: original.id,
    cancels: original.id,
    cancelledBy: null,
  };
}

/** A receipt for an invoice, or an invoice out of a quote: the same content, to be issued on its own. */
export function draftFrom(
  { lines, amount, client, currency, discount, taxRate, payment, id: madeFrom }: IssuedDocument,
  made: Pick<Draft, 'id' | 'kind' | 'createdAt'>,
): Draft {
  return { ...made, state: 'draft', lines, amount, client, currency, discount, taxRate, payment, madeFrom };
}

function snapshotOf({ name, address, taxIds, phone }: ShopProfile): ShopSnapshot {
  return { name, address, taxIds, phone };
}
