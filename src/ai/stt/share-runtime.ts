import { ort } from '../runtime.ts';

/**
 * Gives transformers.js the runtime that everything here shares. It looks for one under this name before it picks its own,
 * which outside a browser would be another; so this module comes before the library.
 */
Object.assign(globalThis, { [Symbol.for('onnxruntime')]: ort });

const { wasmPaths } = ort.env.wasm;

/** Takes back what the library does when it starts: it sends the runtime to a CDN for its files if nobody named them yet. */
export function forgetCdn(): void {
  if (wasmPaths === undefined) delete ort.env.wasm.wasmPaths;
  else ort.env.wasm.wasmPaths = wasmPaths;
}
