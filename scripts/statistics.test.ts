import { expect, test } from 'vitest';
import { formatTable, quantile, summarise } from '../bench/statistics.mjs';

test('quantiles lie between the samples, whatever their order', () => {
  expect(quantile([3, 1, 2], 0.5)).toBe(2);
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([0, 100], 0.95)).toBe(95);
  expect(quantile([7], 0.95)).toBe(7);
});

test('a table has a line for each measure, and its columns line up', () => {
  const rows = [
    summarise({ name: 'stt', unit: 'ms', samples: [120, 80, 100] }),
    summarise({ name: 'firstAudio', unit: 'ms', samples: [1500] }),
  ];
  expect(rows[0]).toEqual({ name: 'stt', unit: 'ms', count: 3, median: 100, p95: 118, best: 80 });
  const lines = formatTable(rows).split('\n');
  expect(lines).toHaveLength(3);
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
});
