import fc from 'fast-check';
import { expect, it } from 'vitest';
import { backOffMs } from './back-off.ts';

it('waits longer with each failure, never more than half a minute, and not all at once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, chance) => {
      const waits = backOffMs(failures, () => chance);
      expect(waits).toBeGreaterThanOrEqual(500);
      expect(waits).toBeLessThanOrEqual(30_000);
      expect(backOffMs(failures + 1, () => chance)).toBeGreaterThanOrEqual(waits);
    }),
  );
  expect(backOffMs(3, () => 0)).toBeLessThan(backOffMs(3, () => 1));
});
