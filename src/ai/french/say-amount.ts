import type { Currency } from '../../schema.ts';
import { decimalText, type Region, sayNumber } from './say-number.ts';

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
