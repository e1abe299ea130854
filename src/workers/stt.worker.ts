import type { SpeechToText } from '../ai/engines.ts';
import { configureRuntime, ort } from '../ai/runtime.ts';
import { speechToTextEngines } from '../ai/stt/engines.ts';
import { LaGraceError } from '../errors.ts';
import { consoleSink, createLogger } from '../log.ts';
import { createModelFiles } from '../storage/model-files.ts';
import { createWindowVerdicts } from '../storage/window-verdicts.ts';
import type { ServedMethods, SttWorker } from './protocol.ts';
import { serve } from './rpc.ts';

const log = createLogger(consoleSink);
let recogniser: SpeechToText | null = null;

const methods: ServedMethods<SttWorker> = {
  async load({ pack, backend, modelsUrl, runtime, threads, shortWindow }, { signal, emit }) {
    configureRuntime({ files: runtime, threads });
    const createRecogniser = await speechToTextEngines[pack.engine]();
    const files = createModelFiles({ modelsUrl, fetch, cache: await caches.open('models') });
    const windowVerdicts = createWindowVerdicts();
    recogniser = createRecogniser({ pack, files, backend, threads, shortWindow, windowVerdicts, log });
    return recogniser.load({ signal, onProgress: emit });
  },
  async transcribe(utterance, { signal, emit }) {
    if (!recogniser) throw new LaGraceError('model-failed', 'the recogniser was asked to listen before it was loaded');
    return recogniser.transcribe(utterance, { signal, onPartial: emit });
  },
};
serve(self, methods);

/** A build for tests can take the GPU away from under the engine, as sleep and drivers do. */
if (import.meta.env.MODE === 'faults') {
  const loseGpu = async (): Promise<void> => (await ort.env.webgpu.device)?.destroy();
  self.addEventListener('message', (event) => {
    if (event instanceof MessageEvent && event.data === 'lose-gpu') void loseGpu();
  });
}
