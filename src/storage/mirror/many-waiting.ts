import type { Logger } from '../../log.ts';

const firstAt = 1000;

/**
 * The outbox has no limit: a sale that is thrown away is worse than a browser that says it is full. But the log says when it holds a
 * thousand items, and again at each ten times more; anew once it was empty. Takes how many items wait.
 */
export function createManyWaiting(log: Logger): (pending: number) => void {
  let nextAt = firstAt;
  return (pending) => {
    if (pending === 0) nextAt = firstAt;
    if (pending < nextAt) return;
    while (nextAt <= pending) nextAt *= 10;
    log.warn(`${pending} events and documents wait for the companion; none is dropped, but somebody should start it`);
  };
}
