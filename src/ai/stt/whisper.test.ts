import { describe, expect, it, vi } from 'vitest';
import { LaGraceError } from '../../errors.ts';
import type { Backend } from '../../schema.ts';
import type { EngineContext } from '../engines.ts';
import type { Gpu } from './gpu.ts';
import type { SttPack } from './pack-files.ts';
import { createWhisper } from './whisper.ts';
import type { WhisperModel } from './whisper-model.ts';

const never = new AbortController().signal;
const dtypes = { encoder_model: 'q8', decoder_model_merged: 'q8' } as const;
const pack: SttPack = {
  id: 'tiny',
  task: 'stt',
  engine: 'whisper',
  dtypes: { wasm: dtypes, webgpu: dtypes },
  name: 'Petit',
  trial: true,
  licence: 'GPL-3.0-or-later',
  source: 'here',
  root: 'starter/tiny',
  files: [{ path: 'config.json', bytes: 1, sha256: '0'.repeat(64) }],
};
const speech = new Float32Array(16_000).fill(0.5);
const isWarmUp = (utterance: Float32Array): boolean => utterance.every((sample) => sample === 0);

type Transcribe = WhisperModel['transcribeWindow'];
const hears =
  (text: string, logProbability = -1): Transcribe =>
  async () => ({ text, logProbability, tokens: 4, isComplete: true });

function setUp(options: {
  backend?: EngineContext['backend'];
  hasGpu?: boolean;
  windowSamples?: number;
  pack?: Partial<SttPack>;
  transcribe: Record<Backend, Transcribe>;
}) {
  const { backend = 'auto', hasGpu = true, windowSamples = 30 * 16_000, transcribe } = options;
  const listeners = new Set<(error: Error) => void>();
  const gpu: Gpu = {
    available: async () => hasGpu,
    onLost: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const disposed: Backend[] = [];
  const transcribed: Record<Backend, Float32Array[]> = { webgpu: [], wasm: [] };
  const loadModel = vi.fn(
    async (_: unknown, on: Backend): Promise<WhisperModel> => ({
      backend: on,
      windowSamples,
      takesShortWindows: false,
      transcribeWindow: async (utterance, windowOptions) => {
        if (isWarmUp(utterance)) return { text: '', logProbability: 0, tokens: 1, isComplete: true };
        transcribed[on].push(utterance);
        return transcribe[on](utterance, windowOptions);
      },
      dispose: async () => {
        disposed.push(on);
      },
    }),
  );
  const recogniser = createWhisper(
    { pack: { ...pack, ...options.pack }, files: async () => new Blob(), backend, threads: 1 },
    { loadModel, gpu },
  );
  const loseGpu = (): void => {
    for (const listener of [...listeners]) listener(new Error('the GPU was lost'));
  };
  return { recogniser, loadModel, loseGpu, disposed, transcribed, listeners };
}
const both = (transcribe: Transcribe): Record<Backend, Transcribe> => ({ webgpu: transcribe, wasm: transcribe });

describe('where Whisper runs', () => {
  it.each([
    ['auto', true, 'webgpu'],
    ['auto', false, 'wasm'],
    ['webgpu', true, 'webgpu'],
    ['webgpu', false, 'wasm'],
    ['wasm', true, 'wasm'],
  ] as const)('asked for %s, with a GPU: %s, it is %s', async (backend, hasGpu, expected) => {
    const { recogniser } = setUp({ backend, hasGpu, transcribe: both(hears('bonjour')) });
    expect((await recogniser.load({ signal: never })).backend).toBe(expected);
    expect((await recogniser.transcribe(speech, { signal: never })).backend).toBe(expected);
  });

  it('is WASM when the model does not load on WebGPU', async () => {
    const { recogniser, loadModel } = setUp({ transcribe: both(hears('bonjour')) });
    loadModel.mockRejectedValueOnce(new Error('no such operator'));
    expect((await recogniser.load({ signal: never })).backend).toBe('wasm');
  });

  it('a missing file is said, not hidden by the other backend, and the next load tries again', async () => {
    const { recogniser, loadModel } = setUp({ transcribe: both(hears('bonjour')) });
    loadModel.mockRejectedValueOnce(new LaGraceError('model-missing', 'no encoder'));
    await expect(recogniser.load({ signal: never })).rejects.toMatchObject({ code: 'model-missing' });
    expect((await recogniser.load({ signal: never })).backend).toBe('webgpu');
  });
});

describe('a GPU that fails', () => {
  const failing: Transcribe = () => Promise.reject(new Error('device lost'));
  const hanging: Transcribe = () => new Promise(() => undefined);

  it('while it works costs the utterance nothing: it goes again on WASM', async () => {
    const { recogniser, transcribed, disposed } = setUp({ transcribe: { webgpu: failing, wasm: hears('bonjour') } });
    await recogniser.load({ signal: never });
    expect(await recogniser.transcribe(speech, { signal: never })).toMatchObject({ text: 'bonjour', backend: 'wasm' });
    expect(transcribed.wasm).toEqual(transcribed.webgpu);
    expect(disposed).toEqual(['webgpu']);
  });

  it('and never answers again is noticed by its loss', async () => {
    const { recogniser, loseGpu, transcribed } = setUp({ transcribe: { webgpu: hanging, wasm: hears('bonjour') } });
    await recogniser.load({ signal: never });
    const transcription = recogniser.transcribe(speech, { signal: never });
    await vi.waitFor(() => expect(transcribed.webgpu).toHaveLength(1));
    loseGpu();
    expect(await transcription).toMatchObject({ text: 'bonjour', backend: 'wasm' });
  });

  it('between two utterances is replaced before the next', async () => {
    const { recogniser, loseGpu, loadModel } = setUp({ transcribe: both(hears('bonjour')) });
    await recogniser.load({ signal: never });
    loseGpu();
    await vi.waitFor(() => expect(loadModel.mock.calls.map(([, backend]) => backend)).toEqual(['webgpu', 'wasm']));
    expect((await recogniser.transcribe(speech, { signal: never })).backend).toBe('wasm');
    expect(loadModel).toHaveBeenCalledTimes(2);
  });

  it('costs one utterance when WASM does not load either, and the next one tries again', async () => {
    const { recogniser, loadModel } = setUp({ transcribe: { webgpu: failing, wasm: hears('bonjour') } });
    await recogniser.load({ signal: never });
    loadModel.mockRejectedValueOnce(new LaGraceError('network-failed', 'no network'));
    await expect(recogniser.transcribe(speech, { signal: never })).rejects.toMatchObject({ code: 'network-failed' });
    expect((await recogniser.transcribe(speech, { signal: never })).text).toBe('bonjour');
  });

  it('is no longer watched for utterances that are over', async () => {
    const { recogniser, listeners } = setUp({ transcribe: both(hears('bonjour')) });
    await recogniser.load({ signal: never });
    const watching = listeners.size;
    for (let turn = 0; turn < 5; turn++) await recogniser.transcribe(speech, { signal: never });
    expect(listeners.size).toBe(watching);
  });

  it('is not blamed for a cancellation', async () => {
    const controller = new AbortController();
    const { recogniser, loadModel } = setUp({
      transcribe: both(async () => {
        controller.abort();
        throw new DOMException('cancelled', 'AbortError');
      }),
    });
    await recogniser.load({ signal: never });
    await expect(recogniser.transcribe(speech, { signal: controller.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(loadModel).toHaveBeenCalledTimes(1);
  });
});

it('a failure on WASM is told as such, and the next utterance is heard', async () => {
  let failures = 1;
  const { recogniser } = setUp({
    hasGpu: false,
    transcribe: both(async () => {
      if (failures-- > 0) throw new Error('out of memory');
      return { text: 'bonjour', logProbability: -1, tokens: 4, isComplete: true };
    }),
  });
  await recogniser.load({ signal: never });
  await expect(recogniser.transcribe(speech, { signal: never })).rejects.toMatchObject({ code: 'model-failed' });
  expect((await recogniser.transcribe(speech, { signal: never })).text).toBe('bonjour');
});

describe('the transcript', () => {
  it('of speech longer than the window is joined, with one confidence and growing partial texts', async () => {
    const texts = ['je voudrais', 'une facture', 'merci'];
    let window = 0;
    const { recogniser, transcribed } = setUp({
      hasGpu: false,
      windowSamples: 8000,
      transcribe: both(async (_, { onPartial }) => {
        const text = texts[window++] ?? '';
        onPartial?.(text);
        return { text, logProbability: -window, tokens: 2, isComplete: true };
      }),
    });
    await recogniser.load({ signal: never });
    const partials: string[] = [];
    const onPartial = (text: string) => partials.push(text);
    const { text, confidence } = await recogniser.transcribe(speech.subarray(0, 15_000), { signal: never, onPartial });
    expect(transcribed.wasm.every(({ length }) => length <= 8000)).toBe(true);
    expect(text).toBe(texts.slice(0, window).join(' '));
    expect(partials.at(-1)).toBe(text);
    expect(confidence).toBeCloseTo(window === 2 ? -3 / 4 : -6 / 6);
  });

  it('is empty for an invention, which is not shown as partial text either', async () => {
    const onPartial = vi.fn();
    const { recogniser } = setUp({
      transcribe: both(async (_, options) => {
        options.onPartial?.('Sous-titres');
        return {
          text: 'Sous-titres réalisés par la communauté d’Amara.org',
          logProbability: -0.1,
          tokens: 9,
          isComplete: true,
        };
      }),
    });
    await recogniser.load({ signal: never });
    expect((await recogniser.transcribe(speech, { signal: never, onPartial })).text).toBe('');
    expect(onPartial).not.toHaveBeenCalled();
  });

  it('is empty under the pack’s least confidence, which is still told', async () => {
    for (const [minConfidence, expected] of [
      [-0.2, ''],
      [-0.3, 'bonjour'],
    ] as const) {
      const { recogniser } = setUp({ pack: { minConfidence }, transcribe: both(hears('bonjour', -1)) });
      await recogniser.load({ signal: never });
      expect(await recogniser.transcribe(speech, { signal: never })).toMatchObject({
        text: expected,
        confidence: -0.25,
      });
    }
  });
});
