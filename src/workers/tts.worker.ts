import createEspeakModule from 'virtual:espeak';
import type { TextToSpeech } from '../ai/engines.ts';
import { textToSpeechEngines } from '../ai/tts/engines.ts';
import { createEspeak, type Espeak } from '../ai/tts/espeak.ts';
import { LaGraceError } from '../errors.ts';
import { createLogger } from '../log.ts';
import { connectModels } from './models.ts';
import type { ServedMethods, TtsWorker } from './protocol.ts';
import { serve, transfer } from './rpc.ts';
import { prepareRuntime } from './thread-runtime.ts';
import { workerSink } from './worker-log.ts';

const log = createLogger(workerSink);
let voice: TextToSpeech | null = null;
let espeak: Promise<Espeak> | null = null;

function startEspeak(dataAddress: string): Promise<Espeak> {
  espeak ??= fetchData(dataAddress)
    .then((data) => createEspeak({ factory: createEspeakModule, data }))
    .catch((cause: unknown) => {
      espeak = null;
      throw cause;
    });
  return espeak;
}

async function fetchData(address: string): Promise<ArrayBuffer> {
  try {
    const response = await fetch(address);
    if (response.ok) return await response.arrayBuffer();
    throw new LaGraceError('model-missing', `${address} answered ${response.status}; build the app again`);
  } catch (cause) {
    if (cause instanceof LaGraceError) throw cause;
    throw new LaGraceError('network-failed', `${address} could not be fetched; is the companion running?`, { cause });
  }
}

const methods: ServedMethods<TtsWorker> = {
  async load({ pack, modelsUrl, tree, runtime, threads, espeakData, region }, { signal, emit }) {
    const createVoice = await textToSpeechEngines[pack.engine]();
    const models = connectModels({ tree, modelsUrl, log });
    prepareRuntime(models, { runtime, threads });
    const loading = createVoice({
      pack,
      files: models.files,
      backend: 'wasm',
      threads,
      phonemizer: async (name) => (await startEspeak(espeakData)).phonemizer(name),
      region,
      log,
    });
    voice = loading;
    return models.loadRepairing(pack, () => loading.load({ signal, onProgress: emit }));
  },
  async speak({ sentence, speaker }, { signal }) {
    if (!voice) throw new LaGraceError('model-failed', 'the voice was asked to speak before it was loaded');
    const speech = await voice.speak(sentence, { signal, ...(speaker !== undefined && { speaker }) });
    return transfer(speech, [speech.samples.buffer]);
  },
};
serve(self, methods);
