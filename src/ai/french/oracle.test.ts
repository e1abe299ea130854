import { toCardinal as belgian } from 'n2words/fr-BE';
import { toCardinal as french } from 'n2words/fr-FR';
import { describe, expect, test } from 'vitest';
import { parseNumber, type Region, sayNumber } from './numbers.ts';

const runs = process.env['LAWS'] === 'long' ? 100_000 : 4000;
const oracles: [Region, (value: number) => string][] = [
  ['FR', french],
  ['BE', belgian],
];

/** Every number to 2000, then every size as likely: multiples of a large odd number, cut to one to twelve digits. */
function* someNumbers(): Generator<number> {
  for (let value = 0; value <= 2000; value += 1) yield value;
  for (let run = 1; run <= runs; run += 1) yield (run * 7_368_787_691) % 10 ** (3 + (run % 10));
}

describe('another library, asked for the same numbers', () => {
  test.each(oracles)('calls them in %s as we do, and is understood', (region, oracle) => {
    for (const value of someNumbers()) {
      const words = oracle(value);
      if (sayNumber(value, region) !== words) expect.fail(`${value}: "${sayNumber(value, region)}", not "${words}"`);
      if (parseNumber(words) !== value) expect.fail(`"${words}" is understood ${parseNumber(words)}`);
    }
  });

  test('in Switzerland too, where eighty is huitante', () => {
    for (const value of someNumbers()) {
      const words = belgian(value)
        .replaceAll('quatre-vingts', 'huitante')
        .replaceAll('quatre-vingt-un', 'huitante et un')
        .replaceAll('quatre-vingt', 'huitante');
      expect(sayNumber(value, 'CH')).toBe(words);
      expect(parseNumber(words.replaceAll('huitante', 'octante'))).toBe(value);
    }
  });
});
