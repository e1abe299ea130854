import { isAbort, LaGraceError, toLaGraceError } from '../../errors.ts';
import { silentLogger } from '../../log.ts';
import type { Backend } from '../../schema.ts';
import { orAbort } from '../abort.ts';
import {
  type LoadOptions,
  type RecogniserContext,
  type SpeechToText,
  type Transcript,
  type Utterance,
  utteranceSampleRate,
} from '../engines.ts';
import { createRuntimeGpu, type Gpu } from './gpu.ts';
import { withoutInventions } from './inventions.ts';
import type { SttPack } from './pack-files.ts';
import { withShortWindows } from './short-window/short-windows.ts';
import { loadWhisperModel, type WhisperModel } from './whisper-model.ts';
import { cutAtPauses } from './windows.ts';

interface TranscribeOptions {
  signal: AbortSignal;
  onPartial?: (text: string) => void;
}
interface WhisperParts {
  loadModel: typeof loadWhisperModel;
  gpu: Gpu;
}

/**
 * Any Whisper pack with transformers.js's files. It runs on WebGPU where there is one, unless the context says otherwise;
 * when that fails, at load or later, the same work is done again on WASM, where it stays. `parts` are for tests.
 */
export function createWhisper(
  context: RecogniserContext,
  parts: WhisperParts = { loadModel: loadWhisperModel, gpu: createRuntimeGpu() },
): SpeechToText {
  const { pack, log = silentLogger } = context;
  const { gpu, loadModel } = parts;
  const never = new AbortController().signal;
  let loading: Promise<WhisperModel> | null = null;
  let gpuFailed = false;

  const loaded = (options: LoadOptions): Promise<WhisperModel> => {
    if (loading) return loading;
    const attempt = loadBest(options);
    loading = attempt;
    attempt.catch(() => {
      if (loading === attempt) loading = null;
    });
    return attempt;
  };
  const loadBest = async (options: LoadOptions): Promise<WhisperModel> => {
    if (!gpuFailed && context.backend !== 'wasm' && (await gpu.available())) {
      try {
        const model = await loadAndWarm('webgpu', options);
        gpu.onLost((error) => fallBack(model, error));
        return model;
      } catch (cause) {
        if (isFinal(cause, options.signal)) throw cause;
        gpuFailed = true;
        log.warn(`${pack.id} does not load on WebGPU and is loaded on WASM`, cause);
      }
    }
    return loadAndWarm('wasm', options);
  };
  const loadAndWarm = async (backend: Backend, options: LoadOptions): Promise<WhisperModel> => {
    const model = withShortWindows(await loadModel(context, backend, options), context);
    try {
      await onBackend(model, () => warmUp(model, options.signal));
      return model;
    } catch (cause) {
      await model.dispose();
      throw cause;
    }
  };
  /** Leaves the GPU for good. The model for WASM is loaded at once: the next utterance may be seconds away. */
  const fallBack = (failed: WhisperModel, cause: unknown): void => {
    if (gpuFailed) return;
    gpuFailed = true;
    log.warn(`${pack.id} fails on WebGPU and goes on on WASM`, cause);
    void failed.dispose();
    loading = null;
    loaded({ signal: never }).catch((error: unknown) => log.warn(`${pack.id} does not load on WASM`, error));
  };
  /** Runs `work`, and rejects when the GPU under it is lost meanwhile: a lost one may not answer at all. */
  const onBackend = <T>(model: WhisperModel, work: () => Promise<T>): Promise<T> => {
    if (model.backend === 'wasm') return work();
    return new Promise<T>((resolve, reject) => {
      const forget = gpu.onLost(reject);
      work().then(resolve, reject).finally(forget);
    });
  };
  const transcribe = async (utterance: Utterance, options: TranscribeOptions): Promise<Transcript> => {
    const model = await orAbort(loaded({ signal: never }), options.signal);
    try {
      return await onBackend(model, () => transcribeWindows(model, pack, utterance, options));
    } catch (cause) {
      if (isFinal(cause, options.signal)) throw cause;
      if (model.backend === 'wasm') throw toLaGraceError(cause, 'model-failed');
      fallBack(model, cause);
      return transcribe(utterance, options);
    }
  };
  return {
    load: async (options) => {
      const { backend } = await loaded(options);
      return { packId: pack.id, backend, threads: context.threads };
    },
    transcribe,
  };
}

/** True for what another backend would not mend: a cancellation, a file that is missing or damaged. */
function isFinal(cause: unknown, signal: AbortSignal): boolean {
  return isAbort(cause, signal) || cause instanceof LaGraceError;
}

/** A short silent run, with a few steps of the decoder: the first call of a session is several times slower than the next. */
async function warmUp(model: WhisperModel, signal: AbortSignal): Promise<void> {
  const utterance = new Float32Array(utteranceSampleRate / 2);
  await model.transcribeWindow(utterance, { signal, minTokens: 3, windowSamples: 5 * utteranceSampleRate });
}

async function transcribeWindows(
  model: WhisperModel,
  pack: SttPack,
  utterance: Utterance,
  { signal, onPartial }: TranscribeOptions,
): Promise<Transcript> {
  const texts: string[] = [];
  let logProbability = 0;
  let tokens = 0;
  for (const { start, end } of cutAtPauses(utterance, model.windowSamples, utteranceSampleRate)) {
    const window = await model.transcribeWindow(utterance.subarray(start, end), {
      signal,
      onPartial: (text) => {
        const partial = withoutInventions(join([...texts, text]));
        if (partial !== '') onPartial?.(partial);
      },
    });
    texts.push(withoutInventions(window.text));
    logProbability += window.logProbability;
    tokens += window.tokens;
  }
  const confidence = tokens === 0 ? 0 : Math.min(0, logProbability / tokens);
  const text = confidence < (pack.minConfidence ?? Number.NEGATIVE_INFINITY) ? '' : withoutInventions(join(texts));
  return { text, confidence, backend: model.backend };
}

function join(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join(' ');
}
