// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest';
import { batch, onNextFrame } from './next-frame.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('what is added before the next turn of the schedule is taken together, in order, once', () => {
  const taken: number[][] = [];
  const tasks: (() => void)[] = [];
  const { add, flush } = batch<number>(
    (items) => taken.push(items),
    (task) => tasks.push(task),
  );
  add(1);
  add(2);
  expect(taken).toEqual([]);
  tasks.shift()?.();
  expect(taken).toEqual([[1, 2]]);
  add(3);
  flush();
  expect(taken).toEqual([[1, 2], [3]]);
  tasks.shift()?.();
  expect(taken).toHaveLength(2);
});

test('a task runs once, even where no frame is ever drawn', () => {
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', () => 1);
  let runs = 0;
  onNextFrame(() => {
    runs += 1;
  });
  vi.advanceTimersByTime(1000);
  expect(runs).toBe(1);
  vi.unstubAllGlobals();
});
