import type { Loaded, SpeechGate } from '../engines.ts';
import { createLiveGate, findSegments, type SpeechDetector } from './gate.ts';
import { measureLevel } from './level.ts';
import { defaultSegmenterOptions } from './segmenter.ts';

/** A gate without a model, for tests of what stands around it: whatever is louder than -40 dB is speech. `beforeLoad` may make a load fail. */
export function createFakeSpeechGate({ beforeLoad }: { beforeLoad?: () => Promise<void> } = {}): SpeechGate {
  const loaded: Loaded = { packId: 'fake-vad', backend: 'wasm', threads: 1 };
  return {
    load: async ({ signal, onProgress }) => {
      signal.throwIfAborted();
      await beforeLoad?.();
      onProgress?.({ packId: loaded.packId, loadedBytes: 1, totalBytes: 1 });
      return loaded;
    },
    segments: (samples, { signal }) => findSegments(loudnessDetector, samples, defaultSegmenterOptions, signal),
    listen: async (options) => createLiveGate(loudnessDetector, { ...defaultSegmenterOptions, ...options }),
  };
}

const loudnessDetector: SpeechDetector = {
  frameSamples: 512,
  sampleRate: 16_000,
  probability: async (frame) => (measureLevel(frame).rmsDb > -40 ? 1 : 0),
};
