import { configureRuntime, type RuntimeFiles } from '../ai/runtime.ts';
import { LaGraceError } from '../errors.ts';
import type { Models } from './models.ts';
import sharedRuntime from './shared-runtime.mjs?url';

/**
 * Sets up this thread's ONNX Runtime, before its first session, on the one that is compiled for all threads. Sessions wait for it, while
 * their models' files come.
 */
export function prepareRuntime(
  { compiledRuntime }: Pick<Models, 'compiledRuntime'>,
  { runtime: { mjs, wasm }, threads }: { runtime: RuntimeFiles; threads: number },
): void {
  const entry = new URL(sharedRuntime, self.location.href).href;
  const ready = shareModule(entry, mjs, compiledRuntime(wasm));
  // Whoever begins a session hears of it.
  ready.catch(() => undefined);
  configureRuntime({ files: { mjs: entry, wasm }, threads, ready });
}

async function shareModule(entry: string, mjs: string, module: Promise<WebAssembly.Module>): Promise<void> {
  const [{ share }, { default: load }] = await Promise.all([
    // The same address, hence the same instance, as ONNX Runtime imports later.
    importFrom<typeof import('./shared-runtime.mjs')>(entry),
    importFrom<{ default: (config: object) => Promise<unknown> }>(mjs),
    module,
  ]);
  share({ load, module });
}

/** What a module at an address of ours exports; LaGraceError network-failed where it cannot be had. */
async function importFrom<Exports>(address: string): Promise<Exports> {
  try {
    return await import(/* @vite-ignore */ address);
  } catch (cause) {
    throw new LaGraceError('network-failed', `${address} could not be had; is the companion running?`, { cause });
  }
}
