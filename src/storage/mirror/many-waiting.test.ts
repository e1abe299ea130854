import { expect, it } from 'vitest';
import { createLogger } from '../../log.ts';
import { createManyWaiting } from './many-waiting.ts';

it('says once at a thousand, once at ten thousand, and anew after the outbox was empty', () => {
  const said: string[] = [];
  const note = createManyWaiting(createLogger(({ message }) => said.push(message)));
  for (const pending of [0, 999, 1000, 1001, 5000, 10_000, 12_000, 900, 0, 1200]) note(pending);
  expect(said.map((line) => Number.parseInt(line, 10))).toEqual([1000, 10_000, 1200]);
});
