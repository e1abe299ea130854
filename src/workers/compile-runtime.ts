import { LaGraceError } from '../errors.ts';

/** ONNX Runtime from this address; LaGraceError network-failed where it cannot be had whole. */
export async function compileRuntime(address: string): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compileStreaming(fetch(address));
  } catch (cause) {
    throw new LaGraceError('network-failed', `${address} could not be compiled; is the companion running?`, { cause });
  }
}
