import type { Draft, IssuedDocument } from '../schema/documents.ts';
import { type Issue, issueDocument } from './issue.ts';
import { emptyShopProfile } from './shop-profile.ts';

let made = 0;

/** A draft for tests; each has an id of its own. */
export function draft(changes: Partial<Draft> = {}): Draft {
  made += 1;
  return {
    id: `draft-${made}`,
    kind: 'invoice',
    state: 'draft',
    createdAt: 1_795_600_000_000,
    currency: 'USD',
    lines: [],
    amount: 25_000,
    client: 'Marie',
    discount: null,
    taxRate: 0,
    payment: null,
    madeFrom: null,
    ...changes,
  };
}

/** The draft as issued by counter C1. */
export function issued(given: Draft, changes: Partial<Issue> = {}): IssuedDocument {
  made += 1;
  const issue: Issue = {
    kind: given.kind,
    counter: 'C1',
    year: 2026,
    sequence: made,
    issuedAt: 1_795_600_000_000,
    ...changes,
  };
  return issueDocument(given, issue, { profile: emptyShopProfile('CD'), fiscalSeal: null });
}
