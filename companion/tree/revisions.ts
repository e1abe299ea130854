import { readFileSync } from 'node:fs';
import { writeWhole } from './write-whole.ts';

const blockSize = 10_000;

export interface Revisions {
  readonly last: number;
  next(): number;
}

/**
 * Numbers that only grow, whatever is lost: whole blocks of them are reserved on the disk before they are given out, and a start
 * goes on after the last block. A tree that lost the file goes on from the clock, which is ahead of any count.
 */
export function openRevisions(path: string, isNewRoot: boolean, now: () => number = Date.now): Revisions {
  let last = readReserved(path) ?? (isNewRoot ? 0 : now());
  let reserved = last;
  return {
    get last() {
      return last;
    },
    next: () => {
      if (last >= reserved) {
        reserved = last + blockSize;
        writeWhole(path, `${reserved}\n`);
      }
      last += 1;
      return last;
    },
  };
}

function readReserved(path: string): number | null {
  try {
    const number = Number(readFileSync(path, 'utf8'));
    return Number.isSafeInteger(number) && number > 0 ? number : null;
  } catch {
    return null;
  }
}
