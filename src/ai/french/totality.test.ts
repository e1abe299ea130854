import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { currencies } from '../../schema.ts';
import { findAmount, valuesOf } from './amounts.ts';
import { tokenize } from './fold.ts';
import { parseNumber } from './numbers.ts';
import { sayAmount } from './say-amount.ts';
import type { Region } from './say-number.ts';

const isLong = process.env['LAWS'] === 'long';
const runs = isLong ? 200_000 : 2000;
const regions: Region[] = ['FR', 'BE', 'CD', 'CH'];
const readings = (text: string): number[] => {
  const found = findAmount(tokenize(text));
  return found === null ? [] : valuesOf(found);
};

const unicodeText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.array(fc.integer({ min: 0, max: 0xff_ff }), { maxLength: 40 }).map((units) => String.fromCharCode(...units)),
);
const moneyWords = fc.constantFrom(
  ...'un deux six vingt cent mille million milliards et demi virgule zéro moins euros dollars francs FC $ € k'.split(
    ' ',
  ),
  ...'en de le pour heures janvier % n° non pardon douzaine centimes 06 12 1.200 1,5 2026 000 -5 +243 12/11 ; ,'.split(
    ' ',
  ),
);
const moneyText = fc.array(fc.oneof(moneyWords, unicodeText), { maxLength: 14 }).map((words) => words.join(' '));

describe('whatever the text', { timeout: 600_000 }, () => {
  test('reading it never throws, and an amount is within it, finite and not negative', () => {
    fc.assert(
      fc.property(fc.oneof(unicodeText, moneyText), (text) => {
        const tokens = tokenize(text);
        const found = findAmount(tokens);
        const number = parseNumber(text);
        expect(number === null || Number.isFinite(number)).toBe(true);
        for (const value of found ? valuesOf(found) : []) expect(value >= 0 && Number.isFinite(value)).toBe(true);
        if (found !== null) {
          expect(found.start >= 0 && found.start < found.end && found.end <= tokens.length).toBe(true);
        }
      }),
      { numRuns: runs, seed: 20_261_122 },
    );
  });

  test('what may be heard two ways is plain when it is said in full', () => {
    const scaled = fc.tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 2, max: 9 }), fc.boolean());
    fc.assert(
      fc.property(scaled, fc.constantFrom(...regions), fc.constantFrom(...currencies), (parts, region, currency) => {
        const [count, digit, isMillion] = parts;
        const literal = count * (isMillion ? 1_000_000 : 1000) + digit;
        const candidates = readings(sayAmount(literal, currency, region));
        expect(candidates).toHaveLength(2);
        const [first, second] = candidates;
        expect(first).toBe(literal);
        expect(readings(sayAmount(second ?? 0, currency, region))).toEqual([second]);
      }),
      { numRuns: runs / 10, seed: 20_261_122 },
    );
  });

  const length = isLong ? 100_000 : 40_000;
  /** A fraction of it is needed; what grows with the square needs ten times as much. */
  const slowestMs = 5000;
  const fill = (piece: string) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
  const endless = [
    ...['un ', 'mille ', 'zéro ', 'cent vingt ', 'virgule zéro ', 'et demi ', '100 ', '000 ', '9', '1.', "1'000'", '$'],
    ...['-', ' ', ', ', 'de ', 'douzaine de ', 'en ', 'non ', '1 non ', 'deux cinquante ', 'mille milliards ', '0 '],
    ...['12/', '12:', '12 h ', '3 janvier ', 'n°', 'é', 'e\u0301', '\ud800', 'ﷺ', 'F-C1-', '06 ', 'pour cent ', 'us '],
  ];
  test.each(endless)('a long text of %j takes no time that grows with their square', (piece) => {
    const text = fill(piece);
    const startedAt = performance.now();
    findAmount(tokenize(text));
    parseNumber(text);
    expect(performance.now() - startedAt).toBeLessThan(slowestMs);
  });
});
