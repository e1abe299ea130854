import { configureRuntime } from '../../src/ai/runtime.ts';
import { createWhisper } from '../../src/ai/stt/whisper.ts';
import { createModelFiles } from '../../src/storage/model-files.ts';
import { runtimeFiles } from '../../src/workers/runtime-files.ts';
import { serveRecogniser } from './recogniser-worker.ts';

// Our recogniser on one thread, with a pack that was compared before.
serveRecogniser(async (pack) => {
  configureRuntime({ files: runtimeFiles(self.location.href), threads: 1 });
  const { signal } = new AbortController();
  const modelsUrl = new URL('/models/', self.location.href).href;
  const recogniser = createWhisper({
    pack,
    files: createModelFiles({ modelsUrl, fetch, cache: null }),
    backend: 'wasm',
    threads: 1,
    windowVerdicts: { read: async () => 'same', write: async () => undefined },
  });
  await recogniser.load({ signal });
  return async (sound) => (await recogniser.transcribe(sound, { signal })).text;
});
