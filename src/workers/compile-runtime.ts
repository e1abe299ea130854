import { LaGraceError } from '../errors.ts';

/** A connection that has died is noticed before whoever waits for it is taken for hung, and replaced only to wait for it again. */
const limitMs = 110_000;

/** ONNX Runtime from this address; LaGraceError network-failed where it cannot be had whole. */
export async function compileRuntime(address: string): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compileStreaming(fetch(address, { signal: AbortSignal.timeout(limitMs) }));
  } catch (cause) {
    throw new LaGraceError('network-failed', `${address} could not be compiled; is the companion running?`, { cause });
  }
}
