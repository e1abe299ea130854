import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { resample } from '../ai/audio/resample.ts';
import { type Utterance, utteranceSampleRate } from '../ai/engines.ts';
import { createRandom } from '../ai/nlu/random.ts';

const itemSchema = v.object({
  text: v.string(),
  /** What espeak-ng calls the language and the way of speaking: voices that no training ever heard. */
  language: v.string(),
  variant: v.string(),
  pitch: v.number(),
  words_per_minute: v.number(),
  before_ms: v.number(),
  after_ms: v.number(),
  seed: v.number(),
  /** What a recogniser should write; empty for what is not meant for the assistant. */
  transcript: v.string(),
});
/** Who says what, and how: an item of the recogniser's frozen test sets. */
export type FrozenItem = v.InferOutput<typeof itemSchema>;

/** The frozen set of that name, in its own order. */
export function readFrozenSet(name: 'sentences' | 'amounts' | 'out_of_domain'): FrozenItem[] {
  const file = new URL(`../../training/recogniser/testsets/${name}.json`, import.meta.url);
  return v.parse(v.array(itemSchema), JSON.parse(readFileSync(file, 'utf8')));
}

/** About `count` of the items, evenly chosen; all of them where `LAWS=long` asks for the long tests. */
export function sampleOf<T>(items: readonly T[], count: number): T[] {
  const step = process.env['LAWS'] === 'long' ? 1 : Math.ceil(items.length / count);
  return items.filter((_, index) => index % step === 0);
}

/** What is used of espeak-ng with all its languages and voices, as its npm package has it. */
interface SpeakingEspeak {
  set_voice(name: string): number;
  set_rate(wordsPerMinute: number): void;
  set_pitch(pitch: number): void;
  /** Gives chunks of 16-bit samples at 22 050 Hz as they are made; true from `onChunk` ends it. */
  synthesize(text: string, onChunk: (chunk: ArrayBufferLike | null) => boolean): void;
}
export type SpeakingEspeakFactory = (options: {
  getPreloadedPackage: () => ArrayBuffer;
}) => Promise<{ eSpeakNGWorker: new () => SpeakingEspeak }>;

const espeakRate = 22_050;
const peak = 0.5;
/** Under this, espeak-ng's own silence around the words. */
const audible = 0.004;

/**
 * Says frozen items: samples at 16 kHz, with white noise at `snrDb` where it is given. Nearly the audio that the figures of the
 * recogniser's card were measured on: the same voices and words, from another build of espeak-ng and with other noise.
 */
export async function createFrozenSpeech(source: {
  factory: SpeakingEspeakFactory;
  data: ArrayBuffer;
}): Promise<(item: FrozenItem, snrDb?: number) => Utterance> {
  const { eSpeakNGWorker } = await source.factory({ getPreloadedPackage: () => source.data });
  const espeak = new eSpeakNGWorker();
  const spoken = new Map<FrozenItem, Float32Array>();
  return (item, snrDb) => {
    const said = spoken.get(item) ?? resample(withoutSilence(speak(espeak, item)), espeakRate, utteranceSampleRate);
    spoken.set(item, said);
    const before = Math.round((item.before_ms / 1000) * utteranceSampleRate);
    const after = Math.round((item.after_ms / 1000) * utteranceSampleRate);
    const samples = new Float32Array(before + said.length + after);
    samples.set(said, before);
    if (snrDb !== undefined) addNoise(samples, snrDb, item.seed);
    return scaledToPeak(samples);
  };
}

function speak(espeak: SpeakingEspeak, item: FrozenItem): Float32Array {
  const voice = `${item.language}+${item.variant}`;
  if (espeak.set_voice(voice) !== 0) throw new Error(`espeak-ng has no voice ${voice}`);
  espeak.set_rate(item.words_per_minute);
  espeak.set_pitch(item.pitch);
  const chunks: Int16Array[] = [];
  espeak.synthesize(item.text, (chunk) => {
    if (chunk) chunks.push(new Int16Array(chunk).slice());
    return false;
  });
  return Float32Array.from(
    chunks.flatMap((chunk) => [...chunk]),
    (sample) => sample / 32_768,
  );
}

function withoutSilence(samples: Float32Array): Float32Array {
  const isLoud = (sample: number): boolean => Math.abs(sample) > audible;
  return samples.subarray(Math.max(0, samples.findIndex(isLoud) - 400), samples.findLastIndex(isLoud) + 1100);
}

function addNoise(samples: Float32Array, snrDb: number, seed: number): void {
  const random = createRandom(seed);
  const power = samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length;
  // Uniform noise of unit power reaches from -√3 to √3.
  const size = Math.sqrt(3 * power) * 10 ** (-snrDb / 20);
  for (const index of samples.keys()) samples[index] = (samples[index] ?? 0) + size * (2 * random.next() - 1);
}

function scaledToPeak(samples: Float32Array): Float32Array {
  const largest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-6);
  return samples.map((sample) => (sample * peak) / largest);
}
