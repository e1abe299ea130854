import type { Config } from '../../config.ts';
import { fromMinor } from '../../documents/money.ts';
import { homeCurrency, usualTaxRates } from '../../documents/shop-profile.ts';
import { type Discount, paymentLabels, paymentMeans, type ShopProfile } from '../../schema/documents.ts';
import type { Currency } from '../../schema.ts';
import { writeAmount } from '../intents/amount-text.ts';
import { paidBy } from './say.ts';
import type { Money, OpenDialogue, Question, Wanted } from './state.ts';
import type { Choice } from './view.ts';
import { currencyOf, sumsOf, termsOf } from './wanted.ts';

export type TermPart = 'discount' | 'tax' | 'payment';

/** A term that holds: what was said of it, else the shop's own. */
export interface TermView {
  part: TermPart;
  /** "Remise de 10 %". */
  label: string;
  /** What it takes off (negative) or adds; null for what changes no sum, or while there is none. */
  sum: Money | null;
  /** The words that take it away. */
  removal: string;
}
export type TermChoices = Record<TermPart, readonly Choice[]>;

const removals: Record<TermPart, string> = {
  discount: 'sans remise',
  tax: 'sans taxe',
  payment: 'sans moyen de paiement',
};
const usualDiscounts = [5, 10, 15, 20];
/** Where an amount is being checked, that comes first: what is said of anything else would drop it. */
const asksTerms: ReadonlySet<Question> = new Set(['amount', 'lines', 'client', 'confirm', 'change'] as const);

const percent = (value: number): string => `${value.toLocaleString('fr')}\u00a0%`;
const spelled = (value: number): string => `${value.toLocaleString('fr')} pour cent`;
const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What holds of discount, tax and payment. A receipt of an invoice repeats its sums and has no terms of its own. */
export function viewTerms(wanted: Wanted, shop: ShopProfile): TermView[] {
  if (wanted.madeFrom !== null) return [];
  const { discount, taxRate, payment } = termsOf(wanted, shop);
  const sums = sumsOf(wanted, shop);
  const money = (minor: number): Money | null =>
    sums && { value: fromMinor(minor, sums.currency), currency: sums.currency };
  const terms: TermView[] = [];
  const view = (part: TermPart, label: string, sum: Money | null): void => {
    terms.push({ part, label, sum, removal: removals[part] });
  };
  if (discount !== null) {
    const label = discount.kind === 'percent' ? `Remise de ${percent(discount.percent)}` : 'Remise';
    view('discount', label, sums && money(-sums.totals.discount));
  }
  if (taxRate > 0) view('tax', `Taxe de ${percent(taxRate)}`, sums && money(sums.totals.tax));
  if (payment !== null) view('payment', capitalised(paidBy[payment]), null);
  return terms;
}

/** What can be tapped of each term: the usual, and the shop's own. */
export function termChoicesOf(
  { question, wanted }: OpenDialogue,
  shop: ShopProfile,
  region: Config['region'],
): TermChoices | null {
  if (!asksTerms.has(question) || wanted.madeFrom !== null) return null;
  const { discount, taxRate, payment } = termsOf(wanted, shop);
  const rates = ascending([...usualTaxRates[region], shop.taxRate].filter((rate) => rate > 0));
  return {
    discount: discountChoices(shop.discount, discount, currencyOf(wanted) ?? homeCurrency(shop)),
    tax: rates.map((rate) => ({
      label: percent(rate),
      says: `taxe de ${spelled(rate)}`,
      chosen: taxRate === rate,
    })),
    payment: paymentMeans.map((means) => ({
      label: paymentLabels[means],
      says: paidBy[means],
      chosen: payment === means,
    })),
  };
}

function discountChoices(shops: Discount | null, held: Discount | null, currency: Currency): Choice[] {
  const percents = ascending(
    [...usualDiscounts, ...(shops?.kind === 'percent' ? [shops.percent] : [])].filter((value) => value > 0),
  );
  const off = shops?.kind === 'amount' ? fromMinor(shops.amount, currency) : null;
  return [
    ...percents.map((value) => ({
      label: percent(value),
      says: `remise de ${spelled(value)}`,
      chosen: held?.kind === 'percent' && held.percent === value,
    })),
    ...(off === null
      ? []
      : [
          {
            label: writeAmount(off, currency),
            says: `remise de ${off.toString().replace('.', ',')} ${currency}`,
            chosen: held?.kind === 'amount' && fromMinor(held.amount, currency) === off,
          },
        ]),
  ];
}

function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((one, other) => one - other);
}
