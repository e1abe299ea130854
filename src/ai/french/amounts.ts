import type { Currency } from '../../schema.ts';
import { countsSomethingElse } from './counted.ts';
import {
  type AmountOptions,
  defaultAmountOptions,
  findNamedCurrency,
  readCurrency,
  readLeadingCurrency,
} from './currencies.ts';
import type { Token } from './fold.ts';
import { findNumbers, largestNumber, type NumberReading, readBelowHundred, scanNumber } from './numbers.ts';
import { otherNumbers } from './other-numbers.ts';

export type { AmountOptions } from './currencies.ts';
export { sayAmount } from './say-amount.ts';

/** An amount of money found in tokens `start` to `end` (exclusive). No `currency`: none was said. */
export interface AmountReading {
  value: number;
  /** What a hearer might take the value for as well; absent when there is no doubt. */
  otherValue?: number;
  currency?: Currency;
  start: number;
  end: number;
}

type Tokens = readonly Token[];

const wordAt = (tokens: Tokens, index: number) => tokens[index]?.text ?? '';

const isCentime = (tokens: Tokens, at: number) => /^(centimes?|cents?|cts?)$/.test(wordAt(tokens, at));
/** Words that may follow "deux euros cinquante"; anything else is what the fifty counts ("deux euros cinquante cahiers"). */
const followers = new Set(
  (
    'a au aux avec c ca car chez dans de des donc du en est et exactement ht il maintenant merci non ok ou oui ' +
    'par plus pour s seulement stp sur svp ttc voila'
  ).split(' '),
);

/** The centimes after a currency, as a part of one: "cinquante", "zéro cinq", "et cinquante centimes". */
function readCentimes(tokens: Tokens, at: number, options: AmountOptions): { value: number; end: number } | null {
  const joined = wordAt(tokens, at) === 'et';
  const padded = wordAt(tokens, joined ? at + 1 : at) === 'zero';
  const start = at + (joined ? 1 : 0) + (padded ? 1 : 0);
  const count = /^\d{1,2}$/.test(wordAt(tokens, start))
    ? { value: Number(wordAt(tokens, start)), end: start + 1 }
    : readBelowHundred(tokens, start);
  if (count === null) return null;
  const isHundreds = wordAt(tokens, count.end + 1) !== 'de' && readCurrency(tokens, count.end + 1, options) !== null;
  if (isCentime(tokens, count.end)) return isHundreds ? null : { value: count.value / 100, end: count.end + 1 };
  const next = tokens[count.end];
  const stands = next === undefined || next.breakBefore || followers.has(next.text);
  return stands && !tokens[at]?.breakBefore ? { value: count.value / 100, end: count.end } : null;
}

/** What follows "douze euros": "cinquante", "et demi", or nothing. */
function readRemainder(tokens: Tokens, at: number, options: AmountOptions): { value: number; end: number } {
  const isHalf = wordAt(tokens, at) === 'et' && /^demie?$/.test(wordAt(tokens, at + 1));
  if (isHalf) return { value: 0.5, end: at + 2 };
  return readCentimes(tokens, at, options) ?? { value: 0, end: at };
}

/** "1,200 dollars": no price has three decimals, so the comma groups thousands there, as it does in English. */
function moneyValue(tokens: Tokens, reading: NumberReading): number {
  const isGrouped = reading.end === reading.start + 1 && /^[1-9]\d{0,2},\d{3}$/.test(wordAt(tokens, reading.start));
  return isGrouped ? Math.round(reading.value * 1000) : reading.value;
}

/**
 * "deux cinquante": two and a half, or two hundred and fifty, as prices are said with their middle left out. Null for other
 * numbers.
 */
function readShortPrice(tokens: Tokens, whole: NumberReading): NumberReading | null {
  const isUnit = whole.end === whole.start + 1 && whole.value >= 2 && whole.value <= 9;
  if (!isUnit || /^\d/.test(wordAt(tokens, whole.start)) || tokens[whole.end]?.breakBefore) return null;
  const part = scanNumber(tokens, whole.end);
  if (part === null || !Number.isInteger(part.value) || part.value < 10 || part.value > 99) return null;
  if (/^\d/.test(wordAt(tokens, part.start)) || isCentime(tokens, part.end)) return null;
  const [value, otherValue] = [add(whole.value, part.value / 100), whole.value * 100 + part.value];
  return { value, otherValue, start: whole.start, end: part.end };
}

/** The number that begins at token `at`, as money is said and written; infinite when it is too large. */
function scanMoney(tokens: Tokens, at: number): NumberReading | null {
  const reading = scanNumber(tokens, at);
  if (reading === null) return null;
  return readShortPrice(tokens, reading) ?? { ...reading, value: moneyValue(tokens, reading) };
}

const add = (whole: number, part: number) => Number((whole + part).toFixed(9));

/** The amount that begins at token `at`, with its currency; null when there is none or no currency is said. */
function readAmount(tokens: Tokens, at: number, options: AmountOptions): AmountReading | null {
  const leading = readLeadingCurrency(tokens, at, options);
  const reading = scanMoney(tokens, leading?.end ?? at);
  if (reading === null) return null;
  const trailing = readCurrency(tokens, reading.end, options);
  if (leading !== null) {
    const end = trailing?.currency === leading.currency ? trailing.end : reading.end;
    return { ...reading, currency: leading.currency, start: at, end };
  }
  if (isCentime(tokens, reading.end) && reading.value < 100) return readCoins(tokens, reading, options);
  if (trailing === null) return null;
  const { currency } = trailing;
  const remainder = Number.isInteger(reading.value) ? readRemainder(tokens, trailing.end, options) : null;
  if (remainder === null || remainder.value === 0) {
    return { ...reading, currency, end: remainder?.end ?? trailing.end };
  }
  return { value: add(reading.value, remainder.value), currency, start: at, end: remainder.end };
}

/** "cinquante centimes", "vingt cents de dollar". */
function readCoins(tokens: Tokens, { value, start, end }: NumberReading, options: AmountOptions): AmountReading {
  const ofCurrency = readCurrency(tokens, end + 1, options);
  return {
    value: add(0, value / 100),
    ...(ofCurrency && { currency: ofCurrency.currency }),
    start,
    end: ofCurrency?.end ?? end + 1,
  };
}

/** "moins cinq euros", "-5 €": what is taken off or owed is no amount to bill; "au moins cinq euros" is. */
function isNegative(tokens: Tokens, start: number): boolean {
  const gap = tokens[start]?.gap ?? '';
  if (/[\s(][-−–]$/.test(gap) || (start === 0 && /[-−–]\s*$/.test(gap))) return true;
  return wordAt(tokens, start - 1) === 'moins' && !/^(au|a|pas|plus|ou|du)$/.test(wordAt(tokens, start - 2));
}

const fitsMoney = (tokens: Tokens, { start, value }: AmountReading) =>
  Number.isFinite(value) && !isNegative(tokens, start);

/** The first amount that has a currency. Steps over every number once. */
function findPriced(
  tokens: Tokens,
  taken: ReadonlySet<number>,
  options: AmountOptions,
  from = 0,
): AmountReading | null {
  let at = from;
  while (at < tokens.length) {
    const amount = taken.has(at) ? null : readAmount(tokens, at, options);
    if (amount !== null && fitsMoney(tokens, amount)) return amount;
    at = amount?.end ?? scanNumber(tokens, at)?.end ?? at + 1;
  }
  return null;
}

/** The first number that may be money though no currency follows it; "en dollars" may be said elsewhere. */
function findBare(tokens: Tokens, taken: ReadonlySet<number>, options: AmountOptions): AmountReading | null {
  let at = 0;
  while (at < tokens.length) {
    const reading = taken.has(at) ? null : scanMoney(tokens, at);
    const isArticle = reading?.end === at + 1 && /^une?$/.test(wordAt(tokens, at)) && tokens.length > 1;
    if (reading !== null && !isArticle && fitsMoney(tokens, reading) && !countsSomethingElse(tokens, reading)) {
      const named = findNamedCurrency(tokens, options);
      if (named === null) return reading;
      return { ...reading, currency: named.currency, end: named.start === reading.end ? named.end : reading.end };
    }
    at = reading?.end ?? at + 1;
  }
  return null;
}

/** Words between an amount and the one that takes its place. */
const hesitation =
  /^(non|pardon|plutot|euh|enfin|ou|je|veux|dire|voulais|excusez?|moi|attends|attendez|c|est|desole|pas|de|a)$/;

/** The amount said instead of the one that ends at `from`: "trois cents, non, quatre cents". Null when it stands. */
function readInstead(tokens: Tokens, from: number, options: AmountOptions): AmountReading | null {
  let at = from;
  while (at < from + 6 && hesitation.test(wordAt(tokens, at))) at += 1;
  const said = tokens.slice(from, at).map(({ text }) => text);
  if (!said.some((word) => /^(non|pardon|plutot|dire|desole|excusez?)$/.test(word)) || said.at(-1) === 'pas')
    return null;
  const priced = readAmount(tokens, at, options);
  const instead = priced ?? scanMoney(tokens, at);
  if (instead === null || !fitsMoney(tokens, instead)) return null;
  return priced === null && countsSomethingElse(tokens, instead) ? null : instead;
}

/** The amount that takes the place of the first, at most twice; it keeps the currency when it names none. */
function corrected(tokens: Tokens, first: AmountReading, options: AmountOptions): AmountReading {
  const next = readInstead(tokens, first.end, options);
  if (next === null) return first;
  const again = readInstead(tokens, next.end, options) ?? next;
  return { ...(first.currency && { currency: first.currency }), ...again, start: first.start };
}

/**
 * The first amount of money in a text; else its first number, without a currency. "une facture de cent dollars" is
 * 100 USD, "cinquante centimes" 0.5 of a currency that was not said. Dates, hours, telephone numbers, counts, negative and
 * absurd numbers are none. Null when there is no amount. Linear in the tokens; never throws.
 */
export function findAmount(tokens: Tokens, options: AmountOptions = defaultAmountOptions): AmountReading | null {
  const places = tokens.flatMap(({ text }, at) => (isHesitation(text) ? [] : [at]));
  const found = findSaid(
    places.length === tokens.length ? tokens : tokens.filter(({ text }) => !isHesitation(text)),
    options,
  );
  if (found === null) return null;
  return { ...found, start: places[found.start] ?? found.start, end: (places[found.end - 1] ?? found.end - 1) + 1 };
}

const isHesitation = (word: string) => /^(euh+|heu+|hum+|hmm+)$/.test(word);

function findSaid(tokens: Tokens, options: AmountOptions): AmountReading | null {
  const taken = otherNumbers(tokens, options);
  const found = findPriced(tokens, taken, options) ?? findBare(tokens, taken, options);
  if (found === null) return null;
  const isDenied = wordAt(tokens, found.start - 1) === 'pas';
  const meant = (isDenied && findPriced(tokens, taken, options, found.end)) || found;
  return corrected(tokens, multiplied(tokens, meant), options);
}

/** "trois fois vingt dollars" is sixty. */
function multiplied(tokens: Tokens, amount: AmountReading): AmountReading {
  if (wordAt(tokens, amount.start - 1) !== 'fois' || amount.currency === undefined) return amount;
  const times = findNumbers(tokens).find(({ end }) => end === amount.start - 1);
  const value = times && Number((times.value * amount.value).toFixed(2));
  if (value === undefined || value > largestNumber || amount.otherValue !== undefined) return amount;
  return { ...amount, value, start: times?.start ?? amount.start };
}

/** What an amount may be: one value when it is plain, two when a hearer would ask ("mille cinq" is 1005 or 1500). */
export function valuesOf({ value, otherValue }: Pick<AmountReading, 'value' | 'otherValue'>): number[] {
  return otherValue === undefined ? [value] : [value, otherValue];
}
