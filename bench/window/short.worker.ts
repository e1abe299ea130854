import { configureRuntime } from '../../src/ai/runtime.ts';
import { createWhisper } from '../../src/ai/stt/whisper.ts';
import { silentLogger } from '../../src/log.ts';
import { connectModels } from '../../src/workers/models.ts';
import { runtimeFiles } from '../../src/workers/runtime-files.ts';
import { serveRecogniser } from './recogniser-worker.ts';

// Our recogniser on one thread, with a pack that was compared before.
serveRecogniser(async (pack) => {
  configureRuntime({ files: runtimeFiles(self.location.href), threads: 1 });
  const { signal } = new AbortController();
  const modelsUrl = new URL('/models/', self.location.href).href;
  const recogniser = createWhisper({
    pack,
    files: connectModels({ tree: null, modelsUrl, log: silentLogger }).files,
    backend: 'wasm',
    threads: 1,
    windowVerdicts: { read: async () => 'same', write: async () => undefined },
  });
  await recogniser.load({ signal });
  return async (sound) => (await recogniser.transcribe(sound, { signal })).text;
});
