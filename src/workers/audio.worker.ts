import { type ChunkQueue, createChunkQueue } from '../ai/audio/chunk-queue.ts';
import { speechGateEngines } from '../ai/audio/engines.ts';
import { hearUtterance } from '../ai/audio/hear.ts';
import { utteranceFromWav } from '../ai/audio/wav.ts';
import { type SpeechGate, type Utterance, utteranceSampleRate } from '../ai/engines.ts';
import { LaGraceError } from '../errors.ts';
import { createLogger } from '../log.ts';
import { connectModels } from './models.ts';
import type { AudioWorker, ServedMethods } from './protocol.ts';
import { serve, transfer } from './rpc.ts';
import { prepareRuntime } from './thread-runtime.ts';
import { workerSink } from './worker-log.ts';

const log = createLogger(workerSink);
/** A clerk's request is short; what is longer is no request. */
const maxSeconds = 60;
/** How long a clerk may take to begin. */
const patienceMs = 8000;

let gate: SpeechGate | null = null;
let heard: ChunkQueue | null = null;

function loadedGate(): SpeechGate {
  if (!gate) throw new LaGraceError('model-failed', 'the speech gate was asked to listen before it was loaded');
  return gate;
}

/** A WAV file's samples, or those given; refuses what is empty or too long. */
function samplesOf(recording: ArrayBuffer | Utterance): Utterance {
  if (recording instanceof ArrayBuffer) return utteranceFromWav(new Uint8Array(recording), { maxSeconds });
  if (recording.length === 0) throw new LaGraceError('audio-empty', 'the recording has no samples');
  if (recording.length > maxSeconds * utteranceSampleRate) {
    throw new LaGraceError('audio-too-long', `the recording is longer than ${maxSeconds} s`);
  }
  return recording;
}

const methods: ServedMethods<AudioWorker> = {
  async load({ pack, modelsUrl, tree, runtime, threads }, { signal, emit }) {
    const createGate = await speechGateEngines[pack.engine]();
    const models = connectModels({ tree, modelsUrl, log });
    prepareRuntime(models, { runtime, threads });
    const loading = createGate({ pack, files: models.files, backend: 'wasm', threads });
    gate = loading;
    return models.loadRepairing(pack, () => loading.load({ signal, onProgress: emit }));
  },
  async hear(recording, { signal }) {
    const startedAt = performance.now();
    const samples = samplesOf(recording);
    const decodedAt = performance.now();
    const segments = await loadedGate().segments(samples, { signal });
    const first = segments[0];
    const last = segments.at(-1);
    // The gate's segments carry a margin of their own.
    const utterance = first && last ? samples.slice(first.start, last.end) : null;
    const heard = { utterance, decodeMs: decodedAt - startedAt, vadMs: performance.now() - decodedAt };
    return utterance ? transfer(heard, [utterance.buffer]) : heard;
  },
  async listen({ port }, { signal, emit }) {
    const chunks = createChunkQueue(signal);
    // The worklet sends chunks, and null as the last message when the microphone stops.
    port.onmessage = ({ data }: MessageEvent<Float32Array | null>) => (data ? chunks.push(data) : chunks.end());
    heard = chunks;
    try {
      const ear = await loadedGate().listen();
      const utterance = await hearUtterance(ear, chunks, {
        signal,
        patienceMs,
        sampleRate: utteranceSampleRate,
        onEvent: (event) => {
          if (event.type === 'pause') emit(transfer(event, [event.utterance.buffer]));
          else if (event.type !== 'utterance') emit(event);
        },
      });
      return utterance && transfer(utterance, [utterance.buffer]);
    } finally {
      port.close();
      if (heard === chunks) heard = null;
    }
  },
  async stop() {
    heard?.end();
    return null;
  },
};
serve(self, methods);
