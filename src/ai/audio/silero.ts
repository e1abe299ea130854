import { LaGraceError } from '../../errors.ts';
import type { PackOf } from '../../schema.ts';
import { type EngineContext, type Loaded, type LoadOptions, type SpeechGate, utteranceSampleRate } from '../engines.ts';
import { createSession, ort } from '../runtime.ts';
import { createLiveGate, findSegments, type SpeechDetector } from './gate.ts';
import { defaultSegmenterOptions } from './segmenter.ts';

const frameSamples = 512;
/**
 * Each frame is shown with the end of the one before, as upstream's own code does:
 * without it version 6 hears no speech at all, and version 5 hears less of quiet speech.
 */
const contextSamples = 64;
const stateDims = [2, 1, 128];

/** Silero VAD, versions 5 and 6 (16 kHz): the pack is its one ONNX file. */
export function createSilero({ pack, files, threads }: EngineContext<PackOf<'vad'>>): SpeechGate {
  let loading: Promise<ort.InferenceSession> | null = null;

  const loadSession = async ({ signal, onProgress }: LoadOptions): Promise<ort.InferenceSession> => {
    const file = pack.files.find(({ path }) => path.endsWith('.onnx'));
    if (!file) throw new LaGraceError('model-missing', `The pack ${pack.id} lists no .onnx file.`);
    const onBytes = (loadedBytes: number): void =>
      onProgress?.({ packId: pack.id, loadedBytes, totalBytes: file.bytes });
    const blob = await files(pack, file, { signal, onBytes });
    const session = await createSession(new Uint8Array(await blob.arrayBuffer()), threads);
    await createDetector(session).probability(new Float32Array(frameSamples));
    return session;
  };
  const load = async (options: LoadOptions): Promise<Loaded> => {
    loading ??= loadSession(options).catch((cause: unknown) => {
      loading = null;
      throw cause;
    });
    await loading;
    return { packId: pack.id, backend: 'wasm', threads };
  };
  const loaded = async (): Promise<ort.InferenceSession> => {
    if (!loading) throw new LaGraceError('model-failed', `The speech gate ${pack.id} was asked before it was loaded.`);
    return loading;
  };
  return {
    load,
    segments: async (samples, { signal }) =>
      findSegments(createDetector(await loaded()), samples, defaultSegmenterOptions, signal),
    listen: async (options) =>
      createLiveGate(createDetector(await loaded()), { ...defaultSegmenterOptions, ...options }),
  };
}

/** A detector with its own memory of what came before. */
function createDetector(session: ort.InferenceSession): SpeechDetector {
  const rate = new ort.Tensor('int64', BigInt64Array.of(BigInt(utteranceSampleRate)), []);
  const shown = new Float32Array(contextSamples + frameSamples);
  let state: ort.Tensor = new ort.Tensor('float32', new Float32Array(2 * 128), stateDims);
  return {
    frameSamples,
    sampleRate: utteranceSampleRate,
    probability: async (frame) => {
      shown.copyWithin(0, frameSamples);
      shown.set(frame, contextSamples);
      const input = new ort.Tensor('float32', shown, [1, shown.length]);
      const { output, stateN } = await session.run({ input, state, sr: rate });
      const probability = output?.data[0];
      if (typeof probability !== 'number' || !stateN) {
        throw new LaGraceError('model-corrupt', 'The speech gate does not answer as Silero VAD does.');
      }
      state = stateN;
      return probability;
    },
  };
}
