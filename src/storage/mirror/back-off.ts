const firstMs = 1000;
const longestMs = 30_000;

/**
 * How long to wait after so many failures in a row: twice as long each time, up to half a minute, and any share of that from a
 * half on, so that several counters do not all come at once. `random` gives 0 to 1.
 */
export function backOffMs(failures: number, random: () => number): number {
  const whole = Math.min(longestMs, firstMs * 2 ** Math.max(0, Math.min(failures - 1, 16)));
  return whole * (0.5 + random() / 2);
}
