/** Zero crossings of the filter on each side, at the lower of the two rates: sharpness against work. */
const zeroCrossings = 32;
/** Kaiser's shape: about 80 dB below in the stop band. */
const kaiserBeta = 7.86;
/** Where the filter has lost half, in cycles a sample of the lower rate: its stop band begins at 0.5. */
const cutoff = 0.461;

/**
 * Sound at another rate, by a band-limited linear-phase filter (Kaiser-windowed sinc, one row of taps a phase).
 * Nothing above half of the lower rate survives; a tone below 0.42 of it keeps frequency, level and place.
 */
export function resample(samples: Float32Array, fromRate: number, toRate: number): Float32Array {
  if (fromRate === toRate || samples.length === 0) return samples;
  const divisor = greatestCommonDivisor(fromRate, toRate);
  const up = toRate / divisor;
  const down = fromRate / divisor;
  const stretch = Math.max(1, fromRate / toRate);
  const reach = Math.ceil(zeroCrossings * stretch);
  const rows: (Float32Array | undefined)[] = [];
  const output = new Float32Array(Math.ceil((samples.length * up) / down));
  for (let index = 0; index < output.length; index++) {
    const place = index * down;
    const phase = place % up;
    let row = rows[phase];
    if (!row) {
      row = filterRow(phase / up, reach, stretch);
      rows[phase] = row;
    }
    output[index] = dot(samples, (place - phase) / up - reach + 1, row);
  }
  return output;
}

/** Taps for an output that falls `fraction` of a sample after an input sample; their sum is 1, so silence stays at its level. */
function filterRow(fraction: number, reach: number, stretch: number): Float32Array {
  const row = new Float32Array(2 * reach);
  let sum = 0;
  for (let tap = 0; tap < row.length; tap++) {
    const distance = (tap - reach + 1 - fraction) / stretch;
    const value = sinc(2 * cutoff * distance) * kaiser(distance / zeroCrossings);
    row[tap] = value;
    sum += value;
  }
  for (let tap = 0; tap < row.length; tap++) row[tap] = (row[tap] ?? 0) / sum;
  return row;
}

function dot(samples: Float32Array, start: number, row: Float32Array): number {
  const first = Math.max(0, -start);
  const last = Math.min(row.length, samples.length - start);
  let sum = 0;
  for (let tap = first; tap < last; tap++) sum += (samples[start + tap] ?? 0) * (row[tap] ?? 0);
  return sum;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** Kaiser's window from -1 to 1. */
function kaiser(x: number): number {
  return Math.abs(x) >= 1 ? 0 : besselI0(kaiserBeta * Math.sqrt(1 - x * x)) / besselI0(kaiserBeta);
}

/** The modified Bessel function of order 0, by its series. */
function besselI0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
