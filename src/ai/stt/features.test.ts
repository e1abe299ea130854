import { expect, it } from 'vitest';
import { createFeatures, type FeatureConfig } from './features.ts';
import { WhisperFeatureExtractor } from './transformers.ts';

/** The shape that released Whisper packs have, and that of a pack with a short window and a long hop. */
const released = { n_samples: 480_000, n_fft: 400, hop_length: 160, feature_size: 80, nb_max_frames: 3000 };
const short = { n_samples: 128_000, n_fft: 400, hop_length: 250, feature_size: 80, nb_max_frames: 512 };
const withRate = (config: FeatureConfig) => ({ ...config, sampling_rate: 16_000 });

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
    const made = await features(utterance);
    expect(made.dims).toEqual(whole.dims);
    let worst = 0;
    for (const [index, value] of whole.data.entries()) {
      worst = Math.max(worst, Math.abs(Number(value) - Number(made.data[index])));
    }
    expect(worst, `${length} samples`).toBeLessThan(1e-5);
  }
});
