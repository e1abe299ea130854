import { parseNumber } from './numbers.ts';
import { type Region, sayDecimal, sayNumber } from './say-number.ts';

/** Source of a pattern for a number in digits, thousands grouped by a space, dot or apostrophe; use with the `u` flag. */
export const writtenNumber = String.raw`(?<![\d\p{L}])(?:\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:[ .'’]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)(?!\d)`;

/** The value of digits that `writtenNumber` matched; null when there are too many, or zeros stand before. */
export function writtenValue(digits: string): number | null {
  return /^0\d/.test(digits) ? null : parseNumber(digits);
}

/** Digits one by one: "042" → "zéro quatre deux". */
export function sayDigits(digits: string, region: Region): string {
  return Array.from(digits.replace(/\D/g, ''), (digit) => sayNumber(Number(digit), region)).join(' ');
}

/** A group of at most six digits as people read it: leading zeros, then the number: "06" → "zéro six". */
export function sayGroup(digits: string, region: Region): string {
  const zeros = /^0*(?=\d)/.exec(digits)?.[0] ?? '';
  const rest = sayNumber(Number(digits.slice(zeros.length)), region);
  return [...Array.from(zeros, () => 'zéro'), rest].join(' ');
}

/** Digits that `writtenNumber` matched, in words, decimals as written; those that are no number are read one by one. */
export function sayWritten(digits: string, region: Region, options: { feminine?: boolean } = {}): string {
  const value = writtenValue(digits);
  if (value === null) return sayDigits(digits, region);
  const decimals = /^\d+[.,](\d+)$/.exec(digits)?.[1];
  if (decimals === undefined || value !== Number(digits.replace(',', '.'))) return sayNumber(value, region, options);
  return sayDecimal(`${Math.trunc(value)}.${decimals}`, region, options);
}
