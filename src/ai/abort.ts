/**
 * Settles as `work` does, or rejects with the signal's reason as soon as it aborts. The work itself goes on unheard:
 * what waits must not be at the mercy of an engine that does not listen.
 */
export function orAbort<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/**
 * Settles as `work` does. After `limitMs` the signal it was given aborts, and this rejects with what `late` makes, even when
 * the work does not listen. An abort of `signal` passes through.
 */
export async function within<T>(
  limitMs: number,
  signal: AbortSignal,
  late: () => Error,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(late()), limitMs);
  const either = AbortSignal.any([signal, limit.signal]);
  try {
    return await orAbort(work(either), either);
  } finally {
    clearTimeout(timer);
  }
}
