/** A second-order filter: `b` over `a`, whose first coefficient is 1. */
type Filter = { b: readonly [number, number, number]; a: readonly [number, number] };

const blockSeconds = 0.4;
const silenceLufs = -70;
const lufs = (power: number): number => -0.691 + 10 * Math.log10(power + 1e-12);

/** Integrated loudness of mono samples in LUFS, after ITU-R BS.1770-4 with its two gates; -Infinity for silence. */
export function loudnessLufs(samples: Float32Array, sampleRate: number): number {
  const weighted = filtered(filtered(samples, headShelf(sampleRate)), highPass(sampleRate));
  const size = Math.round(blockSeconds * sampleRate);
  const powers: number[] = [];
  for (let start = 0; start === 0 || start + size <= weighted.length; start += Math.round(size / 4)) {
    powers.push(meanSquare(weighted.subarray(start, start + size)));
  }
  const audible = powers.filter((power) => lufs(power) > silenceLufs);
  if (audible.length === 0) return Number.NEGATIVE_INFINITY;
  const gate = lufs(mean(audible)) - 10;
  return lufs(mean(audible.filter((power) => lufs(power) > gate)));
}

/** The recommendation's filter for the head, made anew for the sample rate: a shelf of +4 dB above 1.7 kHz. */
function headShelf(sampleRate: number): Filter {
  const quality = 0.7071752369554193;
  const k = Math.tan((Math.PI * 1681.9744509555319) / sampleRate);
  const high = 10 ** (3.99984385397 / 20);
  const band = high ** 0.499666774155;
  const a0 = 1 + k / quality + k * k;
  return {
    b: [
      (high + (band * k) / quality + k * k) / a0,
      (2 * (k * k - high)) / a0,
      (high - (band * k) / quality + k * k) / a0,
    ],
    a: [(2 * (k * k - 1)) / a0, (1 - k / quality + k * k) / a0],
  };
}

function highPass(sampleRate: number): Filter {
  const quality = 0.5003270373253953;
  const k = Math.tan((Math.PI * 38.13547087613982) / sampleRate);
  const a0 = 1 + k / quality + k * k;
  return { b: [1, -2, 1], a: [(2 * (k * k - 1)) / a0, (1 - k / quality + k * k) / a0] };
}

function filtered(samples: Float32Array, { b, a }: Filter): Float32Array {
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  return samples.map((x) => {
    const y = b[0] * x + b[1] * x1 + b[2] * x2 - a[0] * y1 - a[1] * y2;
    [x1, x2, y1, y2] = [x, x1, y, y1];
    return y;
  });
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const meanSquare = (samples: Float32Array): number =>
  samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);
