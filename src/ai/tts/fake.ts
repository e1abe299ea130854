import { LaGraceError } from '../../errors.ts';
import type { LoadOptions, TextToSpeech } from '../engines.ts';

const sampleRate = 16_000;
const toneHz = 220;
const secondsPerLetter = 0.06;

/** A voice without a model, for tests of what stands around it: a tone as long as its sentence. `beforeLoad` may make a load fail. */
export function createFakeTextToSpeech({ beforeLoad }: { beforeLoad?: () => Promise<void> } = {}): TextToSpeech {
  let loaded = false;
  return {
    async load({ signal, onProgress }: LoadOptions) {
      signal.throwIfAborted();
      await beforeLoad?.();
      onProgress?.({ packId: 'fake-tts', loadedBytes: 1, totalBytes: 1 });
      loaded = true;
      return { packId: 'fake-tts', backend: 'wasm', threads: 1 };
    },
    async speak(sentence, { signal, speaker = 0 }) {
      signal.throwIfAborted();
      if (!loaded) throw new LaGraceError('model-failed', 'the fake voice was asked to speak before it was loaded');
      const letters = sentence.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
      const step = (2 * Math.PI * toneHz * (speaker + 1)) / sampleRate;
      const length = Math.round(letters * secondsPerLetter * sampleRate);
      await Promise.resolve();
      signal.throwIfAborted();
      return { samples: Float32Array.from({ length }, (_, index) => 0.1 * Math.sin(index * step)), sampleRate };
    },
  };
}
