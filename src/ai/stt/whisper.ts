import { isAbort, LaGraceError, toLaGraceError } from '../../errors.ts';
import type { Backend } from '../../schema.ts';
import {
  type EngineContext,
  type LoadOptions,
  type SpeechToText,
  type Transcript,
  type Utterance,
  utteranceSampleRate,
} from '../engines.ts';
import { watchGpu } from './gpu.ts';
import { withoutInventions } from './inventions.ts';
import type { SttPack } from './pack-files.ts';
import { loadWhisperModel, type WhisperModel } from './whisper-model.ts';
import { cutAtPauses } from './windows.ts';

interface TranscribeOptions {
  signal: AbortSignal;
  onPartial?: (text: string) => void;
}

/**
 * Any Whisper pack with transformers.js's files. It runs on WebGPU where there is one, unless the context says otherwise;
 * when that fails, at load or later, the same work is done again on WASM, where it stays.
 */
export function createWhisper(context: EngineContext<SttPack>): SpeechToText {
  const { pack } = context;
  const never = new AbortController().signal;
  let loading: Promise<WhisperModel> | null = null;
  let gpuFailed = false;

  const remember = (attempt: Promise<WhisperModel>): Promise<WhisperModel> => {
    loading = attempt;
    attempt.catch(() => {
      if (loading === attempt) loading = null;
    });
    return attempt;
  };
  const loadAndWarm = async (backend: Backend, options: LoadOptions): Promise<WhisperModel> => {
    const model = await loadWhisperModel(context, backend, options);
    try {
      await withGpu(model, () => warmUp(model, options.signal));
      return model;
    } catch (cause) {
      await model.dispose();
      throw cause;
    }
  };
  const loadBest = async (options: LoadOptions): Promise<WhisperModel> => {
    if (!gpuFailed && context.backend !== 'wasm' && (await watchGpu.available())) {
      try {
        return await loadAndWarm('webgpu', options);
      } catch (cause) {
        if (isFinal(cause, options.signal)) throw cause;
        gpuFailed = true;
      }
    }
    return loadAndWarm('wasm', options);
  };
  const loaded = (options: LoadOptions): Promise<WhisperModel> => loading ?? remember(loadBest(options));

  const transcribe = async (utterance: Utterance, options: TranscribeOptions): Promise<Transcript> => {
    const model = await loaded({ signal: never });
    try {
      return await withGpu(model, () => transcribeWindows(model, pack, utterance, options));
    } catch (cause) {
      if (isFinal(cause, options.signal)) throw cause;
      if (model.backend === 'wasm') throw toLaGraceError(cause, 'model-failed');
      gpuFailed = true;
      loading = null;
      void model.dispose();
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

/** Runs `work`, and rejects when the GPU that it runs on is lost meanwhile: a lost one may not answer at all. */
function withGpu<T>(model: WhisperModel, work: () => Promise<T>): Promise<T> {
  return model.backend === 'webgpu' ? Promise.race([work(), watchGpu.lost()]) : work();
}

/** A short silent run, with a few steps of the decoder: the first call of a session is several times slower than the next. */
async function warmUp(model: WhisperModel, signal: AbortSignal): Promise<void> {
  await model.transcribeWindow(new Float32Array(utteranceSampleRate / 2), { signal, minTokens: 3 });
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
      onPartial: onPartial && ((text) => onPartial(join([...texts, text]))),
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
