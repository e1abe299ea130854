import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Discount } from '../schema/documents.ts';
import { secondTotal, totalsOf } from './totals.ts';

const line = fc.record({
  product: fc.constant('cahier'),
  quantity: fc.integer({ min: 1, max: 100_000 }).map((thousandths) => thousandths / 1000),
  unitPrice: fc.integer({ min: 0, max: 10_000_000 }),
});
const discount = fc.oneof(
  fc.constant(null),
  fc.record({ kind: fc.constant('percent' as const), percent: fc.integer({ min: 0, max: 100 }) }),
  fc.record({ kind: fc.constant('amount' as const), amount: fc.integer({ min: 0, max: 1_000_000_000 }) }),
);

test('a total is the lines less the discount plus the tax, in whole minor units, never under zero', () => {
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 8 }),
      discount,
      fc.constantFrom(0, 16, 18, 19.25),
      (lines, less, taxRate) => {
        const totals = totalsOf({ lines, amount: null, discount: less, taxRate });
        expect(totals.total).toBe(totals.subtotal - totals.discount + totals.tax);
        expect(totals.discount).toBeLessThanOrEqual(totals.subtotal);
        for (const sum of Object.values(totals)) expect(Number.isSafeInteger(sum) && sum >= 0).toBe(true);
        const exactTax = ((totals.subtotal - totals.discount) * taxRate) / 100;
        expect(Math.abs(totals.tax - exactTax)).toBeLessThanOrEqual(0.5 + 1e-6);
      },
    ),
  );
});

test('a single amount stands for the lines', () => {
  const tenPercent: Discount = { kind: 'percent', percent: 10 };
  expect(totalsOf({ lines: [], amount: 25_000, discount: tenPercent, taxRate: 16 })).toEqual({
    subtotal: 25_000,
    discount: 2500,
    tax: 3600,
    total: 26_100,
  });
});

test('the second currency keeps the rate that was used and what it was rounded to, either way round', () => {
  const at = { from: 'USD', to: 'CDF', rate: 2847.5, ratedAt: 1_795_000_000_000, rounding: 5000 } as const;
  expect(secondTotal(25_000, 'USD', at)).toEqual({ currency: 'CDF', total: 71_190_000, at });
  expect(secondTotal(71_190_000, 'CDF', at)).toEqual({ currency: 'USD', total: 25_001, at });
  expect(secondTotal(25_000, 'EUR', at)).toBeNull();
  expect(secondTotal(25_000, 'USD', null)).toBeNull();
});
