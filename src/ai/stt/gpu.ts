import { ort } from '../runtime.ts';

/** What the engine needs to know of the machine's GPU. */
export interface Gpu {
  /** True when there is an adapter to run on. */
  available(): Promise<boolean>;
  /** Calls `listener` if the GPU that the runtime uses is lost, as after sleep, until the returned function is called. */
  onLost(listener: (error: Error) => void): () => void;
}

/** The GPU under this thread's ONNX Runtime. */
export function createRuntimeGpu(): Gpu {
  const listeners = new Set<(error: Error) => void>();
  let watched: GPUDevice | undefined;

  /** The runtime makes its device with its first session, so it is looked for each time someone wants to know. */
  const watch = async (): Promise<void> => {
    const device = await ort.env.webgpu.device;
    if (!device || device === watched) return;
    watched = device;
    const { reason, message } = await device.lost;
    const error = new Error(`the GPU was lost (${reason}): ${message}`);
    for (const listener of [...listeners]) listener(error);
  };
  return {
    available: async () => {
      try {
        return (await navigator.gpu?.requestAdapter()) != null;
      } catch {
        return false;
      }
    },
    onLost: (listener) => {
      listeners.add(listener);
      watch().catch(() => undefined);
      return () => listeners.delete(listener);
    },
  };
}
