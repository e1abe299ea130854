// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest';
import { atMostEvery, batch, onNextFrame } from './next-frame.ts';

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

test('tasks keep their distance, and none is left out', () => {
  vi.useFakeTimers();
  const ranAt: number[] = [];
  const schedule = atMostEvery(
    80,
    (task) => task(),
    () => Date.now(),
  );
  const from = Date.now();
  const note = (): void => {
    ranAt.push(Date.now() - from);
  };
  schedule(note);
  vi.advanceTimersByTime(10);
  schedule(note);
  vi.advanceTimersByTime(69);
  expect(ranAt).toEqual([0]);
  vi.advanceTimersByTime(200);
  schedule(note);
  expect(ranAt).toEqual([0, 80, 279]);
});
