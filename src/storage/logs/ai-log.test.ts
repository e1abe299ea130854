import { describe, expect, it } from 'vitest';
import { createLocalLock } from '../tree/locks.ts';
import { createMemoryTree } from '../tree/memory-tree.ts';
import { aiLogPath, createAiLog } from './ai-log.ts';

const line = (index: number): string => `2026-11-22 14:03:07 [INFO] line ${String(index).padStart(3, '0')}\n`;

describe('ai.log', () => {
  it('keeps every line once and whole, whoever writes at the same time', async () => {
    const tree = createMemoryTree();
    const lock = createLocalLock();
    const windows = [createAiLog(tree, lock), createAiLog(tree, lock)];
    const lines = Array.from({ length: 40 }, (_, index) => line(index));
    await Promise.all(lines.map(async (text, index) => windows[index % 2]?.write(text)));
    const text = await (await tree.read(aiLogPath))?.text();
    expect(text?.split('\n').sort()).toEqual(lines.join('').split('\n').sort());
  });

  it('is turned over when it is full, and five older ones are kept', async () => {
    const tree = createMemoryTree();
    const log = createAiLog(tree, createLocalLock(), line(0).length * 2);
    for (let index = 0; index < 15; index += 1) await log.write(line(index));
    expect((await tree.list()).map(({ path }) => path)).toEqual([
      'logs/ai.log',
      ...[1, 2, 3, 4, 5].map((age) => `logs/ai.log.${age}`),
    ]);
    const textAt = async (path: string): Promise<string | undefined> => (await tree.read(path))?.text();
    expect(await textAt('logs/ai.log')).toBe(line(14));
    expect(await textAt('logs/ai.log.1')).toBe(line(12) + line(13));
    expect(await textAt('logs/ai.log.5')).toBe(line(4) + line(5));
    expect(await tree.tombstones()).toEqual([]);
  });

  it('does not repeat what a page that went away may have written already', async () => {
    const tree = createMemoryTree();
    const log = createAiLog(tree, createLocalLock());
    await log.write(line(1) + line(2));
    await log.write(line(3));
    await log.write(line(1) + line(2), true);
    await log.write(line(4), true);
    expect(await (await tree.read(aiLogPath))?.text()).toBe(line(1) + line(2) + line(3) + line(4));
  });
});
