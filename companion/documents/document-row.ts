import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { documentNumber } from '../../src/documents/numbers.ts';
import { documentSchema, type IssuedDocument, type ShopDocument } from '../../src/schema/documents.ts';
import type { Json } from '../../src/schema/events.ts';
import type { DocumentRow } from '../database/journal-entries.ts';
import { HttpError } from '../http-error.ts';
import { parseRequest } from '../parse-request.ts';

/** A document as it was sent: what we know of it, and the whole, which a newer app may know more of. */
export interface SentDocument {
  document: ShopDocument;
  body: Json;
}

/** Throws HttpError 400 when it is no document, is not the one that the address names, or bears a number that is not its own. */
export function readDocument(id: string, body: Json): SentDocument {
  const document = parseRequest(documentSchema, body);
  if (document.id !== id) throw new HttpError(400, 'bad-request', `the document is ${document.id}, not ${id}`);
  if (document.state !== 'draft') {
    const number = documentNumber(document, document.sequence);
    if (document.number !== number) {
      throw new HttpError(400, 'bad-request', `number: ${document.number} is not that of its series, ${number}`);
    }
  }
  return { document, body };
}

/** The row that keeps it. */
export function toRow({ document, body }: SentDocument): DocumentRow {
  const { id, kind, state, createdAt } = document;
  const draft = { number: null, counter: null, year: null, sequence: null, issuedAt: null, cancels: null };
  if (document.state === 'draft') return { ...draft, id, kind, state, createdAt, body };
  const { number, counter, year, sequence, issuedAt, cancels } = document;
  return { id, kind, state, createdAt, number, counter, year, sequence, issuedAt, cancels, body };
}

/** The same document, cancelled by a credit note. */
export function markCancelled(row: DocumentRow, cancelledBy: string | null): DocumentRow {
  const { body } = row;
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Error(`document ${row.id} is no object`);
  return { ...row, state: 'cancelled', body: { ...body, state: 'cancelled', cancelledBy } };
}

/** True when both say the same but for what may change: whether it is cancelled, and by what. */
export function saysTheSame(row: DocumentRow, sent: IssuedDocument): boolean {
  const kept = v.parse(documentSchema, row.body);
  return isDeepStrictEqual(withoutState(kept), withoutState(sent));
}

function withoutState(document: ShopDocument): object {
  return { ...document, state: null, cancelledBy: null };
}
