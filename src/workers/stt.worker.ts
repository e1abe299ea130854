import type { SpeechToText } from '../ai/engines.ts';
import { ort } from '../ai/runtime.ts';
import { speechToTextEngines } from '../ai/stt/engines.ts';
import { LaGraceError } from '../errors.ts';
import { createLogger } from '../log.ts';
import { createWindowVerdicts } from '../storage/window-verdicts.ts';
import { connectModels } from './models.ts';
import type { ServedMethods, SttWorker } from './protocol.ts';
import { serve } from './rpc.ts';
import { prepareRuntime } from './thread-runtime.ts';
import { workerSink } from './worker-log.ts';

const log = createLogger(workerSink);
let recogniser: SpeechToText | null = null;

const methods: ServedMethods<SttWorker> = {
  async load({ pack, backend, modelsUrl, tree, runtime, threads, shortWindow }, { signal, emit }) {
    const createRecogniser = await speechToTextEngines[pack.engine]();
    const models = connectModels({ tree, modelsUrl, log });
    prepareRuntime(models, { runtime, threads });
    const windowVerdicts = createWindowVerdicts();
    const loading = createRecogniser({ pack, files: models.files, backend, threads, shortWindow, windowVerdicts, log });
    recogniser = loading;
    return models.loadRepairing(pack, () => loading.load({ signal, onProgress: emit }));
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
