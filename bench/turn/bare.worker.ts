import createEspeakModule from 'virtual:espeak';
import espeakData from 'virtual:espeak-data';
import { speechGateEngines } from '../../src/ai/audio/engines.ts';
import { utteranceFromWav } from '../../src/ai/audio/wav.ts';
import type { IntentModel, SpeechGate, SpeechToText, TextToSpeech } from '../../src/ai/engines.ts';
import { intentEngines } from '../../src/ai/nlu/engines.ts';
import { configureRuntime } from '../../src/ai/runtime.ts';
import { speechToTextEngines } from '../../src/ai/stt/engines.ts';
import { textToSpeechEngines } from '../../src/ai/tts/engines.ts';
import { createEspeak } from '../../src/ai/tts/espeak.ts';
import type { ModelChoice } from '../../src/app/model-choice.ts';
import { silentLogger } from '../../src/log.ts';
import { createWindowVerdicts } from '../../src/storage/window-verdicts.ts';
import { connectModels } from '../../src/workers/models.ts';
import type { ServedMethods } from '../../src/workers/protocol.ts';
import { type Endpoint, type Methods, serve } from '../../src/workers/rpc.ts';
import { runtimeFiles } from '../../src/workers/runtime-files.ts';
import type { BareWorker } from './protocol.ts';
import { makeSessionsRecordable, recordRuns, runBare } from './recorded-runs.ts';

// The models of a turn in one worker: each recording is heard and answered once by the app's engines while the inputs of every model's
// run are recorded; after that only the models run.

interface Engines {
  gate: SpeechGate;
  stt: SpeechToText;
  intents: IntentModel;
  tts: TextToSpeech;
}
const { signal } = new AbortController();
const recordings = new Map<string, Awaited<ReturnType<typeof recordRuns>>>();
let engines: Engines | null = null;

async function openEngines(packs: ModelChoice, threads: number): Promise<Engines> {
  const base = self.location.origin;
  makeSessionsRecordable();
  configureRuntime({ files: runtimeFiles(base), threads });
  const files = connectModels({ tree: null, modelsUrl: `${base}/models/`, log: silentLogger }).files;
  const context = { files, backend: 'wasm' as const, threads };
  const response = await fetch(new URL(espeakData, base));
  const espeak = await createEspeak({ factory: createEspeakModule, data: await response.arrayBuffer() });
  const createGate = await speechGateEngines[packs.vad.engine]();
  const createRecogniser = await speechToTextEngines[packs.stt.engine]();
  const createIntentModel = await intentEngines[packs.intent.engine]();
  const createVoice = await textToSpeechEngines[packs.tts.engine]();
  const opened = {
    gate: createGate({ ...context, pack: packs.vad }),
    stt: createRecogniser({ ...context, pack: packs.stt, windowVerdicts: createWindowVerdicts() }),
    intents: createIntentModel({ ...context, pack: packs.intent }),
    tts: createVoice({
      ...context,
      pack: packs.tts,
      region: 'CD',
      phonemizer: async (name) => espeak.phonemizer(name),
    }),
  };
  for (const engine of Object.values(opened)) await engine.load({ signal });
  return opened;
}

/** From the first word of a recording to the last. */
async function cutSpeech({ gate }: Engines, recording: ArrayBuffer): Promise<Float32Array> {
  const samples = utteranceFromWav(new Uint8Array(recording), { maxSeconds: 60 });
  const segments = await gate.segments(samples, { signal });
  return samples.slice(segments[0]?.start, segments.at(-1)?.end);
}

const methods: ServedMethods<BareWorker> = {
  async load({ packs, threads }) {
    engines ??= await openEngines(packs, threads);
    return null;
  },
  async prepare({ name, recording, sentence }) {
    if (!engines) throw new Error('the models were asked to run before they were loaded');
    const { stt, intents, tts } = engines;
    let text = '';
    let samples = 0;
    const record = async (): Promise<void> => {
      if (!engines) return;
      const utterance = await cutSpeech(engines, recording);
      samples = utterance.length;
      ({ text } = await stt.transcribe(utterance, { signal }));
      await intents.understand(text, { signal });
      if (sentence !== null) await tts.speak(sentence, { signal });
    };
    recordings.set(name, await recordRuns(record));
    return { text, samples };
  },
  async run(name) {
    const runs = recordings.get(name);
    if (!runs) throw new Error(`${name} was not prepared`);
    return runBare(runs);
  },
};
// A worker's own scope; the types here are a page's.
serve(self as unknown as Endpoint, methods as unknown as Methods);
