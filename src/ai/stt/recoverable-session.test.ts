import { expect, it, vi } from 'vitest';
import { ort } from '../runtime.ts';
import { recoverable, releaseAll } from './recoverable-session.ts';

function createSession(run: () => Promise<ort.InferenceSession.OnnxValueMapType>): ort.InferenceSession {
  return {
    run,
    release: vi.fn(async () => undefined),
    startProfiling: () => undefined,
    endProfiling: () => undefined,
    inputNames: ['input'],
    outputNames: ['output'],
    inputMetadata: [],
    outputMetadata: [],
  };
}

it('gives the outputs of a run that works', async () => {
  const outputs = { output: new ort.Tensor('float32', [1], [1]) };
  expect(await recoverable(createSession(async () => outputs)).run({})).toBe(outputs);
});

it('a run that fails does not break the chain it is in, and still tells who reads its outputs', async () => {
  let runs = 0;
  const outputs = { output: new ort.Tensor('float32', [1], [1]) };
  const session = recoverable(
    createSession(async () => {
      if (runs++ === 0) throw new Error('device lost');
      return outputs;
    }),
  );
  const first = Promise.resolve().then(() => session.run({}));
  const second = first.then(() => session.run({}));
  const failed = await first;
  expect(() => Object.values(failed)).toThrow('device lost');
  expect(await second).toBe(outputs);
});

it('frees every session, though one cannot be freed', async () => {
  const broken = createSession(async () => ({}));
  broken.release = () => Promise.reject(new Error('device lost'));
  const whole = createSession(async () => ({}));
  await releaseAll([broken, whole]);
  expect(whole.release).toHaveBeenCalledOnce();
});
