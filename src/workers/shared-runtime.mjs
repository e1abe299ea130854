// ONNX Runtime imports this file, as it is, by its address: it is no part of any bundle.

/**
 * What the runtime of a thread starts from: its own loader, and what is compiled.
 * @typedef {{load: (config: object) => Promise<unknown>, module: Promise<WebAssembly.Module>}} SharedRuntime
 */

/** @type {SharedRuntime | null} */
let shared = null;

/**
 * To be called before the runtime starts.
 * @param {SharedRuntime} given
 */
export function share(given) {
  shared = given;
}

/**
 * Stands in front of ONNX Runtime's loader, which would fetch and compile the runtime in each thread anew, and hands it the compiled one.
 * @param {object} config
 * @returns {Promise<unknown>}
 */
export default async function createRuntime(config) {
  if (!shared) throw new Error('the runtime starts before this thread has its loader: call share first');
  const { load } = shared;
  const module = await shared.module;
  return new Promise((resolve, reject) => {
    /**
     * @param {WebAssembly.Imports} imports
     * @param {(instance: WebAssembly.Instance, module: WebAssembly.Module) => void} done
     */
    const instantiateWasm = (imports, done) => {
      WebAssembly.instantiate(module, imports).then((instance) => done(instance, module), reject);
      return {};
    };
    load({ ...config, instantiateWasm }).then(resolve, reject);
  });
}
