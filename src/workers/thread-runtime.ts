import { configureRuntime, type RuntimeFiles } from '../ai/runtime.ts';
import { LaGraceError } from '../errors.ts';
import type { Models } from './models.ts';
import sharedRuntime from './shared-runtime.mjs?url';

/**
 * Sets up this thread's ONNX Runtime, before its first session, on the one that is compiled for all threads; sessions wait for it, while
 * their models' files come.
 */
export async function prepareRuntime(
  { compiledRuntime }: Pick<Models, 'compiledRuntime'>,
  { runtime: { mjs, wasm }, threads }: { runtime: RuntimeFiles; threads: number },
): Promise<void> {
  const module = compiledRuntime(wasm);
  // Whoever begins a session hears of it.
  module.catch(() => undefined);
  const entry = new URL(sharedRuntime, self.location.href).href;
  // The same address, hence the same instance, as ONNX Runtime imports later.
  const { share } = await importFrom<typeof import('./shared-runtime.mjs')>(entry);
  const { default: load } = await importFrom<{ default: (config: object) => Promise<unknown> }>(mjs);
  share({ load, module });
  configureRuntime({ files: { mjs: entry, wasm }, threads, ready: module });
}

/** What a module at an address of ours exports; LaGraceError network-failed where it cannot be had. */
async function importFrom<Exports>(address: string): Promise<Exports> {
  try {
    return await import(/* @vite-ignore */ address);
  } catch (cause) {
    throw new LaGraceError('network-failed', `${address} could not be had; is the companion running?`, { cause });
  }
}
