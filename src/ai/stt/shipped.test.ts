import { beforeAll, describe, expect, it } from 'vitest';
import { importWholeEspeak } from '../../../scripts/espeak-data.mjs';
import { createFrozenSpeech, type FrozenItem, readFrozenSet, sampleOf } from '../../tools/frozen-speech.ts';
import { createFolderLoader, modelsFolder, readStarterPack } from '../../tools/model-folder.ts';
import type { IntentModel, SpeechToText, Utterance } from '../engines.ts';
import { createNgramIntentModel } from '../nlu/ngram.ts';
import { createRandom } from '../nlu/random.ts';
import { configureRuntime } from '../runtime.ts';
import { createWhisper } from './whisper.ts';

// The floors of the shipped recogniser, on the frozen sets' words and voices. `LAWS=long` takes the whole sets.
const timeoutMs = 600_000;
const signal = new AbortController().signal;
configureRuntime({ threads: 1 });

const files = createFolderLoader(modelsFolder);
let recogniser: SpeechToText;
let intents: IntentModel;
let say: (item: FrozenItem, snrDb?: number) => Utterance;

beforeAll(async () => {
  const run = { files, backend: 'wasm', threads: 1 } as const;
  recogniser = createWhisper({ pack: await readStarterPack(modelsFolder, 'stt'), ...run });
  intents = createNgramIntentModel({ pack: await readStarterPack(modelsFolder, 'intent'), ...run });
  [say] = await Promise.all([
    createFrozenSpeech(await importWholeEspeak()),
    recogniser.load({ signal }),
    intents.load({ signal }),
  ]);
}, timeoutMs);

const transcript = async (samples: Utterance): Promise<string> =>
  (await recogniser.transcribe(samples, { signal })).text;
const heardClean = new Map<FrozenItem, string>();
/** What the recogniser makes of an item; two tests ask it of the clean sentences. */
async function hear(item: FrozenItem, snrDb?: number): Promise<string> {
  const text = (snrDb === undefined ? heardClean.get(item) : undefined) ?? (await transcript(say(item, snrDb)));
  if (snrDb === undefined) heardClean.set(item, text);
  return text;
}
const words = (text: string): string[] => text.split(' ').filter(Boolean);

/** Words left out, put in or taken for another (Levenshtein). */
function wordErrors(wanted: readonly string[], heard: readonly string[]): number {
  let row = heard.map((_, index) => index + 1);
  wanted.forEach((word, before) => {
    let left = before + 1;
    let diagonal = before;
    row = row.map((above, index) => {
      left = Math.min(above + 1, left + 1, diagonal + (heard[index] === word ? 0 : 1));
      diagonal = above;
      return left;
    });
  });
  return row.at(-1) ?? wanted.length;
}

async function wordErrorRate(items: readonly FrozenItem[], snrDb?: number): Promise<number> {
  let wrong = 0;
  for (const item of items) wrong += wordErrors(words(item.transcript), words(await hear(item, snrDb)));
  return wrong / items.reduce((sum, item) => sum + words(item.transcript).length, 0);
}

async function shareExact(items: readonly FrozenItem[], snrDb?: number): Promise<number> {
  let right = 0;
  for (const item of items) right += (await hear(item, snrDb)) === item.transcript ? 1 : 0;
  return right / items.length;
}

/** For what share of the items it holds, of 1. */
async function share(
  items: readonly FrozenItem[],
  holds: (text: string) => boolean | Promise<boolean>,
): Promise<number> {
  let count = 0;
  for (const item of items) count += (await holds(await hear(item))) ? 1 : 0;
  return count / items.length;
}

describe('the shipped recogniser, with voices it never heard', () => {
  const sentences = sampleOf(readFrozenSet('sentences'), 40);
  const amounts = sampleOf(readFrozenSet('amounts'), 40);

  it('gets at most one word in twenty wrong', { timeout: timeoutMs }, async () => {
    expect(await wordErrorRate(sentences)).toBeLessThan(0.05);
  });

  it('gets at most one word in ten wrong in noise', { timeout: timeoutMs }, async () => {
    expect(await wordErrorRate(sentences, 10)).toBeLessThan(0.1);
  });

  it('hears nine amounts in ten exactly, eight in noise', { timeout: timeoutMs }, async () => {
    expect(await shareExact(amounts)).toBeGreaterThan(0.9);
    expect(await shareExact(amounts, 10)).toBeGreaterThan(0.8);
  });

  it('refuses hardly anything that is meant for it', { timeout: timeoutMs }, async () => {
    expect(await share(sentences, (text) => text === '')).toBeLessThan(0.03);
  });

  it('leaves nine in ten utterances that are about something else', { timeout: timeoutMs }, async () => {
    const isNotUnderstood = async (text: string): Promise<boolean> =>
      text === '' || (await intents.understand(text, { signal })).intent === 'unknown';
    expect(await share(sampleOf(readFrozenSet('out_of_domain'), 60), isNotUnderstood)).toBeGreaterThan(0.9);
  });

  it('hears no word in silence, noise, hum or knocks', { timeout: timeoutMs }, async () => {
    const random = createRandom(1);
    const sound = (at: (second: number, index: number) => number): Utterance =>
      Float32Array.from({ length: 2 * 16_000 }, (_, index) => at(index / 16_000, index));
    const sounds = [
      sound(() => 0),
      sound(() => 0.003 * random.next()),
      sound(() => 0.2 * (2 * random.next() - 1)),
      sound((second) => 0.3 * Math.sin(2 * Math.PI * 50 * second) + 0.1 * Math.sin(2 * Math.PI * 150 * second)),
      sound((second) => 0.3 * Math.sin(2 * Math.PI * 440 * second) * Math.sin(2 * Math.PI * 3 * second)),
      sound((second) => 0.8 * Math.exp(-80 * (second % 0.5)) * (2 * random.next() - 1)),
    ];
    for (const samples of sounds) expect(await transcript(samples)).toBe('');
  });
});
