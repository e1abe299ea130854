import type { TreeEntry } from '../../../schema/tree.ts';
import { isMirrored } from '../../../schema/tree-path.ts';
import type { LocalEntry } from '../../../storage/tree/tree.ts';

/** Where a file is; `differs`: on both sides, not yet the same. */
export type Whereabouts = 'here' | 'disk' | 'both' | 'differs';

export interface FileRow {
  path: string;
  size: number;
  where: Whereabouts;
  /** Epoch milliseconds; null for what this browser does not have. */
  lastUsed: number | null;
  pinned: boolean;
  inUse: boolean;
  /** Clean-up would take it from this browser. */
  unused: boolean;
}

export interface RowsOf {
  mine: readonly LocalEntry[];
  /** Null while nobody knows. */
  theirs: readonly TreeEntry[] | null;
  unused: ReadonlySet<string>;
  isInUse: (path: string) => boolean;
}

/** The files of both sides, by path. */
export function rowsOf({ mine, theirs, unused, isInUse }: RowsOf): FileRow[] {
  const there = new Map((theirs ?? []).flatMap((entry) => (entry.missing ? [] : [[entry.path, entry]])));
  const rows = mine.map(({ path, size, sha256, lastUsed, pinned }): FileRow => {
    const other = there.get(path);
    there.delete(path);
    const where = other ? (other.sha256 === sha256 ? 'both' : 'differs') : 'here';
    return { path, size, where, lastUsed, pinned, inUse: isInUse(path), unused: unused.has(path) };
  });
  for (const { path, size } of there.values()) {
    rows.push({ path, size, where: 'disk', lastUsed: null, pinned: false, inUse: false, unused: false });
  }
  return rows.sort((one, other) => (one.path < other.path ? -1 : 1));
}

export interface Totals {
  hereBytes: number;
  diskBytes: number;
  unusedFiles: number;
  unusedBytes: number;
  /** Files on one side that belong on both. */
  unequal: number;
}

/** Bytes on each side, and what is unused or unequal, over all rows. */
export function totalsOf(rows: readonly FileRow[]): Totals {
  const totals: Totals = { hereBytes: 0, diskBytes: 0, unusedFiles: 0, unusedBytes: 0, unequal: 0 };
  for (const { path, size, where, unused } of rows) {
    if (where !== 'disk') totals.hereBytes += size;
    if (where !== 'here') totals.diskBytes += size;
    if (where === 'differs' || (where === 'here' && isMirrored(path))) totals.unequal += 1;
    if (!unused) continue;
    totals.unusedFiles += 1;
    totals.unusedBytes += size;
  }
  return totals;
}

/** The rows whose path has all words of what was typed, whatever the capitals. */
export function filterRows(rows: readonly FileRow[], typed: string): FileRow[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(({ path }) => words.every((word) => path.toLowerCase().includes(word)));
}
