import { LaGraceError } from '../../errors.ts';
import type { Understanding } from '../../schema.ts';
import type { IntentModel } from '../engines.ts';

const packId = 'fake-intents';
const nothing: Understanding = { intent: 'unknown', confidence: 0, by: 'none', slots: {} };

export interface FakeIntentModelOptions {
  /** What each text means; any other is not understood. */
  understood?: Readonly<Record<string, Understanding>>;
  /** How many loads reject before one works. */
  failures?: number;
}

/** An intent model without a model: understands the texts that it is told to. */
export function createFakeIntentModel({
  understood = { bonjour: { intent: 'greeting', confidence: 1, by: 'template', slots: {} } },
  failures = 0,
}: FakeIntentModelOptions = {}): IntentModel {
  let failuresLeft = failures;
  let isLoaded = false;
  return {
    async load({ signal, onProgress }) {
      signal.throwIfAborted();
      if (failuresLeft > 0) {
        failuresLeft -= 1;
        throw new LaGraceError('network-failed', 'the fake intent model was told to fail');
      }
      isLoaded = true;
      onProgress?.({ packId, loadedBytes: 1, totalBytes: 1 });
      return { packId, backend: 'wasm', threads: 1 };
    },
    async understand(text, { signal }) {
      signal.throwIfAborted();
      if (!isLoaded) throw new LaGraceError('model-failed', 'the fake intent model was not loaded');
      return Object.hasOwn(understood, text) ? (understood[text] ?? nothing) : nothing;
    },
  };
}
