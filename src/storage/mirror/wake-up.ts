export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

/** Lets a loop sleep until there is something to do. */
export interface WakeUp {
  /** Ends the wait under way, or the next one. */
  wake(): void;
  /** Resolves when woken or after `ms`. Rejects when `signal` aborts. */
  wait(ms: number, sleep: Sleep, signal: AbortSignal): Promise<void>;
}

/** One that nobody has woken yet. */
export function createWakeUp(): WakeUp {
  let isAwake = false;
  let waiting: (() => void) | null = null;
  return {
    wake() {
      isAwake = true;
      waiting?.();
    },
    async wait(ms, sleep, signal) {
      signal.throwIfAborted();
      if (!isAwake) {
        const ending = new AbortController();
        const woken = new Promise<void>((resolve) => {
          waiting = resolve;
        });
        const slept = sleep(ms, AbortSignal.any([signal, ending.signal]));
        try {
          await Promise.race([woken, slept]);
        } finally {
          waiting = null;
          ending.abort();
          slept.catch(() => undefined);
        }
      }
      isAwake = false;
    },
  };
}

/** Resolves after `ms`; rejects when `signal` aborts. */
export const sleep: Sleep = (ms, signal) =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const end = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, ms);
    signal.addEventListener('abort', end, { once: true });
  });
