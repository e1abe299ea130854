import type { Segment } from '../engines.ts';

const frameSeconds = 0.02;
/** A pause is looked for in stretches of this length. */
const pauseSeconds = 0.2;

/**
 * Cuts sound into stretches of at most `maxSamples`, each cut in the quietest moment of the window's second half.
 * The stretches follow each other without gap or overlap.
 */
export function cutAtPauses(samples: Float32Array, maxSamples: number, sampleRate: number): Segment[] {
  const windows: Segment[] = [];
  let start = 0;
  while (samples.length - start > maxSamples) {
    const end = quietestPlace(samples, start + Math.floor(maxSamples / 2), start + maxSamples, sampleRate);
    windows.push({ start, end });
    start = end;
  }
  if (samples.length > start) windows.push({ start, end: samples.length });
  return windows;
}

/** The middle of the stretch with the least energy between `from` and `to`. */
function quietestPlace(samples: Float32Array, from: number, to: number, sampleRate: number): number {
  const frameSamples = Math.max(1, Math.round(frameSeconds * sampleRate));
  const frames = Math.floor((to - from) / frameSamples);
  const pauseFrames = Math.min(frames, Math.round(pauseSeconds / frameSeconds));
  if (pauseFrames === 0) return to;
  const energies = Array.from({ length: frames }, (_, frame) =>
    energy(samples, from + frame * frameSamples, frameSamples),
  );
  let sum = energies.slice(0, pauseFrames).reduce((total, value) => total + value, 0);
  let least = sum;
  let quietest = 0;
  for (let frame = 1; frame + pauseFrames <= frames; frame++) {
    sum += (energies[frame + pauseFrames - 1] ?? 0) - (energies[frame - 1] ?? 0);
    if (sum < least) {
      least = sum;
      quietest = frame;
    }
  }
  return from + Math.round((quietest + pauseFrames / 2) * frameSamples);
}

function energy(samples: Float32Array, start: number, length: number): number {
  let sum = 0;
  for (const sample of samples.subarray(start, start + length)) sum += sample * sample;
  return sum;
}
