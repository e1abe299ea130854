import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayMs, takeForCleanup } from './upkeep.ts';

const now = Date.UTC(2026, 10, 22, 2);
const file = fc.record({
  path: fc.constantFrom(
    'cache/ai/models/a/b.onnx',
    'cache/ai/tmp/c',
    'cache/ai/old.pt',
    'logs/ai.log',
    'cache/aide.txt',
  ),
  size: fc.nat(1_000_000),
  lastUsed: fc.integer({ min: now - 60 * dayMs, max: now + 60 * dayMs }),
  isWanted: fc.boolean(),
});

describe('clean-up', () => {
  test('takes a file exactly when it is in the cache, unwanted, and unused for more than 30 days', () => {
    fc.assert(
      fc.property(fc.array(file), (files) => {
        const taken = new Set(takeForCleanup(files, now));
        for (const one of files) {
          const isOld = one.lastUsed < now - 30 * dayMs;
          expect(taken.has(one)).toBe(one.path.startsWith('cache/ai/') && !one.isWanted && isOld);
        }
      }),
    );
  });

  test('takes nothing more when it is run again at once', () => {
    fc.assert(
      fc.property(fc.array(file), (files) => {
        const taken = new Set(takeForCleanup(files, now));
        expect(
          takeForCleanup(
            files.filter((one) => !taken.has(one)),
            now,
          ),
        ).toEqual([]);
      }),
    );
  });

  test('takes no less as time goes on, and never what was used since', () => {
    fc.assert(
      fc.property(fc.array(file), fc.nat(100), (files, days) => {
        const later = new Set(takeForCleanup(files, now + days * dayMs));
        for (const one of takeForCleanup(files, now)) expect(later.has(one)).toBe(true);
        const used = files.map((one) => ({ ...one, lastUsed: now }));
        expect(takeForCleanup(used, now + 30 * dayMs)).toEqual([]);
      }),
    );
  });

  test('does not depend on the order in which files are given', () => {
    fc.assert(
      fc.property(fc.uniqueArray(file, { selector: ({ path }) => path }), (files) => {
        expect(takeForCleanup([...files].reverse(), now)).toEqual(takeForCleanup(files, now));
      }),
    );
  });
});
