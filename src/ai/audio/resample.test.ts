import { describe, expect, it } from 'vitest';
import { resample } from './resample.ts';

function tone(frequency: number, sampleRate: number, seconds = 0.5): Float32Array {
  return Float32Array.from(
    { length: Math.round(seconds * sampleRate) },
    (_, index) => 0.5 * Math.sin((2 * Math.PI * frequency * index) / sampleRate),
  );
}
/** The inner part, where the filter sees only the tone. */
const inside = (samples: Float32Array): Float32Array =>
  samples.subarray(Math.floor(samples.length / 4), Math.floor((samples.length * 3) / 4));
const rms = (samples: Float32Array): number => Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);
const toDecibels = (ratio: number): number => 20 * Math.log10(ratio);

const rates = [8000, 11_025, 22_050, 44_100, 48_000, 96_000, 12_345];

describe('resample', () => {
  it.each(rates)('a tone at %i Hz stays the same tone at 16 kHz: frequency, level and place', (rate) => {
    const frequency = 1000;
    const heard = resample(tone(frequency, rate), rate, 16_000);
    const expected = tone(frequency, 16_000);
    expect(Math.abs(heard.length - expected.length)).toBeLessThanOrEqual(1);
    const difference = inside(expected).map((sample, index) => sample - (inside(heard)[index] ?? 9));
    expect(toDecibels(rms(difference) / rms(inside(expected)))).toBeLessThan(-60);
  });

  it.each([
    [44_100, 9000],
    [48_000, 8200],
    [48_000, 15_000],
    [96_000, 31_000],
    [22_050, 8100],
  ])('from %i Hz, a tone of %i Hz is gone by 60 dB at 16 kHz', (rate, frequency) => {
    const source = tone(frequency, rate);
    expect(toDecibels(rms(inside(resample(source, rate, 16_000))) / rms(source))).toBeLessThan(-60);
  });

  it('leaves no image above the old band when the rate goes up', () => {
    const up = resample(tone(3000, 8000), 8000, 16_000);
    const back = tone(3000, 16_000);
    const difference = inside(back).map((sample, index) => sample - (inside(up)[index] ?? 9));
    expect(toDecibels(rms(difference) / rms(inside(back)))).toBeLessThan(-60);
  });

  it('keeps a constant at its level', () => {
    for (const rate of rates) {
      const heard = inside(resample(new Float32Array(rate / 4).fill(0.25), rate, 16_000));
      expect(Math.max(...heard.map((sample) => Math.abs(sample - 0.25)))).toBeLessThan(1e-5);
    }
  });

  it('is symmetric: sound played backwards comes out backwards', () => {
    const source = Float32Array.from({ length: 4801 }, (_, index) => Math.sin(index * index * 1e-4));
    const forwards = resample(source, 48_000, 16_000);
    const backwards = resample(source.toReversed(), 48_000, 16_000).toReversed();
    expect(Math.max(...forwards.map((sample, index) => Math.abs(sample - (backwards[index] ?? 9))))).toBeLessThan(1e-5);
  });

  it('gives the very same samples when there is nothing to do', () => {
    const source = tone(440, 16_000);
    expect(resample(source, 16_000, 16_000)).toBe(source);
    expect(resample(new Float32Array(0), 44_100, 16_000).length).toBe(0);
  });
});
