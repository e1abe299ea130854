import type { IntentModel } from '../ai/engines.ts';
import { intentEngines } from '../ai/nlu/engines.ts';
import { LaGraceError } from '../errors.ts';
import { createLogger } from '../log.ts';
import { connectModels } from './models.ts';
import type { NluWorker, ServedMethods } from './protocol.ts';
import { serve } from './rpc.ts';
import { prepareRuntime } from './thread-runtime.ts';
import { workerSink } from './worker-log.ts';

const log = createLogger(workerSink);
let intents: IntentModel | null = null;

const methods: ServedMethods<NluWorker> = {
  async load({ pack, modelsUrl, tree, runtime, threads, franc, cfa }, { signal, emit }) {
    const createIntentModel = await intentEngines[pack.engine]();
    const models = connectModels({ tree, modelsUrl, log });
    prepareRuntime(models, { runtime, threads });
    const loading = createIntentModel({ pack, files: models.files, backend: 'wasm', threads, money: { franc, cfa } });
    intents = loading;
    return models.loadRepairing(pack, () => loading.load({ signal, onProgress: emit }));
  },
  async understand(text, { signal }) {
    if (!intents)
      throw new LaGraceError('model-failed', 'the intent model was asked to understand before it was loaded');
    return intents.understand(text, { signal });
  },
};
serve(self, methods);
