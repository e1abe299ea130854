/** Runs `work` while nobody else has the lock of that name. */
export type Lock = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** A lock among callers in this thread. */
export function createLocalLock(): Lock {
  const last = new Map<string, Promise<unknown>>();
  return async (name, work) => {
    const before = last.get(name) ?? Promise.resolve();
    const mine = before.then(work, work);
    const settled = mine.catch(() => undefined);
    last.set(name, settled);
    try {
      return await mine;
    } finally {
      if (last.get(name) === settled) last.delete(name);
    }
  };
}
