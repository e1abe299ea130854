/**
 * The value below which this share of the samples lies, by linear interpolation between the two nearest.
 * @param {readonly number[]} samples
 * @param {number} share 0 to 1
 */
export function quantile(samples, share) {
  const sorted = [...samples].sort((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}

/** @typedef {{name: string, unit: string, samples: number[]}} Measure */
/** @typedef {{name: string, unit: string, count: number, median: number, p95: number, best: number}} Row */

/**
 * @param {Measure} measure
 * @returns {Row}
 */
export function summarise({ name, unit, samples }) {
  return {
    name,
    unit,
    count: samples.length,
    median: quantile(samples, 0.5),
    p95: quantile(samples, 0.95),
    best: Math.min(...samples),
  };
}

/**
 * A table for a person; the columns line up.
 * @param {Row[]} rows
 */
export function formatTable(rows) {
  const cells = rows.map(({ name, unit, count, ...values }) => [
    name,
    String(count),
    ...[values.median, values.p95, values.best].map((value) => `${formatNumber(value)} ${unit}`),
  ]);
  const table = [['', 'n', 'median', 'p95', 'best'], ...cells];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  return table
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  '),
    )
    .join('\n');
}

/** @param {number} value */
function formatNumber(value) {
  const decimals = value >= 100 ? 0 : value >= 10 ? 1 : 3;
  return value.toFixed(decimals);
}
