/** Real and imaginary parts of the points of a transform. */
export interface ComplexPoints {
  real: Float64Array;
  imaginary: Float64Array;
}

/**
 * A discrete Fourier transform of `size` complex points of any number, fast where it is a product of small primes. Fill `points`, call
 * `transform`, read `points`. Stockham's self-sorting form with mixed radices (Van Loan, Computational Frameworks for the FFT, 1992);
 * fours and fives, of which Whisper's 400 is made, have steps of their own. Those are written in plain numbers: taking pairs apart
 * by pattern makes them twice as slow.
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
        stage.run(source, target, stage);
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
  /** [group, output]: what an output is turned by, as the later stages need it. */
  turns: ComplexPoints;
  run: (source: ComplexPoints, target: ComplexPoints, stage: Stage) => void;
}

function stagesOf(size: number): Stage[] {
  const stages: Stage[] = [];
  let stride = 1;
  for (const radix of radicesOf(size)) {
    const length = size / stride;
    const run = radix === 4 ? runFours : radix === 5 ? runFives : createRun(radix);
    stages.push({ radix, stride, groups: length / radix, turns: turnsOf(length, radix), run });
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

function turnsOf(length: number, radix: number): ComplexPoints {
  const turns = complexPoints(length);
  for (let index = 0; index < length; index++) {
    const angle = (2 * Math.PI * ((index % radix) * Math.floor(index / radix))) / length;
    turns.real[index] = Math.cos(angle);
    turns.imaginary[index] = -Math.sin(angle);
  }
  return turns;
}

/** Writes a point, turned. */
function put(
  target: ComplexPoints,
  to: number,
  real: number,
  imaginary: number,
  turns: ComplexPoints,
  at: number,
): void {
  const cosine = turns.real[at] ?? 0;
  const sine = turns.imaginary[at] ?? 0;
  target.real[to] = real * cosine - imaginary * sine;
  target.imaginary[to] = real * sine + imaginary * cosine;
}

function runFours({ real, imaginary }: ComplexPoints, target: ComplexPoints, { stride, groups, turns }: Stage): void {
  const step = stride * groups;
  for (let group = 0; group < groups; group++) {
    for (let beside = 0; beside < stride; beside++) {
      const from = stride * group + beside;
      const to = 4 * stride * group + beside;
      const a = real[from] ?? 0;
      const b = imaginary[from] ?? 0;
      const c = real[from + step] ?? 0;
      const d = imaginary[from + step] ?? 0;
      const e = real[from + 2 * step] ?? 0;
      const f = imaginary[from + 2 * step] ?? 0;
      const g = real[from + 3 * step] ?? 0;
      const h = imaginary[from + 3 * step] ?? 0;
      put(target, to, a + e + (c + g), b + f + (d + h), turns, 4 * group);
      put(target, to + stride, a - e + (d - h), b - f - (c - g), turns, 4 * group + 1);
      put(target, to + 2 * stride, a + e - (c + g), b + f - (d + h), turns, 4 * group + 2);
      put(target, to + 3 * stride, a - e - (d - h), b - f + (c - g), turns, 4 * group + 3);
    }
  }
}

const [cosine1, sine1] = [Math.cos((2 * Math.PI) / 5), Math.sin((2 * Math.PI) / 5)];
const [cosine2, sine2] = [Math.cos((4 * Math.PI) / 5), Math.sin((4 * Math.PI) / 5)];

function runFives({ real, imaginary }: ComplexPoints, target: ComplexPoints, { stride, groups, turns }: Stage): void {
  const step = stride * groups;
  for (let group = 0; group < groups; group++) {
    for (let beside = 0; beside < stride; beside++) {
      const from = stride * group + beside;
      const to = 5 * stride * group + beside;
      const a = real[from] ?? 0;
      const b = imaginary[from] ?? 0;
      const c = real[from + step] ?? 0;
      const d = imaginary[from + step] ?? 0;
      const e = real[from + 2 * step] ?? 0;
      const f = imaginary[from + 2 * step] ?? 0;
      const g = real[from + 3 * step] ?? 0;
      const h = imaginary[from + 3 * step] ?? 0;
      const i = real[from + 4 * step] ?? 0;
      const j = imaginary[from + 4 * step] ?? 0;
      // The outer and the inner pair, each as sum and difference.
      const outerReal = c + i;
      const outerImaginary = d + j;
      const outerGapReal = c - i;
      const outerGapImaginary = d - j;
      const innerReal = e + g;
      const innerImaginary = f + h;
      const innerGapReal = e - g;
      const innerGapImaginary = f - h;
      const nearReal = a + cosine1 * outerReal + cosine2 * innerReal;
      const nearImaginary = b + cosine1 * outerImaginary + cosine2 * innerImaginary;
      const farReal = a + cosine2 * outerReal + cosine1 * innerReal;
      const farImaginary = b + cosine2 * outerImaginary + cosine1 * innerImaginary;
      const nearTurnReal = sine1 * outerGapReal + sine2 * innerGapReal;
      const nearTurnImaginary = sine1 * outerGapImaginary + sine2 * innerGapImaginary;
      const farTurnReal = sine2 * outerGapReal - sine1 * innerGapReal;
      const farTurnImaginary = sine2 * outerGapImaginary - sine1 * innerGapImaginary;
      put(target, to, a + outerReal + innerReal, b + outerImaginary + innerImaginary, turns, 5 * group);
      put(target, to + stride, nearReal + nearTurnImaginary, nearImaginary - nearTurnReal, turns, 5 * group + 1);
      put(target, to + 2 * stride, farReal + farTurnImaginary, farImaginary - farTurnReal, turns, 5 * group + 2);
      put(target, to + 3 * stride, farReal - farTurnImaginary, farImaginary + farTurnReal, turns, 5 * group + 3);
      put(target, to + 4 * stride, nearReal - nearTurnImaginary, nearImaginary + nearTurnReal, turns, 5 * group + 4);
    }
  }
}

/** A step of any radix, straight from the definition. */
function createRun(radix: number): Stage['run'] {
  const roots = complexPoints(radix);
  for (let at = 0; at < radix; at++) {
    roots.real[at] = Math.cos((2 * Math.PI * at) / radix);
    roots.imaginary[at] = -Math.sin((2 * Math.PI * at) / radix);
  }
  return (source, target, { stride, groups, turns }) => {
    for (let index = 0; index < groups * radix; index++) {
      const [group, output] = [Math.floor(index / radix), index % radix];
      for (let beside = 0; beside < stride; beside++) {
        let [real, imaginary] = [0, 0];
        for (let input = 0; input < radix; input++) {
          const from = stride * (group + groups * input) + beside;
          const [pointReal, pointImaginary] = [source.real[from] ?? 0, source.imaginary[from] ?? 0];
          const root = (output * input) % radix;
          const [rootReal, rootImaginary] = [roots.real[root] ?? 0, roots.imaginary[root] ?? 0];
          real += rootReal * pointReal - rootImaginary * pointImaginary;
          imaginary += rootReal * pointImaginary + rootImaginary * pointReal;
        }
        put(target, stride * index + beside, real, imaginary, turns, index);
      }
    }
  };
}

function complexPoints(size: number): ComplexPoints {
  return { real: new Float64Array(size), imaginary: new Float64Array(size) };
}
