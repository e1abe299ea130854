import { env, pipeline } from '@huggingface/transformers';
import { runtimeFiles } from '../../src/workers/runtime-files.ts';
import { serveRecogniser } from './recogniser-worker.ts';

// The library as anyone would use it, on one thread and with our copy of its runtime's files.
serveRecogniser(async ({ root }) => {
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = '/models/';
  env.useBrowserCache = false;
  // It would load the runtime from a Blob, which the content policy forbids.
  env.useWasmCache = false;
  Object.assign(env.backends.onnx.wasm ?? {}, { wasmPaths: runtimeFiles(self.location.href), numThreads: 1 });
  const recognise = await pipeline('automatic-speech-recognition', root, { dtype: 'q8', device: 'wasm' });
  return async (sound) => {
    const [output] = [await recognise(sound, { language: 'french', task: 'transcribe' })].flat();
    return output?.text.trim() ?? '';
  };
});
