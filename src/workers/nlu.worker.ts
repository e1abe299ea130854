import type { IntentModel } from '../ai/engines.ts';
import { intentEngines } from '../ai/nlu/engines.ts';
import { configureRuntime } from '../ai/runtime.ts';
import { LaGraceError } from '../errors.ts';
import { createModelFiles } from '../storage/model-files.ts';
import type { NluWorker, ServedMethods } from './protocol.ts';
import { serve } from './rpc.ts';

let intents: IntentModel | null = null;

const methods: ServedMethods<NluWorker> = {
  async load({ pack, modelsUrl, runtime, threads, franc, cfa }, { signal, emit }) {
    configureRuntime({ files: runtime, threads });
    const createIntentModel = await intentEngines[pack.engine]();
    const files = createModelFiles({ modelsUrl, fetch, cache: await caches.open('models') });
    intents = createIntentModel({ pack, files, backend: 'wasm', threads, money: { franc, cfa } });
    return intents.load({ signal, onProgress: emit });
  },
  async understand(text, { signal }) {
    if (!intents)
      throw new LaGraceError('model-failed', 'the intent model was asked to understand before it was loaded');
    return intents.understand(text, { signal });
  },
};
serve(self, methods);
