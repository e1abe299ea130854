import * as ort from 'onnxruntime-web/webgpu';

/** Where ONNX Runtime's own two files lie; left out in Node, where the package finds them itself. */
export interface RuntimeFiles {
  mjs: string;
  wasm: string;
}

let whenReady: Promise<unknown> = Promise.resolve();

/**
 * Sets up the one ONNX Runtime of this thread, before its first session: our own files, never a CDN's, and a thread count.
 * Threads cannot change once WebAssembly has started. No session is begun before `ready`, and none where it rejects: a runtime whose
 * start has failed would refuse every later one.
 */
export function configureRuntime(options: { files?: RuntimeFiles; threads: number; ready?: Promise<unknown> }): void {
  whenReady = options.ready ?? Promise.resolve();
  if (options.files) ort.env.wasm.wasmPaths = options.files;
  ort.env.wasm.numThreads = options.threads;
  ort.env.wasm.proxy = false;
  ort.env.logLevel = 'error';
}

/** A session over a model's bytes, once the runtime can start. */
export async function startSession(
  model: Uint8Array,
  options: ort.InferenceSession.SessionOptions,
): Promise<ort.InferenceSession> {
  await whenReady;
  return ort.InferenceSession.create(model, options);
}

/** A session on WASM over a model's bytes. */
export function createSession(model: Uint8Array, threads = 1): Promise<ort.InferenceSession> {
  return startSession(model, {
    executionProviders: ['wasm'],
    graphOptimizationLevel: 'all',
    intraOpNumThreads: threads,
  });
}

export { ort };
