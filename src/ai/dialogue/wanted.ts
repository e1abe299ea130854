import { draftFrom } from '../../documents/issue.ts';
import { fromMinor, largestMinor, toMinor } from '../../documents/money.ts';
import { totalsOf } from '../../documents/totals.ts';
import type { Discount, DocumentLine, Draft, Totals } from '../../schema/documents.ts';
import type { Currency } from '../../schema.ts';
import { fold } from '../french/fold.ts';
import { unnamedGoods } from '../nlu/charge.ts';
import type { LineReading } from '../nlu/line.ts';
import { stemOf } from '../nlu/line.ts';
import type { SaidTerms } from '../nlu/slots/terms.ts';
import type { DialogueContext, Money, Terms, UnpricedLine, Wanted, WantedKind } from './state.ts';

export function nothingWanted(kind: WantedKind, { newId, now }: Pick<DialogueContext, 'newId' | 'now'>): Wanted {
  return {
    id: newId(),
    kind,
    createdAt: now,
    amount: null,
    lines: [],
    currency: null,
    client: null,
    terms: {},
    madeFrom: null,
  };
}

export function isEmpty({ amount, lines, client }: Wanted): boolean {
  return amount === null && lines.length === 0 && client === null;
}

/** The currency that the document has by what was said; null while nothing with a price was. */
export function currencyOf({ amount, currency }: Pick<Wanted, 'amount' | 'currency'>): Currency | null {
  return amount?.currency ?? currency;
}

/** The terms that hold: what was said before what the shop does by itself. */
export function termsOf({ terms, ...wanted }: Pick<Wanted, 'terms' | 'amount' | 'currency'>, shop: Terms): Terms {
  const { discount = null, taxRate = shop.taxRate, payment = shop.payment } = terms;
  return { taxRate, payment, discount: discount === null ? shop.discount : asDiscount(discount, currencyOf(wanted)) };
}

function asDiscount(said: NonNullable<SaidTerms['discount']>, currency: Currency | null): Discount | null {
  if (said.kind === 'percent') return said;
  if (said.kind === 'none' || currency === null) return null;
  const amount = toMinor(said.value, currency);
  return amount === null ? null : { kind: 'amount', amount };
}

/** The document's sums in minor units, under the terms that hold; null while it has neither amount nor lines. */
export function sumsOf(wanted: Wanted, shop: Terms): { totals: Totals; currency: Currency } | null {
  const { amount, lines, madeFrom } = wanted;
  const currency = currencyOf(wanted);
  if (currency === null || (amount === null && lines.length === 0)) return null;
  const minor = amount && toMinor(amount.value, currency);
  if (amount !== null && minor === null) return null;
  const plain: Pick<Terms, 'discount' | 'taxRate'> = madeFrom ? { discount: null, taxRate: 0 } : termsOf(wanted, shop);
  return { totals: totalsOf({ lines, amount: minor, ...plain }), currency };
}

/** What was asked for, before discount and tax. */
export function subtotalOf(wanted: Wanted): Money | null {
  const sums = sumsOf({ ...wanted, terms: {} }, { discount: null, taxRate: 0, payment: null });
  return sums && { value: fromMinor(sums.totals.subtotal, sums.currency), currency: sums.currency };
}

/** Why words about a document cannot be written into it. */
export type Refusal =
  | 'other-currency'
  | 'not-a-price'
  | 'too-large'
  | 'which-line'
  | 'discount-of-what'
  | 'discount-too-large';

/** The same product, whatever its number and article. */
export function isSameProduct(one: string, other: string): boolean {
  return stems(one).join(' ') === stems(other).join(' ');
}

function stems(product: string): string[] {
  return fold(product).split(' ').map(stemOf);
}

/** The line that a product's name or a part of it means; -1 where none or more than one does. */
export function lineNamed(lines: readonly DocumentLine[], said: string): number {
  const exact = lines.findIndex(({ product }) => isSameProduct(product, said));
  if (exact >= 0) return exact;
  const words = stems(said);
  const found = lines.flatMap(({ product }, at) => (words.every((word) => stems(product).includes(word)) ? [at] : []));
  return found.length === 1 ? (found[0] ?? -1) : -1;
}

/** A line as it is put in: with a price of one in minor units, or to be asked for it. */
function settleLine(wanted: Wanted, said: LineReading, currency: Currency): DocumentLine | UnpricedLine | null {
  const { product, quantity, unitPrice, isAdded, isCounted } = said;
  const known = wanted.lines.find((line) => isSameProduct(line.product, product));
  if (unitPrice === undefined) return known ? { ...known, quantity } : { product, quantity, isAdded };
  const minor = toMinor(unitPrice, currency);
  if (minor === null) return null;
  const isRepriced = known !== undefined && !isCounted && !isAdded;
  return { product: known?.product ?? product, quantity: isRepriced ? known.quantity : quantity, unitPrice: minor };
}

/** The lines with one more; one of the same product takes its place, or is added to the one of the same price where it comes besides it. */
export function withLine(lines: readonly DocumentLine[], line: DocumentLine, isAdded: boolean): DocumentLine[] {
  const at = lines.findIndex(
    ({ product, unitPrice }) => isSameProduct(product, line.product) && (!isAdded || unitPrice === line.unitPrice),
  );
  const same = lines[at];
  if (same === undefined) return [...lines, line];
  return lines.with(at, isAdded ? { ...same, quantity: same.quantity + line.quantity } : line);
}

/** What was said of lines, put in; what waits for its price; or why it cannot be. */
export function withLines(
  before: Wanted,
  said: readonly LineReading[],
  home: Currency,
): { wanted: Wanted; unpriced: UnpricedLine[] } | Refusal {
  let wanted = before;
  const unpriced: UnpricedLine[] = [];
  for (const line of said) {
    const fixed = wanted.lines.length > 0 || wanted.amount !== null ? currencyOf(wanted) : null;
    const currency = line.currency ?? currencyOf(wanted) ?? home;
    if (fixed !== null && currency !== fixed) return 'other-currency';
    const settled = settleLine(wanted, line, currency);
    if (settled === null) return 'not-a-price';
    if (!('unitPrice' in settled)) unpriced.push(settled);
    else wanted = putLine(wanted, settled, line.isAdded, currency);
  }
  return isTooLarge(wanted) ? 'too-large' : { wanted, unpriced };
}

/** One line put in. A single amount gives way to it, or becomes a line itself where the line comes besides it. */
export function putLine(wanted: Wanted, line: DocumentLine, isAdded: boolean, currency: Currency): Wanted {
  const { amount, lines } = wanted;
  const unitPrice = amount && isAdded ? toMinor(amount.value, amount.currency) : null;
  const before = unitPrice === null ? lines : [{ product: unnamedGoods, quantity: 1, unitPrice }, ...lines];
  return { ...wanted, amount: null, currency, lines: withLine(before, line, isAdded) };
}

export function isTooLarge({ lines }: Pick<Wanted, 'lines'>): boolean {
  const sum = lines.reduce((total, { quantity, unitPrice }) => total + quantity * unitPrice, 0);
  return sum > largestMinor;
}

/** The document in another currency, at the same figures; null where one of them cannot be. */
export function inCurrency(wanted: Wanted, currency: Currency): Wanted | null {
  const from = currencyOf(wanted);
  const lines = wanted.lines.map((line) => ({
    ...line,
    unitPrice: from === null ? line.unitPrice : toMinor(fromMinor(line.unitPrice, from), currency),
  }));
  const priced = lines.flatMap((line) => (line.unitPrice === null ? [] : [{ ...line, unitPrice: line.unitPrice }]));
  if (priced.length < lines.length) return null;
  return { ...wanted, currency, lines: priced, amount: wanted.amount && { ...wanted.amount, currency } };
}

/** A discount in money is one in the document's own, and no more than it. */
export function refusesTerms(wanted: Wanted): Refusal | null {
  const { discount } = wanted.terms;
  const currency = currencyOf(wanted);
  if (discount?.kind !== 'amount') return null;
  if (discount.currency === null) return 'discount-of-what';
  if (currency === null) return null;
  if (discount.currency !== currency) return 'other-currency';
  const off = toMinor(discount.value, currency);
  if (off === null) return 'not-a-price';
  const subtotal = subtotalOf(wanted);
  const whole = subtotal && toMinor(subtotal.value, currency);
  return whole !== null && off > whole ? 'discount-too-large' : null;
}

/** What is wanted as a draft, with what the shop does by default; `home` is the currency of what was said without one. */
export function draftOf(wanted: Wanted, shop: Terms, home: Currency): Draft {
  const { id, kind, createdAt, amount, lines, client, madeFrom } = wanted;
  if (madeFrom) return draftFrom(madeFrom, { id, kind, createdAt });
  const { discount, taxRate, payment } = termsOf(wanted, shop);
  return {
    id,
    kind,
    createdAt,
    state: 'draft',
    currency: currencyOf(wanted) ?? home,
    lines: [...lines],
    amount: amount && toMinor(amount.value, amount.currency),
    client: client?.name ?? null,
    discount,
    taxRate,
    payment,
    madeFrom: null,
  };
}

/** A draft as the dialogue takes it up again; null for one that was not made by a dialogue. What differs from the shop's terms was said. */
export function wantedOf(draft: Draft, shop: Terms): Wanted | null {
  const { id, kind, createdAt, amount, lines, currency, client, madeFrom } = draft;
  if (kind === 'credit_note' || madeFrom !== null) return null;
  return {
    id,
    kind,
    createdAt,
    currency,
    lines,
    amount: amount === null ? null : { value: fromMinor(amount, currency), currency },
    client: client === null ? null : { name: client },
    terms: saidTerms(draft, shop),
    madeFrom: null,
  };
}

function saidTerms({ discount, taxRate, payment, currency }: Draft, shop: Terms): SaidTerms {
  const isShops = JSON.stringify(discount) === JSON.stringify(shop.discount);
  const said: NonNullable<SaidTerms['discount']> =
    discount === null
      ? { kind: 'none' }
      : discount.kind === 'percent'
        ? discount
        : { kind: 'amount', value: fromMinor(discount.amount, currency), currency };
  return {
    ...(!isShops && { discount: said }),
    ...(taxRate !== shop.taxRate && { taxRate }),
    ...(payment !== shop.payment && { payment }),
  };
}
