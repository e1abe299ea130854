import { describe, expect, it } from 'vitest';
import createRuntime, { share } from './shared-runtime.mjs';

interface Config {
  imports: WebAssembly.Imports;
  instantiateWasm: (
    imports: WebAssembly.Imports,
    done: (...both: [WebAssembly.Instance, WebAssembly.Module]) => void,
  ) => object;
}
/** Does with its configuration what ONNX Runtime's loader does, and gives it with what it got. */
const load = async (given: object): Promise<unknown> => {
  const config = given as Config; /* what the runtime is started with below */
  const [instance, module] = await new Promise<[WebAssembly.Instance, WebAssembly.Module]>((resolve) => {
    config.instantiateWasm(config.imports, (...both) => resolve(both));
  });
  return { config, instance, module };
};

/** A module that imports the global `place.number`. */
const bytes = Uint8Array.from([
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[2, 17, 1, 5, ...Buffer.from('place'), 6, ...Buffer.from('number'), 3, 0x7f, 0],
]);
const imports = { place: { number: new WebAssembly.Global({ value: 'i32' }, 7) } };

describe('the runtime of a thread', () => {
  it('starts from the module that was compiled for all threads', async () => {
    const module = new WebAssembly.Module(bytes);
    share({ load, module: Promise.resolve(module) });
    const started = await createRuntime({ imports, numThreads: 1 });
    expect(started).toMatchObject({ config: { numThreads: 1 }, module });
    expect(started).toHaveProperty('instance', expect.any(WebAssembly.Instance));
  });

  it('fails, rather than never start, when the module cannot be started', async () => {
    share({ load, module: Promise.resolve(new WebAssembly.Module(bytes)) });
    await expect(createRuntime({ imports: {} })).rejects.toThrow(/place/);
  });
});
