import type { Currency } from '../../schema.ts';
import type { Token } from './fold.ts';

/** What "francs" alone and "francs CFA" mean in this shop. */
export interface AmountOptions {
  franc: 'CDF' | 'XOF' | 'XAF' | 'CHF';
  cfa: 'XOF' | 'XAF';
}

/** A shop in Kinshasa. */
export const defaultAmountOptions: AmountOptions = { franc: 'CDF', cfa: 'XOF' };

export interface CurrencyReading {
  currency: Currency;
  /** The token after the currency. */
  end: number;
}
type Tokens = readonly Token[];

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
  ['sfr', 'CHF'],
]);
const wordAt = (tokens: Tokens, index: number) => tokens[index]?.text ?? '';
const isDollarMark = (word: string) => /^(us|usd|\$|americaine?s?)$/.test(word);

/** A currency's sign or code, which may stand before the number as well as after it: "$", "US$", "USD", "FCFA". */
function readCode(tokens: Tokens, at: number, options: AmountOptions): CurrencyReading | null {
  const word = wordAt(tokens, at);
  if (word === 'us' && /^(\$|dollars?)$/.test(wordAt(tokens, at + 1))) return { currency: 'USD', end: at + 2 };
  if (word === 'fcfa') return { currency: options.cfa, end: at + 1 };
  const currency = codes.get(word);
  if (currency === undefined) return null;
  const isMarked = currency === 'USD' && isDollarMark(wordAt(tokens, at + 1));
  return { currency, end: isMarked ? at + 2 : at + 1 };
}

/** "CFA" as it is written, spelled or misheard: "c f a", "ces fa", "c’est fa". Gives the token after it. */
function readCfa(tokens: Tokens, at: number): number | null {
  const [first, second, third] = [wordAt(tokens, at), wordAt(tokens, at + 1), wordAt(tokens, at + 2)];
  if (/^([cs]fa|[cs]efas?)$/.test(first)) return at + 1;
  if (/^(c|ce|ces|ses|se)$/.test(first) && second === 'fa') return at + 2;
  return first === 'c' && /^(f|est|ef)$/.test(second) && /^f?a$/.test(third) ? at + 3 : null;
}

/** What follows the word "franc": "congolais", "CFA", "suisses", or nothing. */
function readFranc(tokens: Tokens, at: number, options: AmountOptions): CurrencyReading {
  const word = wordAt(tokens, at);
  if (/^congolaise?s?$/.test(word)) return { currency: 'CDF', end: at + 1 };
  if (/^suisses?$/.test(word)) return { currency: 'CHF', end: at + 1 };
  const cfaEnd = readCfa(tokens, at);
  if (cfaEnd !== null) return { currency: options.cfa, end: cfaEnd };
  return word === 'c' ? { currency: 'CDF', end: at + 1 } : { currency: options.franc, end: at };
}

/** Dollars and francs of other countries are not ours: their amounts are left without a currency. */
const otherCountry = /^(canadien|australien|rwandais|burundais|guineen|djiboutien|comorien|pacifique|belge|luxembourg)/;
const isFranc = (word: string) => /^(francs?|franks?|frans?|frs?|f)$/.test(word);

function readCurrencyWord(tokens: Tokens, at: number, options: AmountOptions): CurrencyReading | null {
  const word = wordAt(tokens, at);
  if (otherCountry.test(wordAt(tokens, at + 1))) return null;
  if (/^z?euros?$/.test(word)) return { currency: 'EUR', end: at + 1 };
  if (/^doll?ar[ds]?s?$/.test(word)) {
    return { currency: 'USD', end: isDollarMark(wordAt(tokens, at + 1)) ? at + 2 : at + 1 };
  }
  if (isFranc(word)) return readFranc(tokens, at + 1, options);
  return /^c(fa|efa)$/.test(word) ? { currency: options.cfa, end: at + 1 } : null;
}

/** The currency at `at`, with or without "de" before it: "$", "FC", "dollars", "de francs congolais". */
export function readCurrency(tokens: Tokens, at: number, options: AmountOptions): CurrencyReading | null {
  const start = /^d[e']?$/.test(wordAt(tokens, at)) ? at + 1 : at;
  return readCode(tokens, start, options) ?? readCurrencyWord(tokens, start, options);
}

/** A currency that stands before its number: "$45", "USD 45", "FC 5000", "Fr. 20", "CFA 5000". */
export function readLeadingCurrency(tokens: Tokens, at: number, options: AmountOptions): CurrencyReading | null {
  const code = readCode(tokens, at, options);
  if (code !== null) return code;
  const word = wordAt(tokens, at);
  const reading = /^(frs?|f)$/.test(word) || word === 'cfa' ? readCurrencyWord(tokens, at, options) : null;
  return reading !== null && /^\d/.test(wordAt(tokens, reading.end)) ? reading : null;
}

/** A currency without its amount: "en dollars", "plutôt en francs". Null when there is none. */
export function findNamedCurrency(
  tokens: Tokens,
  options: AmountOptions = defaultAmountOptions,
): (CurrencyReading & { start: number }) | null {
  for (let at = 0; at < tokens.length; at += 1) {
    const named = wordAt(tokens, at) === 'en' ? readCurrency(tokens, at + 1, options) : null;
    if (named !== null) return { ...named, start: at };
  }
  return null;
}

/** True for a word that names money of any country: no noun that a number counts. */
export function isCurrencyWord(word: string): boolean {
  return isFranc(word) || /^(z?euros?|doll?ar[ds]?s?|centimes?|cents?|cts?|[$€])$/.test(word) || codes.has(word);
}
