import { describe, expect, it } from 'vitest';
import { treeLaws } from './contract.ts';
import { createMemoryTree } from './memory-tree.ts';

describe('a tree in memory', () => {
  it.each(treeLaws)('$name', async ({ run }) => {
    let at = 1_763_820_187_000;
    const advance = (ms: number): void => {
      at += ms;
    };
    await run({ tree: createMemoryTree({ now: () => at }), advance }, expect);
  });
});
