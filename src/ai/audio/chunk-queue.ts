/** Chunks of sound between who sends them and who hears them, in order. */
export interface ChunkQueue extends AsyncIterator<Float32Array, undefined> {
  push(chunk: Float32Array): void;
  /** No more will come: what is waiting is still handed out, then it is done. */
  end(): void;
}

/** An empty queue; once `signal` aborts, it is done at once. */
export function createChunkQueue(signal: AbortSignal): ChunkQueue {
  const waiting: Float32Array[] = [];
  let ended = false;
  let wake = (): void => undefined;

  signal.addEventListener('abort', () => wake(), { once: true });
  return {
    push: (chunk) => {
      if (ended) return;
      waiting.push(chunk);
      wake();
    },
    end: () => {
      ended = true;
      wake();
    },
    next: async () => {
      while (waiting.length === 0 && !ended && !signal.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const chunk = signal.aborted ? undefined : waiting.shift();
      return chunk ? { done: false, value: chunk } : { done: true, value: undefined };
    },
  };
}
