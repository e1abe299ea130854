import type { Currency } from '../schema.ts';

/** Decimals of a currency's smallest unit (ISO 4217). */
export const minorDigits: Record<Currency, number> = { CDF: 2, USD: 2, EUR: 2, XOF: 0, XAF: 0, CHF: 2 };

/** The largest sum of a document, in minor units of any currency. */
export const largestMinor = 99_999_999_999_999;

/**
 * An amount as said (250, 12.5) in minor units; null when it is not one that can be billed: nothing, less than nothing, more than
 * 999 999 999 999, or finer than the currency's smallest unit.
 */
export function toMinor(value: number, currency: Currency): number | null {
  const scaled = value * 10 ** minorDigits[currency];
  const minor = Math.round(scaled);
  const isExact = Math.abs(scaled - minor) < 1e-3 * Math.max(1, Math.abs(scaled) * 1e-9);
  return isExact && minor > 0 && minor <= largestMinor ? minor : null;
}

/** Minor units as the amount that people say. */
export function fromMinor(minor: number, currency: Currency): number {
  return minor / 10 ** minorDigits[currency];
}

/** Minor units in figures, with a point and all decimals: `1250.50`, for machines. */
export function minorText(minor: number, currency: Currency): string {
  const digits = minorDigits[currency];
  const figures = Math.abs(minor)
    .toString()
    .padStart(digits + 1, '0');
  const sign = minor < 0 ? '-' : '';
  if (digits === 0) return sign + figures;
  return `${sign}${figures.slice(0, -digits)}.${figures.slice(-digits)}`;
}

interface Fraction {
  numerator: bigint;
  denominator: bigint;
}

/** A positive number as an exact fraction, to twelve decimals. */
function asFraction(value: number): Fraction {
  const [whole = '0', decimals = ''] = value.toFixed(12).split('.');
  return { numerator: BigInt(whole + decimals), denominator: 10n ** 12n };
}

/** The multiple of `step` that is nearest to `minor` × `factor`; halves go up. Exact, whatever the size. */
function scale(minor: number, { numerator, denominator }: Fraction, step: number): number {
  const divisor = denominator * BigInt(step);
  return Number(((2n * BigInt(minor) * numerator + divisor) / (2n * divisor)) * BigInt(step));
}

/** `minor` × `factor`, rounded to a minor unit; neither is negative. */
export function multiplyMinor(minor: number, factor: number): number {
  return scale(minor, asFraction(factor), 1);
}

/** What one currency is worth in another: one `from` is `rate` `to`. `rounding` is in minor units of `to`. */
interface Conversion {
  from: Currency;
  to: Currency;
  rate: number;
  rounding: number;
}

function minorRate({ from, to, rate }: Conversion): Fraction {
  const { numerator, denominator } = asFraction(rate);
  return {
    numerator: numerator * 10n ** BigInt(minorDigits[to]),
    denominator: denominator * 10n ** BigInt(minorDigits[from]),
  };
}

/** Minor units of `from` in minor units of `to`, rounded to a multiple of `rounding`. */
export function convertMinor(minor: number, conversion: Conversion): number {
  return scale(minor, minorRate(conversion), conversion.rounding);
}

/** Minor units of `to` in minor units of `from`, rounded to one. */
export function convertMinorBack(minor: number, conversion: Conversion): number {
  const { numerator, denominator } = minorRate(conversion);
  return scale(minor, { numerator: denominator, denominator: numerator }, 1);
}
