import { beforeAll, describe, expect, it } from 'vitest';
import type { PackOf } from '../../schema.ts';
import { readFrozenSet, sampleOf } from '../../tools/frozen-speech.ts';
import { loudnessLufs } from '../../tools/loudness.ts';
import { createFolderLoader, modelsFolder, readStarterPack } from '../../tools/model-folder.ts';
import { audible, loadShippedVoice, percentile, testSentences } from '../../tools/shipped-voice.ts';
import { resample } from '../audio/resample.ts';
import type { Speech, TextToSpeech } from '../engines.ts';
import { configureRuntime } from '../runtime.ts';
import { createWhisper } from '../stt/whisper.ts';

// What the shipped voice was asked to be, on the sentences that its training never saw. `LAWS=long` takes all of them.
const timeoutMs = 600_000;
const signal = new AbortController().signal;
configureRuntime({ threads: 1 });

const files = createFolderLoader(modelsFolder);
const speakers = [
  { name: 'homme', speaker: 0, lowestHz: 60, highestHz: 140 },
  { name: 'femme', speaker: 1, lowestHz: 150, highestHz: 300 },
];
interface Said extends Speech {
  sentence: string;
}
let voice: TextToSpeech;
let pack: PackOf<'tts'>;
const spoken = new Map<number, Said[]>();

const say = (sentence: string, speaker: number): Promise<Speech> => voice.speak(sentence, { signal, speaker });

async function sayAll(texts: readonly string[], speaker: number): Promise<Said[]> {
  const said: Said[] = [];
  for (const sentence of texts) said.push({ sentence, ...(await say(sentence, speaker)) });
  return said;
}

beforeAll(async () => {
  ({ pack, voice } = await loadShippedVoice());
  for (const { speaker } of speakers) spoken.set(speaker, await sayAll(sampleOf(testSentences, 25), speaker));
}, timeoutMs);

const saidBy = (speaker: number): readonly Said[] => spoken.get(speaker) ?? [];

/** Pitch of the loudest stretch, by autocorrelation. */
function pitchHz(samples: Float32Array, sampleRate: number): number {
  const size = Math.round(0.06 * sampleRate);
  const power = (start: number): number => samples.subarray(start, start + size).reduce((sum, x) => sum + x * x, 0);
  let loudest = 0;
  for (let start = 0; start + 2 * size <= samples.length; start += size)
    if (power(start) > power(loudest)) loudest = start;
  let [best, lag] = [0, 0];
  for (let shift = Math.round(sampleRate / 350); shift <= Math.round(sampleRate / 60); shift += 1) {
    let [sum, energy] = [0, 1e-9];
    for (let index = loudest; index < loudest + size; index += 1) {
      const later = samples[index + shift] ?? 0;
      sum += (samples[index] ?? 0) * later;
      energy += later * later;
    }
    // A later peak is the same pitch an octave lower, unless it is clearly better.
    if (sum / Math.sqrt(energy) > 1.05 * best) [best, lag] = [sum / Math.sqrt(energy), shift];
  }
  return sampleRate / lag;
}

describe('the shipped voice', () => {
  it('is at most 4 MB and speaks at 22,050 Hz', () => {
    expect(pack.files.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(4_000_000);
    expect(new Set(saidBy(0).map(({ sampleRate }) => sampleRate))).toEqual(new Set([22_050]));
  });

  it.each(speakers)('is about -18 LUFS as $name, and even', ({ speaker }) => {
    const levels = saidBy(speaker).map(({ samples, sampleRate }) => loudnessLufs(samples, sampleRate));
    expect(Math.abs(percentile(levels, 0.5) + 18)).toBeLessThan(1);
    expect(percentile(levels, 0.95) - percentile(levels, 0.05)).toBeLessThan(4);
  });

  it.each(speakers)('begins and ends without a click as $name, its last phoneme whole', ({ speaker }) => {
    for (const { sentence, samples, sampleRate } of saidBy(speaker)) {
      const edge = Math.round(0.005 * sampleRate);
      const steps = (part: Float32Array): number[] =>
        [...part].map((sample, index) => Math.abs(sample - (part[index - 1] ?? sample)));
      expect(Math.max(...steps(samples.subarray(0, edge))), sentence).toBeLessThan(0.1);
      expect(samples[0], sentence).toBeCloseTo(0, 3);
      // The pause that the app puts after a sentence is 200 ms; the voice's own silence comes before it.
      const silence = samples.length - 1 - samples.findLastIndex((sample) => Math.abs(sample) > audible);
      expect((silence / sampleRate) * 1000, sentence).toBeGreaterThan(220);
      expect(
        samples.every((sample) => Math.abs(sample) <= 1),
        sentence,
      ).toBe(true);
    }
  });

  it.each(speakers)('sounds like a $name', ({ speaker, lowestHz, highestHz }) => {
    const pitch = percentile(
      saidBy(speaker).map(({ samples, sampleRate }) => pitchHz(samples, sampleRate)),
      0.5,
    );
    expect(pitch).toBeGreaterThan(lowestHz);
    expect(pitch).toBeLessThan(highestHz);
  });

  it('says amounts that the shipped recogniser hears as they are', { timeout: timeoutMs }, async () => {
    const heardBy = await readStarterPack(modelsFolder, 'stt');
    const recogniser = createWhisper({ pack: heardBy, files, backend: 'wasm', threads: 1 });
    await recogniser.load({ signal });
    let [right, count] = [0, 0];
    for (const { transcript } of sampleOf(readFrozenSet('amounts'), 12)) {
      for (const { speaker } of speakers) {
        const { samples, sampleRate } = await say(`${transcript}.`, speaker);
        const heard = await recogniser.transcribe(resample(samples, sampleRate, 16_000), { signal });
        count += 1;
        right += heard.text === transcript ? 1 : 0;
      }
    }
    expect(right / count).toBeGreaterThan(0.9);
  });
});
