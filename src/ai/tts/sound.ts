import type { Speech } from '../engines.ts';

const fadeSeconds = 0.008;
/** Between two sentences, and after the last, where a player that stops at once would click. */
const pauseSeconds = 0.2;
/** What is said over a counter must carry. */
const wantedSpeechLevel = 0.125;
const highestPeak = 0.97;
/** What is left of the silence before the first sound: more than the fade, so that no burst is faded. */
const leadInSeconds = 0.012;
/** 50 dB below the loudest sample: nobody hears what is quieter. */
const inaudible = 10 ** (-50 / 20);

/** The largest absolute sample, or null where a sample is not a finite number. */
export function peakOf(samples: Float32Array): number | null {
  let peak = 0;
  for (const sample of samples) {
    if (!Number.isFinite(sample)) return null;
    peak = Math.max(peak, Math.abs(sample));
  }
  return peak;
}

/**
 * How much louder a quiet voice has to be, from a sentence of its own: the mean power of the 20-ms frames within 30 dB of the loudest one is
 * raised to -18 dB below full scale, at most four times in amplitude. A louder voice stays as it was made.
 */
export function levellingGain({ samples, sampleRate }: Speech): number {
  const frameLength = Math.round(sampleRate / 50);
  const powers: number[] = [];
  for (let start = 0; start + frameLength <= samples.length; start += frameLength) {
    const frame = samples.subarray(start, start + frameLength);
    powers.push(frame.reduce((sum, sample) => sum + sample * sample, 0) / frameLength);
  }
  const loudest = powers.reduce((most, power) => Math.max(most, power), 0);
  if (loudest === 0) return 1;
  const spoken = powers.filter((power) => power > loudest / 1000);
  const level = Math.sqrt(spoken.reduce((sum, power) => sum + power, 0) / spoken.length);
  return Math.min(4, Math.max(1, wantedSpeechLevel / level));
}

/** A sentence from just before its first sound: silence that a voice puts before it would only be waited for. */
export function withoutLeadIn(sentence: Float32Array, sampleRate: number): Float32Array {
  const threshold = (peakOf(sentence) ?? 0) * inaudible;
  const first = sentence.findIndex((sample) => Math.abs(sample) > threshold);
  return sentence.subarray(Math.max(0, first - Math.round(leadInSeconds * sampleRate)));
}

/**
 * Sentences in one stretch of sound: at once, at the voice's gain but never clipped, faded at both ends, a pause after each.
 */
export function joinSentences(said: readonly Float32Array[], sampleRate: number, gain: number): Speech {
  const sentences = said.map((sentence) => withoutLeadIn(sentence, sampleRate));
  const pause = Math.round(pauseSeconds * sampleRate);
  const samples = new Float32Array(sentences.reduce((length, sentence) => length + sentence.length + pause, 0));
  let start = 0;
  for (const sentence of sentences) {
    const place = samples.subarray(start, start + sentence.length);
    place.set(sentence);
    scaleAndFade(place, Math.min(gain, highestPeak / (peakOf(sentence) || highestPeak)), fadeSeconds * sampleRate);
    start += sentence.length + pause;
  }
  return { samples, sampleRate };
}

function scaleAndFade(samples: Float32Array, gain: number, fadeSamples: number): void {
  const last = samples.length - 1;
  for (let index = 0; index <= last; index++) {
    const fade = Math.min(1, Math.min(index, last - index) / fadeSamples);
    samples[index] = (samples[index] ?? 0) * gain * fade;
  }
}
