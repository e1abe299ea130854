import { ort } from '../runtime.ts';

interface LosableDevice {
  lost: Promise<{ message: string }>;
}

/** What the engines need to know of the machine's GPU. */
export const watchGpu = {
  /** True when there is an adapter to run on. */
  available: async (): Promise<boolean> => {
    try {
      return (await navigator.gpu?.requestAdapter()) != null;
    } catch {
      return false;
    }
  },
  /** Rejects when the GPU that the runtime uses is lost, as after sleep; never resolves. */
  lost: async (): Promise<never> => {
    const device: LosableDevice | undefined = await ort.env.webgpu.device;
    if (!device) return new Promise(() => undefined);
    const { message } = await device.lost;
    throw new Error(`The GPU was lost: ${message}`);
  },
};
