import { createFourierTransform } from '../audio/fourier.ts';
import type { Utterance } from '../engines.ts';
import { Tensor, WhisperFeatureExtractor } from './transformers.ts';

/** Of a pack's `preprocessor_config.json`, what decides the shape of its features. */
export interface FeatureConfig {
  sampling_rate: number;
  n_samples: number;
  n_fft: number;
  hop_length: number;
  feature_size: number;
  nb_max_frames: number;
}

/** log10 of the power under which Whisper hears nothing. */
const silence = -10;

/**
 * The log-mel spectrogram of a window, the pack's own unless a shorter one is asked for, as a tensor [1, mels, frames]: what
 * transformers.js computes, in a small part of its time. It is computed only as far as there is sound; the rest of the window is silence.
 */
export function createFeatures(config: FeatureConfig): (utterance: Utterance, windowSamples?: number) => Tensor {
  const { n_samples, n_fft, hop_length, nb_max_frames, feature_size } = config;
  const filters = readFilters(config);
  const window = hannWindow(n_fft);
  const { points, transform } = createFourierTransform(n_fft);
  const bins = n_fft / 2 + 1;
  const powers = [new Float64Array(bins), new Float64Array(bins)] as const;

  /** Powers of two frames by one transform: the first as its real part, the second as its imaginary part. */
  const transformFrames = (frame: number, utterance: Utterance, windowSamples: number): void => {
    for (let at = 0; at < n_fft; at++) {
      const first = frame * hop_length - n_fft / 2 + at;
      const weight = window[at] ?? 0;
      points.real[at] = weight * sampleAt(utterance, first, windowSamples);
      points.imaginary[at] = weight * sampleAt(utterance, first + hop_length, windowSamples);
    }
    transform();
    separatePowers(points, powers);
  };

  return (utterance, windowSamples = n_samples) => {
    const frames = Math.min(nb_max_frames, Math.floor(windowSamples / hop_length));
    const spoken = Math.min(frames, Math.ceil((utterance.length + n_fft / 2) / hop_length));
    const features = new Float32Array(feature_size * frames).fill(silence);
    let highest = silence;
    for (let frame = 0; frame < spoken; frame += 2) {
      transformFrames(frame, utterance, windowSamples);
      for (const [index, power] of powers.entries()) {
        if (frame + index < spoken) {
          highest = Math.max(highest, writeFrame(features, frame + index, frames, power, filters));
        }
      }
    }
    for (let at = 0; at < features.length; at++) features[at] = (Math.max(features[at] ?? 0, highest - 8) + 4) / 4;
    return new Tensor('float32', features, [1, feature_size, frames]);
  };
}

/** A mel band: the weights of the bins that it hears, from `start` on. */
interface MelFilter {
  start: number;
  weights: Float64Array;
}

/** The library's own filters, without the zeros of which they are made for the most part. */
function readFilters(config: FeatureConfig): MelFilter[] {
  const filters: number[][] = new WhisperFeatureExtractor(config).config.mel_filters;
  return filters.map((weights) => {
    const start = Math.max(
      0,
      weights.findIndex((weight) => weight !== 0),
    );
    return {
      start,
      weights: Float64Array.from(weights.slice(start, weights.findLastIndex((weight) => weight !== 0) + 1)),
    };
  });
}

/** A periodic Hann window. */
function hannWindow(size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / size));
}

/** The window of `windowSamples` samples is mirrored at both ends; what was said fills its beginning. */
function sampleAt(utterance: Utterance, index: number, windowSamples: number): number {
  const mirrored = index < 0 ? -index : index < windowSamples ? index : 2 * (windowSamples - 1) - index;
  return utterance[mirrored] ?? 0;
}

/** The power spectra of two real signals of which one complex transform was made. */
function separatePowers(
  { real, imaginary }: { real: Float64Array; imaginary: Float64Array },
  [first, second]: readonly [Float64Array, Float64Array],
): void {
  const size = real.length;
  for (let bin = 0; bin < first.length; bin++) {
    const opposite = (size - bin) % size;
    const a = real[bin] ?? 0;
    const b = imaginary[bin] ?? 0;
    const c = real[opposite] ?? 0;
    const d = imaginary[opposite] ?? 0;
    first[bin] = ((a + c) ** 2 + (b - d) ** 2) / 4;
    second[bin] = ((b + d) ** 2 + (c - a) ** 2) / 4;
  }
}

/** Writes one frame's column of [mels, frames] as log10 of power; gives its highest value. */
function writeFrame(
  features: Float32Array,
  frame: number,
  frames: number,
  power: Float64Array,
  filters: readonly MelFilter[],
): number {
  let highest = silence;
  let mel = 0;
  for (const { start, weights } of filters) {
    let sum = 0;
    for (let at = 0; at < weights.length; at++) sum += (weights[at] ?? 0) * (power[start + at] ?? 0);
    const value = Math.log10(Math.max(1e-10, sum));
    features[mel * frames + frame] = value;
    highest = Math.max(highest, value);
    mel += 1;
  }
  return highest;
}
