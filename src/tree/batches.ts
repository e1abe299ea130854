interface Request<Item, Result> {
  items: readonly Item[];
  resolve: (results: Result[]) => void;
  reject: (reason: unknown) => void;
}

/**
 * Puts the items of many callers into one run, while the run before is under way; each caller gets the results of its own
 * items. When a run of several fails, each caller's items are run alone: one bad item is one caller's failure.
 */
export function createBatches<Item, Result>(
  run: (items: Item[]) => Promise<Result[]>,
  maxItems: number,
): (items: readonly Item[]) => Promise<Result[]> {
  const waiting: Request<Item, Result>[] = [];
  let isRunning = false;

  async function runAll(): Promise<void> {
    isRunning = true;
    while (waiting.length > 0) await runTogether(takeBatch(waiting, maxItems));
    isRunning = false;
  }
  async function runTogether(requests: Request<Item, Result>[]): Promise<void> {
    try {
      const results = await run(requests.flatMap(({ items }) => items));
      let from = 0;
      for (const { items, resolve } of requests) {
        resolve(results.slice(from, from + items.length));
        from += items.length;
      }
    } catch (error) {
      if (requests.length === 1) requests[0]?.reject(error);
      else for (const request of requests) await runTogether([request]);
    }
  }
  return (items) =>
    new Promise((resolve, reject) => {
      waiting.push({ items, resolve, reject });
      if (!isRunning) void runAll();
    });
}

/** Removes and gives the first requests, as many as fit, but at least one. */
function takeBatch<Item, Result>(waiting: Request<Item, Result>[], maxItems: number): Request<Item, Result>[] {
  let count = 0;
  let size = 0;
  for (const { items } of waiting) {
    size += items.length;
    if (count > 0 && size > maxItems) break;
    count += 1;
  }
  return waiting.splice(0, count);
}
