import { expect, it } from 'vitest';
import { createChunkQueue } from './chunk-queue.ts';

const chunk = (value: number): Float32Array => Float32Array.of(value);
const never = new AbortController().signal;

it('hands out chunks in order, those that wait and those that come', async () => {
  const queue = createChunkQueue(never);
  queue.push(chunk(1));
  queue.push(chunk(2));
  expect((await queue.next()).value).toEqual(chunk(1));
  expect((await queue.next()).value).toEqual(chunk(2));
  const next = queue.next();
  queue.push(chunk(3));
  expect((await next).value).toEqual(chunk(3));
});

it('hands out what is waiting before it is done, and takes nothing after its end', async () => {
  const queue = createChunkQueue(never);
  queue.push(chunk(1));
  queue.end();
  queue.push(chunk(2));
  expect(await queue.next()).toEqual({ done: false, value: chunk(1) });
  expect((await queue.next()).done).toBe(true);
});

it('is done for who waits when it ends', async () => {
  const queue = createChunkQueue(never);
  const next = queue.next();
  queue.end();
  expect((await next).done).toBe(true);
});

it('is done at once when cancelled, whatever is waiting', async () => {
  const controller = new AbortController();
  const queue = createChunkQueue(controller.signal);
  const next = queue.next();
  controller.abort();
  expect((await next).done).toBe(true);
  queue.push(chunk(1));
  expect((await queue.next()).done).toBe(true);
});
