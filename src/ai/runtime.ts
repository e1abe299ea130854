import * as ort from 'onnxruntime-web/webgpu';

/** Where ONNX Runtime's own two files lie; left out in Node, where the package finds them itself. */
export interface RuntimeFiles {
  mjs: string;
  wasm: string;
}

/**
 * Sets up the one ONNX Runtime of this thread, before its first session: our own files, never a CDN's, and a thread count.
 * Threads cannot change once WebAssembly has started.
 */
export function configureRuntime(options: { files?: RuntimeFiles; threads: number }): void {
  if (options.files) ort.env.wasm.wasmPaths = options.files;
  ort.env.wasm.numThreads = options.threads;
  ort.env.wasm.proxy = false;
  ort.env.logLevel = 'error';
}

/** A session on WASM over a model's bytes. */
export async function createSession(model: Uint8Array, threads = 1): Promise<ort.InferenceSession> {
  return ort.InferenceSession.create(model, {
    executionProviders: ['wasm'],
    graphOptimizationLevel: 'all',
    intraOpNumThreads: threads,
  });
}

export { ort };
