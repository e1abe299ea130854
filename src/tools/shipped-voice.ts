import { readFileSync } from 'node:fs';
import { importEspeak } from '../../scripts/espeak-data.mjs';
import type { TextToSpeech } from '../ai/engines.ts';
import { configureRuntime } from '../ai/runtime.ts';
import { createEspeak } from '../ai/tts/espeak.ts';
import { createPiper } from '../ai/tts/piper.ts';
import type { PackOf } from '../schema.ts';
import { createFolderLoader, modelsFolder, readStarterPack } from './model-folder.ts';

/** The frozen sentences, which the voice's training never saw. */
export const testSentences = readFileSync(new URL('../../training/voice/test_sentences.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean);

/** -45 dB below full scale: what a person at a counter can still hear. */
export const audible = 10 ** (-45 / 20);

/** The value below which this share of them lies, 0 to 1; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? Number.NaN;
}

/** The shipped voice on one thread, loaded. */
export async function loadShippedVoice(): Promise<{ pack: PackOf<'tts'>; voice: TextToSpeech }> {
  configureRuntime({ threads: 1 });
  const pack = await readStarterPack(modelsFolder, 'tts');
  const espeak = await createEspeak(await importEspeak());
  const voice = createPiper({
    pack,
    files: createFolderLoader(modelsFolder),
    backend: 'wasm',
    threads: 1,
    region: 'CD',
    phonemizer: async (name) => espeak.phonemizer(name),
  });
  await voice.load({ signal: new AbortController().signal });
  return { pack, voice };
}
