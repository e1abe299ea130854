/** Real and imaginary parts of the points of a transform. */
export interface ComplexPoints {
  real: Float64Array;
  imaginary: Float64Array;
}

/**
 * A discrete Fourier transform of `size` complex points of any number, fast where it is a product of small primes. Fill `points`, call
 * `transform`, read `points`. Stockham's self-sorting form with mixed radices (Van Loan, Computational Frameworks for the FFT, 1992).
 */
export function createFourierTransform(size: number): { points: ComplexPoints; transform(): void } {
  const points = complexPoints(size);
  const scratch = complexPoints(size);
  const stages = stagesOf(size);
  return {
    points,
    transform() {
      let [source, target] = [points, scratch];
      for (const stage of stages) {
        runStage(source, target, stage);
        [source, target] = [target, source];
      }
      if (source === points) return;
      points.real.set(source.real);
      points.imaginary.set(source.imaginary);
    },
  };
}

interface Stage {
  radix: number;
  /** How many transforms stand side by side. */
  stride: number;
  /** How many points of each are taken together after this stage. */
  groups: number;
  /** [group, output, input]: the root of unity that takes a point to an output, turned as the later stages need it. */
  weights: ComplexPoints;
}

function stagesOf(size: number): Stage[] {
  const stages: Stage[] = [];
  let stride = 1;
  for (const radix of radicesOf(size)) {
    const length = size / stride;
    stages.push({ radix, stride, groups: length / radix, weights: weightsOf(length, radix) });
    stride *= radix;
  }
  return stages;
}

function radicesOf(size: number): number[] {
  const radices: number[] = [];
  let rest = size;
  for (let radix = 4; rest > 1; radix = radix === 4 ? 2 : radix === 2 ? 3 : radix + 2) {
    for (; rest % radix === 0; rest /= radix) radices.push(radix);
  }
  return radices;
}

function weightsOf(length: number, radix: number): ComplexPoints {
  const groups = length / radix;
  const weights = complexPoints(groups * radix * radix);
  let index = 0;
  for (let group = 0; group < groups; group++) {
    for (let output = 0; output < radix; output++) {
      for (let input = 0; input < radix; input++, index++) {
        const turns = ((output * (group + groups * input)) % length) / length;
        weights.real[index] = Math.cos(2 * Math.PI * turns);
        weights.imaginary[index] = -Math.sin(2 * Math.PI * turns);
      }
    }
  }
  return weights;
}

function runStage(source: ComplexPoints, target: ComplexPoints, { radix, stride, groups, weights }: Stage): void {
  const { real: sourceReal, imaginary: sourceImaginary } = source;
  const step = stride * groups;
  let index = 0;
  for (let group = 0; group < groups; group++) {
    for (let output = 0; output < radix; output++, index += radix) {
      const to = stride * (radix * group + output);
      for (let beside = 0; beside < stride; beside++) {
        let real = 0;
        let imaginary = 0;
        for (let input = 0, from = stride * group + beside; input < radix; input++, from += step) {
          const weightReal = weights.real[index + input] ?? 0;
          const weightImaginary = weights.imaginary[index + input] ?? 0;
          const pointReal = sourceReal[from] ?? 0;
          const pointImaginary = sourceImaginary[from] ?? 0;
          real += weightReal * pointReal - weightImaginary * pointImaginary;
          imaginary += weightReal * pointImaginary + weightImaginary * pointReal;
        }
        target.real[to + beside] = real;
        target.imaginary[to + beside] = imaginary;
      }
    }
  }
}

function complexPoints(size: number): ComplexPoints {
  return { real: new Float64Array(size), imaginary: new Float64Array(size) };
}
