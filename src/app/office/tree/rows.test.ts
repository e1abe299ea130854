import { expect, it } from 'vitest';
import { filterRows, rowsOf, totalsOf } from './rows.ts';

const entry = (path: string, sha256: string, size = 10) => ({ path, size, mtime: 1, sha256, revision: 1 });
const local = (path: string, sha256: string) => ({ ...entry(path, sha256), lastUsed: 5, pinned: false });
const rows = rowsOf({
  mine: [local('both', 'a'), local('differs', 'a'), local('here', 'a'), local('logs/ai.log.1', 'a')],
  theirs: [entry('both', 'a'), entry('differs', 'b'), entry('disk', 'c', 7), { ...entry('gone', 'c'), missing: true }],
  unused: new Set(['here']),
  isInUse: (path) => path === 'both',
});

it('says where each file is', () => {
  expect(rows.map(({ path, where }) => [path, where])).toEqual([
    ['both', 'both'],
    ['differs', 'differs'],
    ['disk', 'disk'],
    ['here', 'here'],
    ['logs/ai.log.1', 'here'],
  ]);
  expect(rows.map(({ inUse }) => inUse)).toEqual([true, false, false, false, false]);
});

it('counts bytes on each side, what clean-up would take, and what is not equal', () => {
  expect(totalsOf(rows)).toEqual({ hereBytes: 40, diskBytes: 27, unusedFiles: 1, unusedBytes: 10, unequal: 2 });
});

it('finds files by parts of their paths', () => {
  expect(filterRows(rows, ' AI  log').map(({ path }) => path)).toEqual(['logs/ai.log.1']);
  expect(filterRows(rows, '')).toHaveLength(5);
});
