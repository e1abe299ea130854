import { describe, expect, it } from 'vitest';
import { cutAtPauses } from './windows.ts';

const sampleRate = 1000;
/** Loud, but for the given seconds. */
function withPauses(seconds: number, pauses: [number, number][]): Float32Array {
  const samples = new Float32Array(seconds * sampleRate).fill(0.5);
  for (const [from, to] of pauses) samples.fill(0.001, from * sampleRate, to * sampleRate);
  return samples;
}

describe('cutAtPauses', () => {
  it('leaves alone what fits', () => {
    expect(cutAtPauses(withPauses(8, []), 8000, sampleRate)).toEqual([{ start: 0, end: 8000 }]);
    expect(cutAtPauses(new Float32Array(0), 8000, sampleRate)).toEqual([]);
  });

  it('cuts in the middle of a pause, not in a word', () => {
    const [first, second, ...more] = cutAtPauses(withPauses(12, [[5.9, 6.3]]), 8000, sampleRate);
    expect(first?.end).toBeGreaterThanOrEqual(5900);
    expect(first?.end).toBeLessThanOrEqual(6300);
    expect(second).toEqual({ start: first?.end, end: 12_000 });
    expect(more).toEqual([]);
  });

  it('ignores a pause in the first half, after which little would fit', () => {
    const [first] = cutAtPauses(withPauses(12, [[1, 2]]), 8000, sampleRate);
    expect(first?.end).toBeGreaterThanOrEqual(4000);
  });

  it('covers everything once, in stretches that fit, whatever the sound', () => {
    let seed = 3;
    const random = (): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    for (let round = 0; round < 50; round++) {
      const samples = Float32Array.from({ length: Math.floor(random() * 40_000) }, random);
      const maxSamples = 1 + Math.floor(random() * 9000);
      let place = 0;
      for (const { start, end } of cutAtPauses(samples, maxSamples, sampleRate)) {
        expect(start).toBe(place);
        expect(end).toBeGreaterThan(start);
        expect(end - start).toBeLessThanOrEqual(maxSamples);
        place = end;
      }
      expect(place).toBe(samples.length);
    }
  });
});
