/** One change of a path at a time. */
export interface Turns {
  /** Runs `work` after all that was asked for this path before; once `signal` aborted it rejects instead. */
  take<T>(path: string, work: () => Promise<T>): Promise<T>;
  /** Resolves when everything that was begun has ended, well or not. */
  settled(): Promise<void>;
}

export function createTurns(signal: AbortSignal): Turns {
  const last = new Map<string, Promise<unknown>>();
  return {
    take: (path, work) => {
      const before = last.get(path) ?? Promise.resolve();
      const mine = before
        .catch(() => undefined)
        .then(() => {
          signal.throwIfAborted();
          return work();
        });
      last.set(path, mine);
      const forget = (): void => {
        if (last.get(path) === mine) last.delete(path);
      };
      mine.then(forget, forget);
      return mine;
    },
    settled: async () => {
      await Promise.allSettled(last.values());
    },
  };
}
