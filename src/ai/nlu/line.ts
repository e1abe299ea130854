import type { Currency } from '../../schema.ts';
import type { AmountOptions, AmountReading } from '../french/amounts.ts';
import { asSaid, type Token } from '../french/fold.ts';
import { findNumbers, type NumberReading } from '../french/numbers.ts';
import { isBreak, phraseSet } from './phrase-book.ts';
import { coreOf, type FoldedUtterance, foldUtterance } from './utterance.ts';

/** One line of a sale as it was said: "trois cartons de craies à douze dollars". */
export interface SaleLine {
  quantity: number;
  /** As it was said, without its count and article. */
  product: string;
  /** Absent when no price was said. */
  unitPrice?: number;
  currency?: Currency;
}

/** Before the line: what asks for it. */
const openings = phraseSet(
  `
    ajoute|ajoutez|ajouter|mets|mettez|mettre|mets moi|note|notez|facture|facturez|facturer|vends|vendu|j ai vendu|
    on a vendu|il a pris|elle a pris|il prend|elle prend|le client prend|avec|et|puis|plus|aussi|encore|alors|euh|moi|
    je voudrais|donne|donnez|donne moi|il y a|une ligne|ligne|c est|ce sont|pour|non
  `,
);
/** Between the product and its price. */
const priceWords = phraseSet(
  'a|au prix de|au prix unitaire de|a raison de|pour|de|c est|qui coute|qui coutent|qui fait|a l unite|chacun|chacune|la piece|piece|fois|x|prix|prix unitaire',
);
const articles = phraseSet('le|la|les|l|un|une|des|du|de la|de l|de|d|x|fois');
/** The price is that of all of them together. */
const totals = phraseSet('en tout|au total|le tout|pour le tout|l ensemble|tout compris|en total');

type Tokens = readonly Token[];
interface Span {
  start: number;
  end: number;
}

/** The price: what has a currency, else the number after "à" once a product was named ("deux savons à trois cents"). */
function findPrice({ tokens, amount }: FoldedUtterance, numbers: readonly NumberReading[]): AmountReading | null {
  if (amount?.currency !== undefined) return amount;
  return numbers.find(({ start }) => start > 1 && /^(a|x|fois)$/.test(tokens[start - 1]?.text ?? '')) ?? null;
}

function skip(phrases: typeof openings, tokens: Tokens, { start, end }: Span): number {
  let at = start;
  for (let read = phrases.read(tokens, at, end); read !== null; read = phrases.read(tokens, at, end)) at = read.end;
  return at;
}

/** The product between the count and the price, without what leads to the price. */
function productSpan(tokens: Tokens, span: Span): Span | null {
  const start = skip(articles, tokens, span);
  let end = start;
  while (end < span.end && !(end > start && (isBreak(tokens, end) || isPriceNext(tokens, end, span.end)))) end += 1;
  return end > start ? { start, end } : null;
}

/** Only words that lead to the price stand between `at` and it. */
const isPriceNext = (tokens: Tokens, at: number, end: number) => skip(priceWords, tokens, { start: at, end }) >= end;

const cents = (value: number) => Math.round(value * 100) / 100;

/**
 * A line of a sale: count, product, price of one. "à douze dollars en tout" is divided by the count. Null for a text that
 * names no product before its price, or neither count nor price. Never throws.
 */
export function readLine(text: string, money?: AmountOptions): SaleLine | null {
  const utterance = foldUtterance(text, money);
  const { tokens } = utterance;
  const core = coreOf(tokens);
  const numbers = findNumbers(tokens);
  const price = findPrice(utterance, numbers);
  const opened = skip(openings, tokens, core);
  const count = numbers.find(({ start, value }) => start === opened && Number.isInteger(value) && value >= 1);
  const isCounted = count !== undefined && count.start !== price?.start;
  if (price === null ? !isCounted || count.article : price.start <= opened) return null;
  const product = productSpan(tokens, {
    start: isCounted ? count.end : opened,
    end: price?.start ?? core.end,
  });
  if (product === null) return null;
  const quantity = isCounted ? count.value : 1;
  const isTotal = totals.find(tokens) !== null;
  return {
    quantity,
    product: asSaid(utterance.text, tokens, product.start, product.end),
    ...(price !== null && { unitPrice: isTotal ? cents(price.value / quantity) : price.value }),
    ...(price?.currency && { currency: price.currency }),
  };
}
