import type { Utterance } from '../engines.ts';
import { Tensor, WhisperFeatureExtractor } from './transformers.ts';

/** Of a pack's `preprocessor_config.json`, what decides the shape of its features. */
export interface FeatureConfig {
  n_samples: number;
  n_fft: number;
  hop_length: number;
  feature_size: number;
  nb_max_frames: number;
}

/**
 * The log-mel spectrogram of a window, the pack's own unless a shorter one is asked for, as a tensor [1, mels, frames]. It is computed
 * only as far as there is sound: every frame of the silence after it is the same, so the last one computed is repeated.
 */
export function createFeatures(
  config: FeatureConfig,
): (utterance: Utterance, windowSamples?: number) => Promise<Tensor> {
  const { n_samples, n_fft, hop_length, nb_max_frames } = config;
  const extractor = new WhisperFeatureExtractor(config);
  return async (utterance, windowSamples = n_samples) => {
    const windowFrames = Math.min(nb_max_frames, Math.floor(windowSamples / hop_length));
    // Two transform lengths more, so that the last frame sees nothing but silence.
    const samples = Math.ceil((utterance.length + 2 * n_fft) / hop_length) * hop_length;
    const { input_features } = await extractor._call(utterance, { max_length: Math.min(windowSamples, samples) });
    return samples < windowSamples ? repeatLastFrame(input_features, windowFrames) : input_features;
  };
}

function repeatLastFrame(features: Tensor, windowFrames: number): Tensor {
  const [, mels = 0, frames = 0] = features.dims;
  const computed = features.data;
  const padded = new Float32Array(mels * windowFrames);
  for (let mel = 0; mel < mels; mel++) {
    for (let frame = 0; frame < windowFrames; frame++) {
      padded[mel * windowFrames + frame] = Number(computed[mel * frames + Math.min(frame, frames - 1)]);
    }
  }
  return new Tensor('float32', padded, [1, mels, windowFrames]);
}
