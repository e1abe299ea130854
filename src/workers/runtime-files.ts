import asyncifyMjs from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import asyncifyWasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import jspiMjs from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url';
import jspiWasm from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';
import type { RuntimeFiles } from '../ai/runtime.ts';

/**
 * Our copy of ONNX Runtime, as absolute addresses below `base`. JavaScript promise integration makes it a third smaller; a browser
 * that lacks it gets the other build.
 */
export function runtimeFiles(base: string): RuntimeFiles {
  const [mjs, wasm] = 'Suspending' in WebAssembly ? [jspiMjs, jspiWasm] : [asyncifyMjs, asyncifyWasm];
  return { mjs: new URL(mjs, base).href, wasm: new URL(wasm, base).href };
}
