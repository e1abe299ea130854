import { describe, expect, it } from 'vitest';
import { loudnessLufs } from './loudness.ts';

const tone = (hertz: number, size: number, sampleRate: number): Float32Array =>
  Float32Array.from(
    { length: 3 * sampleRate },
    (_, index) => size * Math.sin((2 * Math.PI * hertz * index) / sampleRate),
  );

describe('loudness', () => {
  it.each([22_050, 48_000])('is -3 LUFS for the recommendation’s full tone of 997 Hz at %i Hz', (sampleRate) => {
    expect(loudnessLufs(tone(997, 1, sampleRate), sampleRate)).toBeCloseTo(-3.01, 1);
  });

  it('falls by 20 where the sound is ten times smaller', () => {
    const whole = loudnessLufs(tone(440, 0.5, 22_050), 22_050);
    expect(loudnessLufs(tone(440, 0.05, 22_050), 22_050)).toBeCloseTo(whole - 20, 3);
  });

  it('does not count pauses', () => {
    const speech = tone(300, 0.2, 22_050);
    const withPause = new Float32Array(3 * speech.length);
    withPause.set(speech);
    expect(loudnessLufs(withPause, 22_050)).toBeCloseTo(loudnessLufs(speech, 22_050), 0);
    expect(loudnessLufs(new Float32Array(22_050), 22_050)).toBe(Number.NEGATIVE_INFINITY);
  });
});
