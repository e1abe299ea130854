import { describe, expect, it, vi } from 'vitest';
import {
  elementTypes,
  float32Tensor,
  graphFields,
  initializer,
  int64Tensor,
  model,
  node,
  valueInfo,
} from '../../onnx/messages.ts';
import { blobSource } from '../../onnx/read.ts';
import { configureRuntime, createSession, ort } from '../../runtime.ts';
import { freeEncoderWindow, planEncoderEdit } from './edit-encoder.ts';
import { type EncoderForm, tiny, writeTinyEncoder } from './tiny-encoder.ts';

configureRuntime({ threads: 1 });

const { mels, positions, frames, channels } = tiny;

const forms: [string, EncoderForm][] = [
  ['with a free length', {}],
  ['with a fixed length', { length: 'fixed' }],
  ['with a fixed length and shapes that were folded', { length: 'fixed', shapes: 'constants' }],
  ['with a fixed length and scalars that were folded', { length: 'fixed', shapes: 'scalars' }],
  ['whose table is a Constant node', { length: 'fixed', table: 'node' }],
  ['whose table has a batch axis', { length: 'fixed', table: 'batched' }],
  ['whose table is 16-bit floats', { length: 'fixed', table: 'float16' }],
  ['whose table is 8-bit integers behind a Gather', { length: 'fixed', shapes: 'constants', table: 'int8 gathered' }],
  ['that cuts its table itself', { length: 'fixed', table: 'cut' }],
];

function features(length: number): ort.Tensor {
  const values = Float32Array.from({ length: mels * length }, (_, index) => Math.cos(index * 1.7));
  return new ort.Tensor('float32', values, [1, mels, length]);
}

async function run(file: Uint8Array, length: number): Promise<Float32Array> {
  const session = await createSession(file);
  try {
    const { last_hidden_state: output } = await session.run({ input_features: features(length) });
    expect(output?.dims).toEqual([1, Math.ceil(length / 2), channels]);
    // The output's type is in the file.
    return output?.data as Float32Array;
  } finally {
    await session.release();
  }
}

const edit = async (file: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await (await freeEncoderWindow(new Blob([file]), positions)).arrayBuffer());

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((largest, value, index) => Math.max(largest, Math.abs(value - (b[index] ?? Number.NaN))), 0);
}

describe.each(forms)('an encoder %s', (_, form) => {
  const original = writeTinyEncoder(form);

  it('computes bit for bit the same at full length', async () => {
    expect(await run(await edit(original), frames)).toEqual(await run(original, frames));
  });

  it.each([2, 7, 10, 16])('computes %i frames as an encoder made for them does', async (length) => {
    const made = writeTinyEncoder({ ...(form.table && { table: form.table }), rows: Math.ceil(length / 2) });
    expect(largestDifference(await run(await edit(original), length), await run(made, length))).toBeLessThan(1e-6);
  });

  it('does not take a shorter length before it is edited, so that the edit is what makes it', async () => {
    await expect(run(original, 10)).rejects.toThrow();
  });

  it('is refused when it is cut short, wherever that is', async () => {
    for (let size = 1; size < original.length; size += 37) {
      await expect(edit(original.slice(0, size)), `cut at byte ${size}`).rejects.toThrow();
    }
  });
});

describe('an edit', () => {
  it.each(forms.filter(([, { table }]) => table !== 'cut'))(
    'of an encoder %s is refused the second time',
    async (_, form) => {
      await expect(edit(await edit(writeTinyEncoder(form)))).rejects.toThrow('edited for short windows already');
    },
  );

  it('leaves an encoder that takes any length as it is', async () => {
    const original = writeTinyEncoder({ table: 'cut' });
    expect(await edit(original)).toEqual(original);
  });

  it('keeps the old bytes where they are and adds few', async () => {
    const original = writeTinyEncoder();
    const pieces = await planEncoderEdit(blobSource(new Blob([original])), positions);
    const added = pieces.reduce((sum, piece) => sum + (piece instanceof Uint8Array ? piece.length : 0), 0);
    expect(added).toBeLessThan(1200);
    expect(pieces.length).toBeLessThan(12);
  });

  it('reads no weights', async () => {
    const weights = initializer(float32Tensor('weights', [1000, 1000], new Float32Array(1e6)));
    const file = new Blob([writeTinyEncoder({}, [weights])]);
    const slice = vi.spyOn(file, 'slice');
    await planEncoderEdit(blobSource(file), positions);
    const read = slice.mock.calls.reduce((sum, [start = 0, end = 0]) => sum + end - start, 0);
    expect(read).toBeLessThan(file.size / 50);
  });

  it('leaves the file that it was given as it was', async () => {
    const original = writeTinyEncoder();
    const file = new Blob([original]);
    await freeEncoderWindow(file, positions);
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(original);
  });
});

describe('what is no encoder to edit', () => {
  const text = (content: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(content);
  const input = (name: string): Uint8Array =>
    valueInfo(graphFields.input, name, elementTypes.float32, ['batch', channels, 'frames']);
  const table = (name: string): Uint8Array =>
    initializer(float32Tensor(name, [positions, channels], new Float32Array(positions * channels)));
  const graph = (...parts: Uint8Array[]): Uint8Array<ArrayBuffer> => model(parts, { irVersion: 8, operatorSet: 17 });

  it.each<[string, Uint8Array<ArrayBuffer>, string]>([
    ['an empty file', new Uint8Array(0), 'is empty'],
    ['a web page', text('<!DOCTYPE html><title>404</title>'), 'a web page'],
    ['a git-lfs pointer', text('version https://git-lfs.github.com/spec/v1\noid sha256:12\n'), 'git-lfs pointer'],
    ['zeros', new Uint8Array(1000), 'damaged or no ONNX model'],
    ['a decoder', graph(input('input_ids'), input('encoder_hidden_states'), table('a')), '2 inputs'],
    ['a model without positions', graph(input('a'), node('Relu', ['a'], ['b'])), 'in 0 places'],
    [
      'a model that adds two tables',
      graph(input('a'), table('t'), node('Add', ['a', 't'], ['b']), node('Add', ['t', 'b'], ['c'])),
      'in 2 places',
    ],
    [
      'a model with another number of frames',
      graph(
        valueInfo(graphFields.input, 'a', elementTypes.float32, [1, mels, frames + 2]),
        table('t'),
        node('Add', ['a', 't'], ['b']),
      ),
      `${frames + 2} frames`,
    ],
  ])('refuses %s', async (_, file, reason) => {
    await expect(edit(file)).rejects.toThrow(reason);
  });

  it('refuses shapes in which a size may be either of two', async () => {
    const square = new Float32Array(positions * positions);
    const file = graph(
      input('a'),
      initializer(float32Tensor('t', [positions, positions], square)),
      initializer(int64Tensor('sizes', [2], [positions, positions])),
      node('Add', ['a', 't'], ['b']),
      node('Reshape', ['b', 'sizes'], ['c']),
    );
    await expect(edit(file)).rejects.toThrow('may mean positions or channels');
  });

  it('refuses an encoder whose configuration says another number of positions', async () => {
    await expect(freeEncoderWindow(new Blob([writeTinyEncoder()]), 1500)).rejects.toThrow('1500 positions in 0 places');
  });
});
