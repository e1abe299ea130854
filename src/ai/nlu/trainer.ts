import type { Features } from './features.ts';
import { createRandom, shuffle } from './random.ts';

/** One utterance to learn from: its features, the label's index, and how much it counts. */
export interface Sample {
  features: Features;
  label: number;
  weight: number;
}

/** A linear softmax model: `weights` row by row, one column a label. */
export interface LinearModel {
  rows: number;
  labels: number;
  weights: Float32Array;
  bias: Float32Array;
}

export interface TrainingOptions {
  rows: number;
  labels: number;
  seed: number;
  epochs: number;
  learningRate: number;
  /** How much of the certainty is taken from the right label and given to all: keeps the model from boasting. */
  smoothing: number;
}

const yieldEverySamples = 2000;
/** A slope smaller than this changes nothing that is worth the time. */
const smallestSlope = 2e-3;

/**
 * Trains by stochastic gradient descent with AdaGrad's step per weight. The same samples, options and seed give the same
 * model. `signal` stops it within some milliseconds.
 */
export async function trainLinearModel(
  samples: readonly Sample[],
  options: TrainingOptions,
  signal?: AbortSignal,
): Promise<LinearModel> {
  const { rows, labels, epochs, seed } = options;
  const model: LinearModel = { rows, labels, weights: new Float32Array(rows * labels), bias: new Float32Array(labels) };
  const squares = { weights: new Float32Array(rows * labels).fill(1e-2), bias: new Float32Array(labels).fill(1e-2) };
  const order = Uint32Array.from(samples, (_, index) => index);
  const random = createRandom(seed);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random);
    for (const [done, index] of order.entries()) {
      if (done % yieldEverySamples === 0) await letOthersRun(signal);
      const sample = samples[index];
      if (sample !== undefined) learn(model, squares, sample, options);
    }
  }
  return model;
}

async function letOthersRun(signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  await new Promise((resolve) => setTimeout(resolve, 0));
  signal?.throwIfAborted();
}

function learn(
  model: LinearModel,
  squares: { weights: Float32Array; bias: Float32Array },
  { features, label, weight }: Sample,
  { labels, learningRate, smoothing }: TrainingOptions,
): void {
  const probabilities = softmax(logitsOf(model, features));
  for (let column = 0; column < labels; column += 1) {
    const target = (column === label ? 1 - smoothing : 0) + smoothing / labels;
    const slope = weight * ((probabilities[column] ?? 0) - target);
    if (Math.abs(slope) < smallestSlope) continue;
    step(model.bias, squares.bias, column, slope, learningRate);
    for (let at = 0; at < features.indices.length; at += 1) {
      const row = (features.indices[at] ?? 0) * labels;
      step(model.weights, squares.weights, row + column, slope * (features.weights[at] ?? 0), learningRate);
    }
  }
}

/** AdaGrad: the more a weight was moved, the less it moves. */
function step(values: Float32Array, squares: Float32Array, at: number, slope: number, learningRate: number): void {
  const square = (squares[at] ?? 0) + slope * slope;
  squares[at] = square;
  values[at] = (values[at] ?? 0) - (learningRate * slope) / Math.sqrt(square);
}

/** What the model gives before the softmax, one number a label. */
export function logitsOf({ weights, bias, labels }: LinearModel, { indices, weights: values }: Features): Float64Array {
  const logits = Float64Array.from(bias);
  for (let at = 0; at < indices.length; at += 1) {
    const row = (indices[at] ?? 0) * labels;
    const value = values[at] ?? 0;
    for (let column = 0; column < labels; column += 1) {
      logits[column] = (logits[column] ?? 0) + value * (weights[row + column] ?? 0);
    }
  }
  return logits;
}

/** Probabilities of logits divided by `temperature`. */
export function softmax(logits: Float64Array, temperature = 1): Float64Array {
  const greatest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp((logit - greatest) / temperature));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** The temperature, of 0.2 to 3, under which the labels of `samples` are least surprising: confidence then means what it says. */
export function fitTemperature(model: LinearModel, samples: readonly Sample[]): number {
  const logits = samples.map(({ features }) => logitsOf(model, features));
  const surprise = (temperature: number): number =>
    samples.reduce((sum, { label }, index) => {
      const probabilities = softmax(logits[index] ?? new Float64Array(model.labels), temperature);
      return sum - Math.log(Math.max(1e-9, probabilities[label] ?? 0));
    }, 0);
  let best = 1;
  for (let step = 4; step <= 60; step += 1) {
    if (surprise(step / 20) < surprise(best)) best = step / 20;
  }
  return best;
}
