import { expect, test } from 'vitest';
import { creditNoteOf, draftFrom, issueDocument } from './issue.ts';
import { documentNumber, randomCounter } from './numbers.ts';
import { draft, issued } from './samples.ts';
import { emptyShopProfile } from './shop-profile.ts';

const issue = { kind: 'invoice', counter: 'C1', year: 2026, sequence: 123, issuedAt: 1_795_600_000_000 } as const;
const profile = emptyShopProfile('CD');

test('numbers name the kind, the counter, the year and the place in the series', () => {
  expect(documentNumber(issue, 123)).toBe('F-C1-2026-000123');
  expect(documentNumber({ ...issue, kind: 'credit_note' }, 1_234_567)).toBe('A-C1-2026-1234567');
});

test('a browser’s own counter is never one that the companion gives', () => {
  expect(randomCounter(new Uint8Array([0, 31, 32, 200, 255]))).toMatch(/^X[A-HJ-NP-Z2-9]{5}$/);
});

test('a document is « non fiscal » unless the owner or a fiscal device says otherwise', () => {
  const seal = { device: 'D-1', code: 'ABC', sealedAt: 1 };
  expect(issueDocument(draft(), issue, { profile, fiscalSeal: null }).nonFiscal).toBe(true);
  expect(issueDocument(draft(), issue, { profile, fiscalSeal: seal })).toMatchObject({
    nonFiscal: false,
    fiscalSeal: seal,
  });
  expect(issueDocument(draft(), issue, { profile: { ...profile, nonFiscal: false }, fiscalSeal: null }).nonFiscal).toBe(
    false,
  );
});

test('the shop and its rate are kept as they stood', () => {
  const at = { from: 'USD', to: 'CDF', rate: 2850, ratedAt: 1, rounding: 5000 } as const;
  const shop = { ...profile, name: 'Papeterie du Fleuve', exchangeRate: at };
  const document = issueDocument(draft({ amount: 10_000 }), issue, { profile: shop, fiscalSeal: null });
  expect(document.shop.name).toBe('Papeterie du Fleuve');
  expect(document.second).toEqual({ currency: 'CDF', total: 28_500_000, at });
});

test('a credit note has the content of what it cancels, and its own number', () => {
  const original = issued(draft());
  const note = creditNoteOf(original, 'note', { ...issue, kind: 'credit_note', sequence: 4 });
  expect(note).toMatchObject({ id: 'note', number: 'A-C1-2026-000004', cancels: original.id, totals: original.totals });
});

test('a receipt is made from what its invoice says', () => {
  const original = issued(draft({ client: 'Kabongo' }));
  const receipt = draftFrom(original, { id: 'r', kind: 'receipt', createdAt: 5 });
  expect(receipt).toMatchObject({ kind: 'receipt', client: 'Kabongo', amount: 25_000, madeFrom: original.id });
});
