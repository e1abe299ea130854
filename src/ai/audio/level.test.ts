import { expect, it } from 'vitest';
import { measureLevel, silenceDb } from './level.ts';

it('a full-scale square wave is 0 dB, half of it 6 dB less', () => {
  const square = Float32Array.from({ length: 100 }, (_, index) => (index % 2 ? 1 : -1));
  expect(measureLevel(square)).toEqual({ rmsDb: 0, peakDb: 0 });
  expect(measureLevel(square.map((sample) => sample / 2)).rmsDb).toBeCloseTo(-6.02, 2);
});

it('a sine is 3 dB below its peak', () => {
  const sine = Float32Array.from({ length: 16_000 }, (_, index) => Math.sin((2 * Math.PI * index) / 160));
  const { rmsDb, peakDb } = measureLevel(sine);
  expect(peakDb - rmsDb).toBeCloseTo(3.01, 2);
});

it('silence, or nothing at all, is the floor and not minus infinity', () => {
  expect(measureLevel(new Float32Array(10))).toEqual({ rmsDb: silenceDb, peakDb: silenceDb });
  expect(measureLevel(new Float32Array(0)).rmsDb).toBe(silenceDb);
});
