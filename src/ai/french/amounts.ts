import type { Currency } from '../../schema.ts';
import { type Token, tokenize } from './fold.ts';
import { findNumber, type NumberReading, readBelowHundred, readNumber } from './numbers.ts';
import { decimalText, type Region, sayNumber } from './say-number.ts';

/** What "francs" alone and "francs CFA" mean in this shop. */
export interface AmountOptions {
  franc: 'CDF' | 'XOF' | 'XAF' | 'CHF';
  cfa: 'XOF' | 'XAF';
}

/** An amount of money found in tokens `start` to `end` (exclusive). No `currency`: none was said. */
export interface AmountReading {
  value: number;
  /** What a hearer might take the value for as well; absent when there is no doubt. */
  otherValue?: number;
  currency?: Currency;
  start: number;
  end: number;
}

/** An amount that a text may mean. */
export interface AmountCandidate {
  value: number;
  currency?: Currency;
}

interface CurrencyReading {
  currency: Currency;
  end: number;
}
type Tokens = readonly Token[];

const defaultOptions: AmountOptions = { franc: 'CDF', cfa: 'XOF' };
const codes = new Map<string, Currency>([
  ['$', 'USD'],
  ['usd', 'USD'],
  ['€', 'EUR'],
  ['eur', 'EUR'],
  ['fc', 'CDF'],
  ['cdf', 'CDF'],
  ['xof', 'XOF'],
  ['xaf', 'XAF'],
  ['chf', 'CHF'],
]);
const wordAt = (tokens: Tokens, index: number) => tokens[index]?.text ?? '';

/** A currency's sign or code, as it may also stand before the number: "$45", "US$ 45", "USD 45". */
function readCode(tokens: Tokens, at: number, options: AmountOptions): CurrencyReading | null {
  const word = wordAt(tokens, at);
  if (word === 'us' && /^(\$|dollars?)$/.test(wordAt(tokens, at + 1))) return { currency: 'USD', end: at + 2 };
  if (word === 'fcfa') return { currency: options.cfa, end: at + 1 };
  const currency = codes.get(word);
  if (currency === undefined) return null;
  const isAmerican = currency === 'USD' && /^(us|usd)$/.test(wordAt(tokens, at + 1));
  return { currency, end: isAmerican ? at + 2 : at + 1 };
}

/** What follows the word "franc": "congolais", "CFA" (also spelled "c f a"), "suisses", or nothing. */
function readFranc(tokens: Tokens, at: number, options: AmountOptions): CurrencyReading | null {
  const word = wordAt(tokens, at);
  if (/^(congolais|congolaises?)$/.test(word)) return { currency: 'CDF', end: at + 1 };
  if (/^suisses?$/.test(word)) return { currency: 'CHF', end: at + 1 };
  if (/^([cs]fa|[cs]efa)$/.test(word)) return { currency: options.cfa, end: at + 1 };
  if (word === 'c' && wordAt(tokens, at + 1) === 'f' && wordAt(tokens, at + 2) === 'a') {
    return { currency: options.cfa, end: at + 3 };
  }
  if (word === 'c') return { currency: 'CDF', end: at + 1 };
  return { currency: options.franc, end: at };
}

/** Dollars and francs of other countries are not ours: their amounts are left without a currency. */
const otherCountry = /^(canadien|australien|rwandais|burundais|guineen|djiboutien|comorien|pacifique)/;

function readCurrencyWord(tokens: Tokens, at: number, options: AmountOptions): CurrencyReading | null {
  const word = wordAt(tokens, at);
  if (otherCountry.test(wordAt(tokens, at + 1))) return null;
  if (/^euros?$/.test(word)) return { currency: 'EUR', end: at + 1 };
  if (/^dollards?$|^dollars?$/.test(word)) {
    return { currency: 'USD', end: /^(us|usd|americains?)$/.test(wordAt(tokens, at + 1)) ? at + 2 : at + 1 };
  }
  if (/^(francs?|franks?|frs?|f)$/.test(word)) return readFranc(tokens, at + 1, options);
  return /^c(fa|efa)$/.test(word) ? { currency: options.cfa, end: at + 1 } : null;
}

/** The currency at `at`, with or without "de" before it ("un million de francs"). */
function readCurrency(tokens: Tokens, at: number, options: AmountOptions): CurrencyReading | null {
  const start = /^d[e']?$/.test(wordAt(tokens, at)) ? at + 1 : at;
  return readCode(tokens, start, options) ?? readCurrencyWord(tokens, start, options);
}

const isCentime = (tokens: Tokens, at: number) => /^(centimes?|cents?|cts?)$/.test(wordAt(tokens, at));
/** Words that may follow "deux euros cinquante"; anything else is what the fifty counts ("deux euros cinquante cahiers"). */
const followers = new Set(
  (
    'a au aux avec c ca car chez dans de des donc du en est et exactement ht il maintenant merci non ok ou oui ' +
    'par plus pour s seulement stp sur svp ttc voila'
  ).split(' '),
);

/** The centimes after a currency, as a part of one: "cinquante", "zéro cinq", "et cinquante centimes". */
function readCentimes(tokens: Tokens, at: number): { value: number; end: number } | null {
  const joined = wordAt(tokens, at) === 'et';
  const padded = wordAt(tokens, joined ? at + 1 : at) === 'zero';
  const start = at + (joined ? 1 : 0) + (padded ? 1 : 0);
  const count = /^\d{1,2}$/.test(wordAt(tokens, start))
    ? { value: Number(wordAt(tokens, start)), end: start + 1 }
    : readBelowHundred(tokens, start);
  if (count === null) return null;
  if (isCentime(tokens, count.end)) return { value: count.value / 100, end: count.end + 1 };
  const next = tokens[count.end];
  const stands = next === undefined || next.breakBefore || followers.has(next.text);
  return stands && !tokens[at]?.breakBefore ? { value: count.value / 100, end: count.end } : null;
}

/** What follows "douze euros": "cinquante", "et demi", or nothing. */
function readRemainder(tokens: Tokens, at: number): { value: number; end: number } {
  const isHalf = wordAt(tokens, at) === 'et' && /^demie?$/.test(wordAt(tokens, at + 1));
  if (isHalf) return { value: 0.5, end: at + 2 };
  return readCentimes(tokens, at) ?? { value: 0, end: at };
}

/** "1,200 dollars": no price has three decimals, so the comma groups thousands there, as it does in English. */
function moneyValue(tokens: Tokens, reading: NumberReading): number {
  const isGrouped = reading.end === reading.start + 1 && /^[1-9]\d{0,2},\d{3}$/.test(wordAt(tokens, reading.start));
  return isGrouped ? Math.round(reading.value * 1000) : reading.value;
}

const add = (whole: number, part: number) => Number((whole + part).toFixed(9));

/** The amount that begins at token `at`, with its currency; null when there is none or no currency is said. */
function readAmount(tokens: Tokens, at: number, options: AmountOptions): AmountReading | null {
  const sign = readCode(tokens, at, options);
  const reading = readNumber(tokens, sign?.end ?? at);
  if (reading === null) return null;
  const value = moneyValue(tokens, reading);
  const doubt = reading.otherValue === undefined ? {} : { otherValue: reading.otherValue };
  if (sign !== null) return { value, ...doubt, currency: sign.currency, start: at, end: reading.end };
  if (isCentime(tokens, reading.end) && value < 100) {
    const ofCurrency = readCurrency(tokens, reading.end + 1, options);
    const end = ofCurrency?.end ?? reading.end + 1;
    return { value: add(0, value / 100), ...(ofCurrency && { currency: ofCurrency.currency }), start: at, end };
  }
  const currency = readCurrency(tokens, reading.end, options);
  if (currency === null) return null;
  const remainder = Number.isInteger(value) ? readRemainder(tokens, currency.end) : { value: 0, end: currency.end };
  const certain = remainder.value > 0 ? {} : doubt;
  return { value: add(value, remainder.value), ...certain, currency: currency.currency, start: at, end: remainder.end };
}

/** Numbers that are no money: "20 %", "18 heures", "10 k", "la facture numéro 12". */
const countsSomethingElse = (tokens: Tokens, { start, end }: NumberReading) =>
  /^(%|h|k|heures?|h\d\d)$/.test(wordAt(tokens, end)) ||
  (wordAt(tokens, end) === 'pour' && wordAt(tokens, end + 1) === 'cent') ||
  wordAt(tokens, start - 1) === 'numero';

/**
 * The first amount of money in a text; else its first number, without a currency. "une facture de cent dollars" is
 * 100 USD, "cinquante centimes" 0.5 of a currency that was not said. Null when there is no number. Never throws.
 */
export function findAmount(tokens: Tokens, options: AmountOptions = defaultOptions): AmountReading | null {
  let at = 0;
  while (at < tokens.length) {
    const amount = readAmount(tokens, at, options);
    if (amount !== null) return amount;
    at = readNumber(tokens, at)?.end ?? at + 1;
  }
  return findNumber(tokens, (reading) => !countsSomethingElse(tokens, reading));
}

/**
 * What the first amount of a text may mean, as `findAmount` reads it first: one candidate when it is plain, two when a
 * hearer would ask ("mille cinq" is 1005 or 1500), none without an amount. Never throws.
 */
export function amountReadings(text: string, options: AmountOptions = defaultOptions): AmountCandidate[] {
  const found = findAmount(tokenize(text), options);
  if (found === null) return [];
  const currency = found.currency === undefined ? {} : { currency: found.currency };
  const values = found.otherValue === undefined ? [found.value] : [found.value, found.otherValue];
  return values.map((value) => ({ value, ...currency }));
}

interface CurrencyNames {
  one: string;
  many: string;
  /** Said after "centimes" when there is no whole part; absent where nobody counts in centimes. */
  centimesOf?: string;
}
const names: Record<Currency, CurrencyNames> = {
  CDF: { one: 'franc congolais', many: 'francs congolais' },
  USD: { one: 'dollar', many: 'dollars', centimesOf: 'de dollar' },
  EUR: { one: 'euro', many: 'euros', centimesOf: "d'euro" },
  XOF: { one: 'franc CFA', many: 'francs CFA' },
  XAF: { one: 'franc CFA', many: 'francs CFA' },
  CHF: { one: 'franc suisse', many: 'francs suisses', centimesOf: 'de franc suisse' },
};

/** The currency after a number: singular under two, "de" after "million" and "milliard". */
function currencyAfter(value: number, currency: Currency): string {
  const { one, many } = names[currency];
  const noun = Math.abs(value) < 2 ? one : many;
  const endsInNoun = value !== 0 && value % 1_000_000 === 0;
  if (!endsInNoun) return noun;
  return /^[aeiou]/.test(noun) ? `d'${noun}` : `de ${noun}`;
}

/**
 * An amount as one says it: 12.5 EUR → "douze euros cinquante", 1e6 CDF → "un million de francs congolais",
 * 0.5 EUR → "cinquante centimes d'euro", 0.5 CDF → "zéro virgule cinq franc congolais". RangeError as `sayNumber`.
 */
export function sayAmount(value: number, currency: Currency, region: Region): string {
  if (value < 0) return `moins ${sayAmount(-value, currency, region)}`;
  const { centimesOf } = names[currency];
  const [whole = '0', fraction = ''] = decimalText(value).split('.');
  if (fraction === '' || fraction.length > 2 || centimesOf === undefined) {
    return `${sayNumber(value, region)} ${currencyAfter(value, currency)}`;
  }
  const centimes = Number(fraction.padEnd(2, '0'));
  const centimesWords = sayNumber(centimes, region);
  if (whole === '0') return `${centimesWords} ${centimes === 1 ? 'centime' : 'centimes'} ${centimesOf}`;
  const wholeValue = Number(whole);
  return `${sayNumber(wholeValue, region)} ${currencyAfter(wholeValue, currency)} ${centimesWords}`;
}
