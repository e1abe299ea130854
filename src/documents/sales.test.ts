import { expect, test } from 'vitest';
import { creditNoteOf } from './issue.ts';
import { salesIn, spanOf } from './sales.ts';
import { draft, issued } from './samples.ts';

const now = new Date(2026, 10, 25, 15, 0);
const at = (day: number, hour = 12): number => new Date(2026, 10, day, hour).getTime();

test('days begin at midnight, weeks on Monday, months on the first', () => {
  const days = (start: number, end: number) => ({
    start: new Date(2026, 10, start).getTime(),
    end: new Date(2026, 10, end).getTime(),
  });
  expect(spanOf('today', now)).toEqual(days(25, 26));
  expect(spanOf('yesterday', now)).toEqual(days(24, 25));
  expect(spanOf('week', now)).toEqual(days(23, 30));
  expect(spanOf('week', new Date(2026, 10, 29, 23))).toEqual(days(23, 30));
  expect(spanOf('month', now)).toEqual(days(1, 31));
  expect(spanOf('yesterday', new Date(2026, 0, 1, 8)).start).toBe(new Date(2025, 11, 31).getTime());
});

test('sales are told by currency, quotes and the receipts of invoices do not count', () => {
  const invoice = issued(draft({ amount: 25_000, currency: 'USD' }), { issuedAt: at(25) });
  const documents = [
    invoice,
    issued(draft({ amount: 500_000, currency: 'CDF' }), { issuedAt: at(25, 9) }),
    issued(draft({ kind: 'quote', amount: 90_000, currency: 'USD' }), { issuedAt: at(25) }),
    issued(draft({ kind: 'receipt', amount: 25_000, currency: 'USD', madeFrom: invoice.id }), { issuedAt: at(25) }),
    issued(draft({ kind: 'receipt', amount: 1000, currency: 'USD' }), { issuedAt: at(25) }),
    issued(draft({ amount: 7000, currency: 'USD' }), { issuedAt: at(24) }),
  ];
  expect(salesIn(documents, spanOf('today', now))).toEqual({
    byCurrency: [
      { currency: 'CDF', total: 500_000 },
      { currency: 'USD', total: 26_000 },
    ],
    count: 3,
  });
});

test('what is cancelled is subtracted on the day of its cancellation', () => {
  const yesterday = issued(draft({ amount: 7000, currency: 'USD' }), { issuedAt: at(24) });
  const note = creditNoteOf(yesterday, 'note', {
    kind: 'credit_note',
    counter: 'C1',
    year: 2026,
    sequence: 1,
    issuedAt: at(25),
  });
  const documents = [{ ...yesterday, state: 'cancelled' as const, cancelledBy: note.id }, note];
  expect(salesIn(documents, spanOf('yesterday', now)).byCurrency).toEqual([{ currency: 'USD', total: 7000 }]);
  expect(salesIn(documents, spanOf('today', now)).byCurrency).toEqual([{ currency: 'USD', total: -7000 }]);
  expect(salesIn(documents, spanOf('week', now))).toEqual({ byCurrency: [{ currency: 'USD', total: 0 }], count: 0 });
});
