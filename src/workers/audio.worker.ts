import { type ChunkQueue, createChunkQueue } from '../ai/audio/chunk-queue.ts';
import { speechGateEngines } from '../ai/audio/engines.ts';
import { hearUtterance } from '../ai/audio/hear.ts';
import { utteranceFromWav } from '../ai/audio/wav.ts';
import { type SpeechGate, utteranceSampleRate } from '../ai/engines.ts';
import { configureRuntime } from '../ai/runtime.ts';
import { LaGraceError } from '../errors.ts';
import { createModelFiles } from '../storage/model-files.ts';
import type { AudioWorker, ServedMethods } from './protocol.ts';
import { serve, transfer } from './rpc.ts';

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

const methods: ServedMethods<AudioWorker> = {
  async load({ pack, modelsUrl, runtime, threads }, { signal, emit }) {
    configureRuntime({ files: runtime, threads });
    const createGate = await speechGateEngines[pack.engine]();
    const files = createModelFiles({ modelsUrl, fetch, cache: await caches.open('models') });
    gate = createGate({ pack, files, backend: 'wasm', threads });
    return gate.load({ signal, onProgress: emit });
  },
  async decode(bytes) {
    const utterance = utteranceFromWav(new Uint8Array(bytes), { maxSeconds });
    return transfer(utterance, [utterance.buffer]);
  },
  async segments(samples, { signal }) {
    return loadedGate().segments(samples, { signal });
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
          if (event.type !== 'utterance') emit(event);
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
