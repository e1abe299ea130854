import { describe, expect, it } from 'vitest';
import { joinSentences, levellingGain, peakOf, withoutLeadIn } from './sound.ts';

const sampleRate = 16_000;
const tone = (seconds: number, amplitude: number): Float32Array =>
  Float32Array.from(
    { length: seconds * sampleRate },
    (_, index) => amplitude * Math.sin((2 * Math.PI * 200 * index) / sampleRate),
  );
const joined = (...parts: Float32Array[]): Float32Array => Float32Array.from(parts.flatMap((part) => [...part]));

describe('the peak of samples', () => {
  it('is the largest in absolute value', () => {
    expect(peakOf(Float32Array.of(0.25, -0.5))).toBe(0.5);
  });
  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('is none with %d among them', (sample) => {
    expect(peakOf(Float32Array.of(0.25, sample))).toBeNull();
  });
});

describe('the levelling gain', () => {
  const gainOf = (samples: Float32Array): number => levellingGain({ samples, sampleRate });

  it('makes quiet voices equally loud', () => {
    const levels = [0.05, 0.1, 0.15].map((amplitude) => amplitude * gainOf(tone(1, amplitude)));
    for (const level of levels) expect(level).toBeCloseTo(levels[0] ?? 0, 5);
  });
  it('does not count pauses', () => {
    const silence = new Float32Array(sampleRate);
    expect(gainOf(joined(tone(1, 0.1), silence))).toBeCloseTo(gainOf(tone(1, 0.1)), 5);
  });
  it('is bounded, and leaves loud voices and silence alone', () => {
    expect(gainOf(tone(1, 0.001))).toBe(4);
    expect(gainOf(tone(1, 0.5))).toBe(1);
    expect(gainOf(new Float32Array(sampleRate))).toBe(1);
    expect(gainOf(new Float32Array(0))).toBe(1);
  });
});

describe('a sentence without what comes before its sound', () => {
  const hum = new Float32Array(0.1 * sampleRate).fill(0.0001);
  it('keeps every sound, and less silence than is heard', () => {
    const cut = withoutLeadIn(joined(hum, tone(1, 0.1)), sampleRate);
    expect(cut.length).toBeGreaterThan(sampleRate);
    expect(cut.length).toBeLessThan(1.02 * sampleRate);
    expect(cut.subarray(-sampleRate)).toEqual(tone(1, 0.1));
  });
  it('is whole where it begins at once, or has no sound', () => {
    for (const sound of [tone(0.5, 0.2), new Float32Array(100), new Float32Array(0)]) {
      expect(withoutLeadIn(sound, sampleRate)).toEqual(sound);
    }
  });
});

describe('joined sentences', () => {
  it('are as long as they are together, with a pause after each', () => {
    const { samples } = joinSentences([tone(1, 0.1), tone(2, 0.1)], sampleRate, 1);
    expect(samples.length).toBe(3 * sampleRate + 2 * 0.2 * sampleRate);
    expect(samples.subarray(sampleRate, 1.2 * sampleRate).every((sample) => sample === 0)).toBe(true);
  });
  it('begin and end at zero, so that nothing clicks', () => {
    const { samples } = joinSentences([new Float32Array(sampleRate).fill(0.5)], sampleRate, 1);
    const steps = samples.map((sample, index) => Math.abs(sample - (samples[index - 1] ?? 0)));
    expect(Math.max(...steps)).toBeLessThan(0.01);
    expect(samples[sampleRate / 2]).toBeCloseTo(0.5, 6);
  });
  it('are never clipped', () => {
    const { samples } = joinSentences([tone(1, 0.1), tone(1, 3)], sampleRate, 4);
    expect(peakOf(samples)).toBeLessThan(0.98);
    expect(peakOf(samples.subarray(0, sampleRate))).toBeCloseTo(0.4, 2);
  });
  it('begin at once, however long the voice was silent before', () => {
    const silence = new Float32Array(0.05 * sampleRate);
    const { samples } = joinSentences([joined(silence, tone(1, 0.1))], sampleRate, 1);
    const first = samples.findIndex((sample) => Math.abs(sample) > 0.01);
    expect(first / sampleRate).toBeLessThan(0.015);
    expect(samples.length).toBeGreaterThan(1.2 * sampleRate);
  });
  it('are nothing when there are none', () => {
    expect(joinSentences([], sampleRate, 1)).toEqual({ samples: new Float32Array(0), sampleRate });
  });
});
