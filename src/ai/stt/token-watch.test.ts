import { describe, expect, it, vi } from 'vitest';
import { watchTokens } from './token-watch.ts';
import { Tensor } from './transformers.ts';

const endTokenId = 3;

/** Decodes greedily as the library does: the prompt first, then for each step the logits and the token chosen from them. */
function decode(steps: number[][], options: Partial<Parameters<typeof watchTokens>[0]> = {}) {
  const onTokens = vi.fn();
  const watch = watchTokens({
    signal: new AbortController().signal,
    endTokenId,
    onTokens,
    isDegenerate: () => false,
    ...options,
  });
  watch.streamer.put([[9n, 9n]]);
  for (const logits of steps) {
    const seen = new Tensor('float32', Float32Array.from(logits), [1, logits.length]);
    watch.processor._call([], seen);
    const values = [...seen.data].map(Number);
    const token = values.indexOf(Math.max(...values));
    watch.streamer.put([[BigInt(token)]]);
    if (token === endTokenId) break;
  }
  watch.streamer.end();
  return { watch, onTokens };
}
const choosing = (token: number): number[] => [0, 1, 2, 3].map((each) => (each === token ? 5 : 0));

describe('watchTokens', () => {
  it('keeps the tokens, without the prompt and the end', () => {
    expect(decode([choosing(1), choosing(2), choosing(endTokenId)]).watch.tokens).toEqual([1, 2]);
  });

  it('is complete when the decoder itself chose the end, and neither before nor when it was made to', () => {
    expect(decode([choosing(1), choosing(endTokenId)]).watch.isComplete()).toBe(true);
    expect(decode([choosing(1), choosing(2)]).watch.isComplete()).toBe(false);
    expect(decode([choosing(1), choosing(2)], { isDegenerate: () => true }).watch.isComplete()).toBe(false);
  });

  it('tells all the tokens so far, each time there is one more', () => {
    const lengths: number[] = [];
    decode([choosing(1), choosing(2), choosing(0)], { onTokens: (tokens) => lengths.push(tokens.length) });
    expect(lengths).toEqual([1, 2, 3]);
  });

  it('sums the log-probabilities of a softmax, the end token’s included', () => {
    const logits = [1, 4, 2, 0];
    const total = logits.reduce((sum, value) => sum + Math.exp(value), 0);
    const end = [0, 0, 0, 2];
    const endTotal = end.reduce((sum, value) => sum + Math.exp(value), 0);
    const { watch } = decode([logits, end]);
    expect(watch.logProbability()).toBeCloseTo(4 - Math.log(total) + 2 - Math.log(endTotal), 5);
    expect(watch.scoredTokens()).toBe(2);
  });

  it('scores large logits without overflowing', () => {
    const { watch } = decode([[10_000, 10_000, -10_000, -10_000]]);
    expect(watch.logProbability()).toBeCloseTo(Math.log(0.5), 5);
  });

  it('ends at the next token once the signal says so, which it may do without an event', () => {
    let aborted = false;
    const signal = Object.defineProperty(new AbortController().signal, 'aborted', { get: () => aborted });
    const onTokens = (): void => {
      aborted = true;
    };
    expect(decode([choosing(1), choosing(2), choosing(2)], { signal, onTokens }).watch.tokens).toEqual([1]);
  });

  it('ends when the tokens so far make no sense', () => {
    const isDegenerate = (tokens: readonly number[]) => tokens.length >= 2;
    expect(decode([choosing(1), choosing(1), choosing(1), choosing(1)], { isDegenerate }).watch.tokens).toEqual([1, 1]);
  });
});
