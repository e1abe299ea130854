/** Runs a task once, soon. */
export type Schedule = (task: () => void) => void;

/** With the next frame that is drawn; after 100 ms where none is, as in a window that is covered. */
export const onNextFrame: Schedule = (task) => {
  let isDone = false;
  const once = (): void => {
    if (isDone) return;
    isDone = true;
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    task();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, 100);
};

/** As `schedule`, but not within `gapMs` of the last time: what comes in between waits for the end of the gap. */
export function atMostEvery(gapMs: number, schedule: Schedule, now: () => number = () => performance.now()): Schedule {
  let last = Number.NEGATIVE_INFINITY;
  return (task) => {
    const run = (): void => {
      last = now();
      task();
    };
    const waitMs = last + gapMs - now();
    if (waitMs > 0) setTimeout(() => schedule(run), waitMs);
    else schedule(run);
  };
}

/**
 * Hands items to `take` together, in order, when `schedule` says so: `add` costs nothing at once. `flush` hands over what waits.
 */
export function batch<T>(take: (items: T[]) => void, schedule: Schedule): { add(item: T): void; flush(): void } {
  let waiting: T[] = [];
  const flush = (): void => {
    if (waiting.length === 0) return;
    const items = waiting;
    waiting = [];
    take(items);
  };
  return {
    add: (item) => {
      waiting.push(item);
      if (waiting.length === 1) schedule(flush);
    },
    flush,
  };
}
