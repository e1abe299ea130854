/** The windows for a pack that says nothing of its own: few, so that the runtime meets few shapes. */
export const usualWindowSeconds: readonly number[] = [5, 8, 10, 15, 20, 30];
/** Whisper was trained on speech with silence after it: it finds its end better with some. */
const secondsToSpare = 1;

/**
 * The shortest window for an utterance with a second of silence after it, in samples: one of `seconds`, in ascending order,
 * else the full window.
 */
export function chooseWindow(
  utteranceSamples: number,
  { seconds, fullSamples, sampleRate }: { seconds: readonly number[]; fullSamples: number; sampleRate: number },
): number {
  const needed = utteranceSamples + secondsToSpare * sampleRate;
  const windows = seconds.map((length) => Math.round(length * sampleRate));
  return Math.min(fullSamples, windows.find((samples) => samples >= needed) ?? fullSamples);
}
