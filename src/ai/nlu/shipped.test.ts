import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { LaGraceError } from '../../errors.ts';
import { createFolderLoader, modelsFolder, readPackFromFiles, shippedIntentPack } from '../../tools/model-folder.ts';
import { intents } from '../intents/index.ts';
import { exampleSlots, exampleText } from '../intents/intent.ts';
import { configureRuntime, createSession, ort } from '../runtime.ts';
import { featuresOf } from './features.ts';
import type { IntentModelInfo } from './model-info.ts';
import { createNgramIntentModel, type ExplainingIntentModel } from './ngram.ts';
import { heldOutPhrases } from './phrases/heldout.ts';
import { heldOutCityPhrases } from './phrases/heldout-cities.ts';
import { heldOutCounterPhrases } from './phrases/heldout-counters.ts';
import { heldOutEveningPhrases } from './phrases/heldout-evening.ts';
import { heldOutMarketPhrases } from './phrases/heldout-markets.ts';
import { heldOutNonsensePhrases } from './phrases/heldout-nonsense.ts';
import { heldOutRoughPhrases } from './phrases/heldout-rough.ts';
import { heldOutShortPhrases } from './phrases/heldout-short.ts';
import { heldOutSlotPhrases } from './phrases/heldout-slots.ts';
import { heldOutStreetPhrases } from './phrases/heldout-street.ts';
import type { LabelledPhrase } from './phrases/labelled.ts';
import { tuningPhrases } from './phrases/tuning.ts';
import { trainIntentModel } from './training.ts';
import { foldUtterance } from './utterance.ts';

configureRuntime({ threads: 1 });
const signal = new AbortController().signal;
const pack = await readPackFromFiles(modelsFolder, shippedIntentPack);
let model: ExplainingIntentModel;

beforeAll(async () => {
  model = createNgramIntentModel({ pack, files: createFolderLoader(modelsFolder), backend: 'wasm', threads: 1 });
  await model.load({ signal });
});

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);

/** What became of labelled phrases: shares of right intents and slots, of commands taken for another, and what failed. */
async function judge(phrases: readonly LabelledPhrase[]) {
  const failures: string[] = [];
  const count = { right: 0, slots: 0, rightSlots: 0, commands: 0, mistaken: 0, noCommands: 0, refused: 0 };
  for (const [text, intent, slots = {}] of phrases) {
    const understood = await model.understand(text, { signal });
    const isRight = understood.intent === intent;
    const names = Object.keys(slots) as (keyof typeof slots)[];
    const rightSlots = names.filter((name) => understood.slots[name] === slots[name]).length;
    if (!isRight || rightSlots < names.length) failures.push(`${text}: ${JSON.stringify(understood)}`);
    count.right += isRight ? 1 : 0;
    count.slots += names.length;
    count.rightSlots += rightSlots;
    if (intent === 'unknown') {
      count.noCommands += 1;
      count.refused += isRight ? 1 : 0;
    } else {
      count.commands += 1;
      count.mistaken += !isRight && understood.intent !== 'unknown' ? 1 : 0;
    }
  }
  return {
    intents: share(count.right, phrases.length),
    slots: share(count.rightSlots, count.slots),
    mistaken: share(count.mistaken, Math.max(1, count.commands)),
    refused: share(count.refused, count.noCommands),
    report: failures.join('\n'),
  };
}

async function expectSameScores(onnx: Uint8Array, shipped: Uint8Array, info: IntentModelInfo): Promise<void> {
  const sessions = await Promise.all([createSession(onnx), createSession(shipped)]);
  const known = new Set(info.vocabulary);
  for (const [text] of tuningPhrases) {
    const { indices, weights } = featuresOf(foldUtterance(text), info.features.rows, known);
    const feeds = {
      indices: new ort.Tensor('int32', indices, [indices.length]),
      weights: new ort.Tensor('float32', weights, [1, weights.length]),
    };
    const [made, kept] = await Promise.all(sessions.map((session) => session.run(feeds)));
    info.labels.forEach((label, index) => {
      const before = Number(kept?.['probabilities']?.data[index]);
      expect(Number(made?.['probabilities']?.data[index]), `${text}: ${label}`).toBeCloseTo(before, 2);
    });
  }
}

describe('the shipped intent model', () => {
  it.each([
    ['phrases that nothing was tuned on', heldOutPhrases],
    ['phrases of six cities', heldOutCityPhrases],
    ['phrases of hurried markets', heldOutMarketPhrases],
    ['rough transcripts', heldOutRoughPhrases],
    ['phrases of an evening', heldOutEveningPhrases],
    ['phrases of strangers', heldOutCounterPhrases],
    ['phrases that carry much', heldOutSlotPhrases],
    ['short phrases', heldOutShortPhrases],
    ['phrases of a shop and its street', heldOutStreetPhrases],
    ['phrases for tuning', tuningPhrases],
  ])('understands %s', async (_name, phrases) => {
    const { intents: right, slots, mistaken, refused, report } = await judge(phrases);
    expect(right, report).toBeGreaterThanOrEqual(0.95);
    expect(slots, report).toBeGreaterThanOrEqual(0.95);
    expect(mistaken, report).toBeLessThanOrEqual(0.02);
    expect(refused, report).toBeGreaterThanOrEqual(0.9);
  });

  it('takes hardly anything that only sounds like a command for one', async () => {
    const { mistaken, refused, report } = await judge(heldOutNonsensePhrases);
    expect(mistaken, report).toBe(0);
    expect(refused, report).toBeGreaterThanOrEqual(0.88);
  });

  it.each(['Paul', 'Grâce', 'Bralima', 'lait', 'savon'])('takes no command from %j alone', async (word) => {
    expect((await model.understand(word, { signal })).intent).toBe('unknown');
  });

  it('recognises every example of every intent with its slots', async () => {
    for (const { name, examples } of intents) {
      for (const example of examples) {
        const { intent, slots } = await model.understand(exampleText(example), { signal });
        const expected = { intent: name, slots: exampleSlots(example) };
        expect({ intent, slots }, exampleText(example)).toEqual(expected);
      }
    }
  });

  it('takes under three milliseconds a phrase', async () => {
    const times: number[] = [];
    for (const [text] of heldOutPhrases) {
      const startedAt = performance.now();
      await model.understand(text, { signal });
      times.push(performance.now() - startedAt);
    }
    const median = times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
    expect(median).toBeLessThan(3);
  });

  it('is at most two megabytes', () => {
    expect(pack.files.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(2_000_000);
  });

  it('is what the intents’ files make of the same seed', { timeout: 120_000 }, async () => {
    const folder = join(modelsFolder, pack.root);
    const shipped = JSON.parse(await readFile(join(folder, 'intent_model.json'), 'utf8'));
    const { info, onnx } = await trainIntentModel({ seed: shipped.seed });
    expect(info, 'the intents changed: train the model again').toEqual(shipped);
    const bytes = new Uint8Array(await readFile(join(folder, 'intent_model.onnx')));
    // Equal to the bit on one machine; elsewhere the last bits of exp() may differ, which must change no decision.
    if (Buffer.compare(onnx, bytes) !== 0) await expectSameScores(onnx, bytes, info);
  });

  it('knows the shop’s francs', async () => {
    const inDakar = createNgramIntentModel({
      pack,
      files: createFolderLoader(modelsFolder),
      backend: 'wasm',
      threads: 1,
      money: { franc: 'XOF', cfa: 'XAF' },
    });
    await inDakar.load({ signal });
    const { slots } = await inDakar.understand('facture de cinq mille francs', { signal });
    expect(slots).toEqual({ amount: 5000, currency: 'XOF' });
    expect((await inDakar.understand('facture de cinq mille francs CFA', { signal })).slots.currency).toBe('XAF');
  });
});

describe('an intent model that is not right', () => {
  const load = async (change: (path: string, content: Blob) => Promise<Blob> | Blob): Promise<unknown> => {
    const read = createFolderLoader(modelsFolder);
    const files: typeof read = async (...request) => change(request[1].path, await read(...request));
    const changed = createNgramIntentModel({ pack, files, backend: 'wasm', threads: 1 });
    return changed.load({ signal });
  };
  const isCorrupt = (): unknown => expect.objectContaining({ code: 'model-corrupt' });

  it('is refused when its description is not valid, or made for other n-grams', async () => {
    await expect(load((path, content) => (path.endsWith('.json') ? new Blob(['{}']) : content))).rejects.toEqual(
      isCorrupt(),
    );
    await expect(load((path, content) => (path.endsWith('.json') ? new Blob(['not json']) : content))).rejects.toEqual(
      isCorrupt(),
    );
    const otherScheme = async (path: string, content: Blob): Promise<Blob> =>
      path.endsWith('.json')
        ? new Blob([(await content.text()).replace(/"scheme": "[^"]*"/, '"scheme": "other/1"')])
        : content;
    await expect(load(otherScheme)).rejects.toEqual(isCorrupt());
  });

  it('is refused when the ONNX file is cut', async () => {
    const cut = (path: string, content: Blob): Blob => (path.endsWith('.onnx') ? content.slice(0, 1000) : content);
    await expect(load(cut)).rejects.toEqual(isCorrupt());
  });

  it('is missed when the pack lists no such file', async () => {
    const lacking = createNgramIntentModel({
      pack: { ...pack, files: pack.files.filter(({ path }) => path.endsWith('.json')) },
      files: createFolderLoader(modelsFolder),
      backend: 'wasm',
      threads: 1,
    });
    await expect(lacking.load({ signal })).rejects.toBeInstanceOf(LaGraceError);
  });
});
