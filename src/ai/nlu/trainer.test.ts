import { describe, expect, it } from 'vitest';
import { configureRuntime, createSession, ort } from '../runtime.ts';
import { writeLinearModel } from './onnx.ts';
import { createRandom } from './random.ts';
import { fitTemperature, logitsOf, type Sample, softmax, trainLinearModel } from './trainer.ts';

configureRuntime({ threads: 1 });
const options = { rows: 64, labels: 3, seed: 5, epochs: 6, learningRate: 0.2, smoothing: 0.05 };

/** Each label has eight rows of its own; one feature in four is noise. */
function makeSamples(count: number, seed: number): Sample[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, index) => {
    const label = index % 3;
    const rows = Array.from({ length: 4 }, (_each, at) => (at === 0 ? random.below(64) : label * 8 + random.below(8)));
    const indices = Int32Array.from(new Set(rows)).sort();
    return { features: { indices, weights: new Float32Array(indices.length).fill(0.5) }, label, weight: 1 };
  });
}

describe('training', () => {
  it('learns what can be learnt', async () => {
    const model = await trainLinearModel(makeSamples(600, 1), options);
    const right = makeSamples(300, 2).filter(({ features, label }) => {
      const logits = logitsOf(model, features);
      return logits.indexOf(Math.max(...logits)) === label;
    });
    expect(right.length).toBeGreaterThan(290);
  });

  it('gives the same weights for the same seed, others for another', async () => {
    const samples = makeSamples(90, 3);
    const first = await trainLinearModel(samples, options);
    expect(await trainLinearModel(samples, options)).toEqual(first);
    expect(await trainLinearModel(samples, { ...options, seed: 6 })).not.toEqual(first);
  });

  it('stops when it is told to', async () => {
    const cancellation = new AbortController();
    const training = trainLinearModel(makeSamples(3000, 4), { ...options, epochs: 1000 }, cancellation.signal);
    cancellation.abort();
    await expect(training).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('fits a temperature that makes confident mistakes milder', async () => {
    const samples = makeSamples(300, 5);
    const model = await trainLinearModel(samples, options);
    const mislabelled = samples.map((sample, index) =>
      index % 3 === 0 ? { ...sample, label: (sample.label + 1) % 3 } : sample,
    );
    expect(fitTemperature(model, mislabelled)).toBeGreaterThan(fitTemperature(model, samples));
  });
});

describe('the ONNX file', () => {
  it('gives what the trained model gives', async () => {
    const model = await trainLinearModel(makeSamples(300, 6), options);
    const session = await createSession(writeLinearModel(model, 0.7));
    for (const { features } of makeSamples(30, 7)) {
      const { indices, weights } = features;
      const outputs = await session.run({
        indices: new ort.Tensor('int32', indices, [indices.length]),
        weights: new ort.Tensor('float32', weights, [1, weights.length]),
      });
      const expected = softmax(logitsOf(model, features), 0.7);
      const given = outputs['probabilities']?.data;
      expected.forEach((probability, index) => {
        expect(Number(given?.[index])).toBeCloseTo(probability, 5);
      });
    }
  });
});
