import { type DialogueContext, freshDialogue, hear } from '../src/ai/dialogue.ts';
import { featuresOf } from '../src/ai/nlu/features.ts';
import { parseIntentModelInfo } from '../src/ai/nlu/model-info.ts';
import { createNgramIntentModel } from '../src/ai/nlu/ngram.ts';
import { foldUtterance } from '../src/ai/nlu/utterance.ts';
import { createFileReader } from '../src/ai/pack-files.ts';
import { configureRuntime, createSession, ort } from '../src/ai/runtime.ts';
import { createEspeak, type EspeakFactory, type Phonemizer } from '../src/ai/tts/espeak.ts';
import { createPiper } from '../src/ai/tts/piper.ts';
import { silentLogger } from '../src/log.ts';
import type { PackOf, Understanding } from '../src/schema.ts';
import { createFolderLoader, modelsFolder } from '../src/tools/model-folder.ts';

// What the benchmarks that run in Node measure: the app's own engines on the shipped models.

const { signal } = new AbortController();
type EspeakFiles = { factory: EspeakFactory; data: ArrayBuffer };

export { speakable } from '../src/ai/french/speakable.ts';

/** Understands one phrase. */
export async function openIntentModel(pack: PackOf<'intent'>): Promise<(text: string) => Promise<unknown>> {
  configureRuntime({ threads: 1 });
  const model = createNgramIntentModel({ pack, files: createFolderLoader(modelsFolder), backend: 'wasm', threads: 1 });
  await model.load({ signal });
  return (text) => model.understand(text, { signal });
}

/** Runs the model alone on phrases that were folded and hashed before: what ONNX Runtime takes of one phrase. */
export async function openBareIntentModel(
  pack: PackOf<'intent'>,
  phrases: readonly string[],
): Promise<(text: string) => Promise<unknown>> {
  configureRuntime({ threads: 1 });
  const files = createFolderLoader(modelsFolder);
  const read = createFileReader({ pack, files }, { signal });
  const info = parseIntentModelInfo(await (await read('.json')).text(), pack.id);
  const session = await createSession(new Uint8Array(await (await read('.onnx')).arrayBuffer()));
  const known = new Set(info.vocabulary);
  const feeds = new Map(
    phrases.map((phrase) => {
      const { indices, weights } = featuresOf(foldUtterance(phrase), info.features.rows, known);
      return [
        phrase,
        {
          indices: new ort.Tensor('int32', indices, [indices.length]),
          weights: new ort.Tensor('float32', weights, [1, weights.length]),
        },
      ];
    }),
  );
  return async (text) => session.run(feeds.get(text) ?? {});
}

/** Takes one step of a dialogue that has asked for the amount: the answer to it, understood already. */
export function openDialogueStep(): (text: string) => unknown {
  const context: DialogueContext = {
    region: 'CD',
    franc: 'CDF',
    cfa: 'XOF',
    now: 0,
    home: 'USD',
    idleMs: 120_000,
    doubtBelow: -0.6,
    terms: { discount: null, taxRate: 0, payment: null },
    newId: () => 'document',
  };
  const understood = (intent: 'invoice' | 'unknown') =>
    ({ intent, confidence: 1, by: 'template', slots: {} }) as const satisfies Understanding;
  const beginning = { text: 'fais une facture', understanding: understood('invoice'), confidence: null };
  const { state } = hear(freshDialogue, beginning, context);
  return (text) => hear(state, { text, understanding: understood('unknown'), confidence: -0.1 }, context);
}

export async function openPhonemizer(files: EspeakFiles): Promise<Phonemizer> {
  return (await createEspeak(files)).phonemizer('fr');
}

/** Says one sentence: seconds of sound. */
export async function openVoice(
  pack: PackOf<'tts'>,
  files: EspeakFiles,
  threads: number,
): Promise<(sentence: string) => Promise<number>> {
  configureRuntime({ threads });
  const espeak = await createEspeak(files);
  const voice = createPiper({
    pack,
    files: createFolderLoader(modelsFolder),
    backend: 'wasm',
    threads,
    region: 'CD',
    phonemizer: async (name) => espeak.phonemizer(name),
    log: silentLogger,
  });
  await voice.load({ signal });
  return async (sentence) => {
    const { samples, sampleRate } = await voice.speak(sentence, { signal });
    return samples.length / sampleRate;
  };
}
