import type { TreeUse } from '../../src/schema/tree.ts';
import type { FileRecord, UseRecord } from './journal.ts';
import { checkPath } from './safe-path.ts';
import type { TreeIndex } from './tree-index.ts';

/** A browser that has said nothing for this long has no say in what is in use. Pins stay. */
const claimLivesMs = 90 * 24 * 60 * 60_000;

/** Who uses what, as browsers report it: the disk's own access times are off. */
export interface Uses {
  /** Throws a TreeError when the path is none. */
  note(use: TreeUse): void;
  /** Whether a browser pinned the file or a folder above it, or works with it. */
  isWanted(path: string): boolean;
  /** Epoch milliseconds of the last use that anybody knows of; a file is used when it comes. */
  lastUsed(record: FileRecord): number;
}

/** `now` is epoch milliseconds. */
export function createUses(index: TreeIndex, now: () => number): Uses {
  const usesOf = (path: string): UseRecord[] => {
    const names = path.split('/');
    return names.flatMap((_, at) => index.uses.get(names.slice(0, at + 1).join('/')) ?? []);
  };
  return {
    note(use) {
      checkPath(use.path);
      index.noteUse(use, now());
    },
    isWanted(path) {
      const since = now() - claimLivesMs;
      return usesOf(path).some(({ claims }) =>
        Object.values(claims).some(({ pinned, inUse, at }) => pinned || (inUse && at > since)),
      );
    },
    lastUsed: (record) =>
      Math.max(record.seenAt, Math.min(record.mtime, now()), ...usesOf(record.path).map(({ lastUsed }) => lastUsed)),
  };
}
