import { expect, it } from 'vitest';
import { createFeatures, type FeatureConfig } from './features.ts';
import { WhisperFeatureExtractor } from './transformers.ts';

/** The shape that released Whisper packs have, and that of a pack with a short window and a long hop. */
const released = { n_samples: 480_000, n_fft: 400, hop_length: 160, feature_size: 80, nb_max_frames: 3000 };
const short = { n_samples: 128_000, n_fft: 400, hop_length: 250, feature_size: 80, nb_max_frames: 512 };
const withRate = (config: Omit<FeatureConfig, 'sampling_rate'>): FeatureConfig => ({
  ...config,
  sampling_rate: 16_000,
});

it.each([
  ['released', released],
  ['short', short],
] as const)('gives the %s window exactly what computing all of it gives, whatever the length', async (_, config) => {
  const features = createFeatures(withRate(config));
  const extractor = new WhisperFeatureExtractor(withRate(config));
  const lengths = [0, 1, 159, 4001, 50_000, config.n_samples - 900, config.n_samples - 1, config.n_samples];
  for (const length of lengths) {
    const utterance = Float32Array.from({ length }, (_sample, index) => 0.3 * Math.sin(index * index * 1e-5));
    const whole = (await extractor._call(utterance)).input_features;
    const made = features(utterance);
    expect(made.dims).toEqual(whole.dims);
    expect(largestDifference(whole.data, made.data), `${length} samples`).toBeLessThan(1e-5);
  }
});

it.each([
  ['released', released],
  ['short', short],
] as const)('gives a window shorter than the %s one its own frames of it', async (_, config) => {
  const features = createFeatures(withRate(config));
  const extractor = new WhisperFeatureExtractor(withRate(config));
  const windowSamples = 5 * 16_000;
  for (const length of [0, 50_000, windowSamples]) {
    const utterance = Float32Array.from({ length }, (_sample, index) => 0.3 * Math.sin(index * index * 1e-5));
    const whole = (await extractor._call(utterance, { max_length: windowSamples })).input_features;
    const made = features(utterance, windowSamples);
    expect(made.dims).toEqual([1, 80, windowSamples / config.hop_length]);
    expect(largestDifference(whole.data, made.data), `${length} samples`).toBeLessThan(1e-5);
  }
});

function largestDifference(a: Iterable<unknown>, b: ArrayLike<unknown>): number {
  let largest = 0;
  let index = 0;
  for (const value of a) largest = Math.max(largest, Math.abs(Number(value) - Number(b[index++])));
  return largest;
}
