import fc from 'fast-check';
import { expect, test } from 'vitest';
import { currencies } from '../schema.ts';
import { convertMinor, convertMinorBack, fromMinor, minorDigits, minorText, multiplyMinor, toMinor } from './money.ts';

const currency = fc.constantFrom(...currencies);
const minor = fc.integer({ min: 1, max: 99_999_999_999_999 });

test('any amount that can be billed is the same after minor units', () => {
  fc.assert(fc.property(currency, minor, (code, units) => toMinor(fromMinor(units, code), code) === units));
});

test.each([
  [0, 'USD'],
  [-5, 'USD'],
  [12.345, 'USD'],
  [12.5, 'XOF'],
  [Number.NaN, 'EUR'],
  [Number.POSITIVE_INFINITY, 'EUR'],
  [1e12, 'CDF'],
] as const)('%d %s cannot be billed', (value, code) => {
  expect(toMinor(value, code)).toBeNull();
});

test('the largest amounts that can be said can be billed', () => {
  expect(toMinor(999_999_999_999, 'CDF')).toBe(99_999_999_999_900);
  expect(toMinor(999_999_999_999, 'XAF')).toBe(999_999_999_999);
});

test('figures for machines keep every decimal', () => {
  expect(minorText(125_050, 'USD')).toBe('1250.50');
  expect(minorText(-5, 'EUR')).toBe('-0.05');
  expect(minorText(1200, 'XOF')).toBe('1200');
});

test('halves are rounded up, and doubles do not decide', () => {
  expect(multiplyMinor(105, 0.5)).toBe(53);
  expect(multiplyMinor(100, 0.145)).toBe(15);
  expect(multiplyMinor(1000, 1.005)).toBe(1005);
});

test('a conversion is a multiple of its rounding, and within half of it of the exact product', () => {
  const conversion = fc.record({
    from: currency,
    to: currency,
    rate: fc.integer({ min: 1, max: 500_000 }).map((thousandths) => thousandths / 100),
    rounding: fc.constantFrom(1, 5, 100, 5000),
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), conversion, (units, given) => {
      const converted = convertMinor(units, given);
      const exact = units * given.rate * 10 ** (minorDigits[given.to] - minorDigits[given.from]);
      expect(converted % given.rounding).toBe(0);
      expect(Math.abs(converted - exact)).toBeLessThanOrEqual(given.rounding / 2 + exact * 1e-9);
    }),
  );
});

test('converted and back is the same amount, where the other currency is the finer one', () => {
  const conversion = { from: 'USD', to: 'CDF', rate: 2850, rounding: 1 } as const;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e10 }), (units) => {
      expect(convertMinorBack(convertMinor(units, conversion), conversion)).toBe(units);
    }),
  );
});
