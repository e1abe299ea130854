import { LaGraceError } from '../../errors.ts';
import type { Backend } from '../../schema.ts';
import type { SpeechToText, Utterance } from '../engines.ts';

export interface FakeSpeechToTextOptions {
  /** What is heard in an utterance. */
  hear?: (utterance: Utterance) => string;
  confidence?: number;
  backend?: Backend;
  /** May make a load fail. */
  beforeLoad?: () => Promise<void>;
}

/** A recogniser without a model, for tests of what stands around it: whatever is not silent is "bonjour", word by word. */
export function createFakeSpeechToText(options: FakeSpeechToTextOptions = {}): SpeechToText {
  const { hear = hearAnything, confidence = -0.1, backend = 'wasm', beforeLoad } = options;
  let loaded = false;
  return {
    load: async ({ signal, onProgress }) => {
      signal.throwIfAborted();
      await beforeLoad?.();
      onProgress?.({ packId: 'fake-stt', loadedBytes: 1, totalBytes: 1 });
      loaded = true;
      return { packId: 'fake-stt', backend, threads: 1 };
    },
    transcribe: async (utterance, { signal, onPartial }) => {
      if (!loaded)
        throw new LaGraceError('model-failed', 'the fake recogniser was asked to listen before it was loaded');
      const throwIfAborted = (): void => {
        if (signal.aborted) throw new DOMException('The transcription was cancelled.', 'AbortError');
      };
      const words = hear(utterance).split(' ');
      for (let count = 1; count <= words.length; count++) {
        throwIfAborted();
        const partial = words.slice(0, count).join(' ');
        if (partial !== '') onPartial?.(partial);
        await Promise.resolve();
      }
      throwIfAborted();
      return { text: words.join(' '), confidence, backend };
    },
  };
}

function hearAnything(utterance: Utterance): string {
  return utterance.some((sample) => Math.abs(sample) > 0.01) ? 'bonjour madame' : '';
}
