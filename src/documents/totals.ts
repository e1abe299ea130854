import type { Discount, DocumentLine, ExchangeRate, SecondCurrency, Totals } from '../schema/documents.ts';
import type { Currency } from '../schema.ts';
import { convertMinor, convertMinorBack, multiplyMinor } from './money.ts';

/** What a document's sums are made of; amounts in minor units. */
export interface Priced {
  lines: readonly DocumentLine[];
  amount: number | null;
  discount: Discount | null;
  taxRate: number;
}

/** One line's price in minor units. */
export function lineTotal({ quantity, unitPrice }: DocumentLine): number {
  return multiplyMinor(unitPrice, quantity);
}

function discountOf(subtotal: number, discount: Discount | null): number {
  if (discount === null) return 0;
  const wanted = discount.kind === 'percent' ? multiplyMinor(subtotal, discount.percent / 100) : discount.amount;
  return Math.min(subtotal, wanted);
}

/** The sums of a document: lines (or its single amount), less the discount, plus the tax. Every step is rounded to a minor unit. */
export function totalsOf({ lines, amount, discount, taxRate }: Priced): Totals {
  const subtotal = lines.length > 0 ? lines.reduce((sum, line) => sum + lineTotal(line), 0) : (amount ?? 0);
  const less = discountOf(subtotal, discount);
  const tax = multiplyMinor(subtotal - less, taxRate / 100);
  return { subtotal, discount: less, tax, total: subtotal - less + tax };
}

/** A total in the other currency of the shop's rate, whichever way round; null where the rate says nothing of its currency. */
export function secondTotal(total: number, currency: Currency, at: ExchangeRate | null): SecondCurrency | null {
  if (at === null || at.from === at.to) return null;
  if (currency === at.from) return { currency: at.to, total: convertMinor(total, at), at };
  if (currency === at.to) return { currency: at.from, total: convertMinorBack(total, at), at };
  return null;
}
