import { ort } from '../runtime.ts';

/**
 * Gives transformers.js the runtime that everything here shares. It looks for one under this name before it picks its own,
 * which outside a browser would be another; so this module comes before the library in every list of imports.
 */
Object.assign(globalThis, { [Symbol.for('onnxruntime')]: ort });
