import type { IssuedDocument } from '../schema/documents.ts';
import { type Currency, currencies, type Period } from '../schema.ts';

/** From `start` to `end` (exclusive), epoch in milliseconds. */
export interface Span {
  start: number;
  end: number;
}

/** A period on this device's calendar; a week begins on Monday. Days are as long as the calendar makes them. */
export function spanOf(period: Period, now: Date): Span {
  const day = (offset: number): number => new Date(now.getFullYear(), now.getMonth(), now.getDate() + offset).getTime();
  if (period === 'today') return { start: day(0), end: day(1) };
  if (period === 'yesterday') return { start: day(-1), end: day(0) };
  if (period === 'week') {
    const sinceMonday = (now.getDay() + 6) % 7;
    return { start: day(-sinceMonday), end: day(7 - sinceMonday) };
  }
  const month = (offset: number): number => new Date(now.getFullYear(), now.getMonth() + offset, 1).getTime();
  return { start: month(0), end: month(1) };
}

export interface CurrencySales {
  currency: Currency;
  /** Minor units; under zero where more was cancelled than sold. */
  total: number;
}
export interface Sales {
  /** In the order of the schema; a currency in which nothing was sold is absent. */
  byCurrency: CurrencySales[];
  /** Documents that count as sales, less those that were cancelled. */
  count: number;
}

/**
 * What was sold in a span: issued invoices, and receipts that no invoice stands behind. A credit note is subtracted on the day of its own
 * issue, so that a past day's total never changes.
 */
export function salesIn(documents: readonly IssuedDocument[], { start, end }: Span): Sales {
  const totals = new Map<Currency, number>();
  const invoiced = new Set(documents.filter(isSale).map(({ id }) => id));
  let count = 0;
  for (const document of documents) {
    if (document.issuedAt < start || document.issuedAt >= end) continue;
    const sign = saleSign(document, invoiced);
    if (sign === 0) continue;
    count += sign;
    totals.set(document.currency, (totals.get(document.currency) ?? 0) + sign * document.totals.total);
  }
  const byCurrency = currencies.flatMap((currency) => {
    const total = totals.get(currency);
    return total === undefined ? [] : [{ currency, total }];
  });
  return { byCurrency, count: Math.max(0, count) };
}

function isSale({ kind, madeFrom }: IssuedDocument): boolean {
  return kind === 'invoice' || (kind === 'receipt' && madeFrom === null);
}

function saleSign(document: IssuedDocument, sales: ReadonlySet<string>): 1 | 0 | -1 {
  if (isSale(document)) return 1;
  return document.cancels !== null && sales.has(document.cancels) ? -1 : 0;
}
