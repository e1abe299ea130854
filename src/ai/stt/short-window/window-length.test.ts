import { describe, expect, it } from 'vitest';
import { chooseWindow, usualWindowSeconds } from './window-length.ts';

const sampleRate = 16_000;
const choose = (utteranceSeconds: number, fullSeconds = 30, seconds = usualWindowSeconds): number =>
  chooseWindow(utteranceSeconds * sampleRate, { seconds, fullSamples: fullSeconds * sampleRate, sampleRate }) /
  sampleRate;

describe('the window', () => {
  it.each([
    [0, 5],
    [3, 5],
    [4, 5],
    [4.01, 8],
    [7, 8],
    [9.5, 15],
    [19, 20],
    [19.5, 30],
    [29.9, 30],
    [30, 30],
  ])('for %f s of speech is %i s', (utterance, window) => {
    expect(choose(utterance)).toBe(window);
  });

  it('is never longer than the pack’s own', () => {
    for (let utterance = 0; utterance <= 8; utterance += 0.25) expect(choose(utterance, 8)).toBeLessThanOrEqual(8);
  });

  it('leaves a second of silence wherever the pack’s own window allows it', () => {
    for (let utterance = 0; utterance <= 29; utterance += 0.1) {
      expect(choose(utterance)).toBeGreaterThanOrEqual(utterance + 1);
    }
  });

  it('is one that the pack names when it names any', () => {
    expect(choose(1.2, 8, [3, 4, 6])).toBe(3);
    expect(choose(5.5, 8, [3, 4, 6])).toBe(8);
  });
});
