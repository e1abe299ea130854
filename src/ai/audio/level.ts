/** How loud a stretch of sound is, in dB below full scale; digital silence is `silenceDb`. */
export interface Level {
  rmsDb: number;
  peakDb: number;
}
export const silenceDb = -100;

/** The level of some samples; a full-scale square wave is 0 dB. */
export function measureLevel(samples: Float32Array): Level {
  let power = 0;
  let peak = 0;
  for (const sample of samples) {
    power += sample * sample;
    peak = Math.max(peak, Math.abs(sample));
  }
  return { rmsDb: decibels(Math.sqrt(power / Math.max(1, samples.length))), peakDb: decibels(peak) };
}

function decibels(amplitude: number): number {
  return Math.max(silenceDb, 20 * Math.log10(amplitude));
}
