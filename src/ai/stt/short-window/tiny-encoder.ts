import {
  attribute,
  elementTypes,
  float32Tensor,
  graphFields,
  initializer,
  int64Tensor,
  model,
  node,
  type Tensor,
  valueInfo,
} from '../../onnx/messages.ts';
import type { Bytes } from '../../onnx/wire.ts';

/** The sizes of the encoders that the tests edit. */
export const tiny = { mels: 4, positions: 12, frames: 24, channels: 8, heads: 2 } as const;
const { mels, positions, frames, channels, heads } = tiny;

/** How an export may write a Whisper encoder down; the first of each is the plainest. */
export interface EncoderForm {
  /** Whether the length in and out is free. */
  length?: 'free' | 'fixed';
  /** Where attention gets the sizes that it reshapes to. */
  shapes?: 'measured' | 'constants' | 'scalars';
  table?: 'initializer' | 'node' | 'batched' | 'float16' | 'int8 gathered' | 'cut';
  /** Rows of the table, for a reference at another length. */
  rows?: number;
}

/**
 * An ONNX file of Whisper's encoder with one layer of attention: `input_features` [1, 4, frames] to `last_hidden_state`
 * [1, positions, 8]. `more` are parts of a graph to put before its own.
 */
export function writeTinyEncoder(form: EncoderForm = {}, more: readonly Bytes[] = []): Bytes {
  const { length = 'free', shapes = 'measured', table = 'initializer', rows = positions } = form;
  const isFixed = length === 'fixed';
  const graph = [
    ...more,
    ...convolutions(),
    ...positionNodes(table, rows),
    ...attention(shapes),
    initializer(weights('conv1', [channels, mels, 3])),
    initializer(weights('conv2', [channels, channels, 3])),
    ...['query', 'key', 'value'].map((name) => initializer(weights(name, [channels, channels]))),
    valueInfo(graphFields.input, 'input_features', elementTypes.float32, ['batch', mels, isFixed ? frames : 'frames']),
    valueInfo(graphFields.output, 'last_hidden_state', elementTypes.float32, [
      'batch',
      isFixed ? positions : 'positions',
      channels,
    ]),
    // What a tool for shapes leaves behind.
    ...(isFixed ? [valueInfo(graphFields.valueInfo, 'heard', elementTypes.float32, [1, positions, channels])] : []),
  ];
  return model(graph, { irVersion: 8, operatorSet: 17 });
}

function convolutions(): Bytes[] {
  const convolution = (input: string, name: string, stride: number): Bytes =>
    node(
      'Conv',
      [input, name],
      [`${name}/output`],
      [
        attribute.integers('kernel_shape', [3]),
        attribute.integers('pads', [1, 1]),
        attribute.integers('strides', [stride]),
      ],
    );
  return [
    convolution('input_features', 'conv1', 1),
    node('Relu', ['conv1/output'], ['conv1/active']),
    convolution('conv1/active', 'conv2', 2),
    node('Transpose', ['conv2/output'], ['heard'], [attribute.integers('perm', [0, 2, 1])]),
  ];
}

/** Adds the table to what was heard, as `hidden`. */
function positionNodes(form: NonNullable<EncoderForm['table']>, rows: number): Bytes[] {
  const values = weights('table', [rows, channels]);
  const add = node('Add', ['heard', 'positions'], ['hidden']);
  switch (form) {
    case 'initializer':
      return [node('Add', ['table', 'heard'], ['hidden']), initializer(values)];
    case 'batched':
      return [node('Add', ['heard', 'table'], ['hidden']), initializer({ ...values, dims: [1, rows, channels] })];
    case 'node':
      return [node('Constant', [], ['positions'], [attribute.tensor('value', values)]), add];
    case 'float16':
      return [
        node('Cast', ['table'], ['positions'], [attribute.integer('to', elementTypes.float32)]),
        add,
        initializer({ ...values, elementType: elementTypes.float16, raw: halfFloats(rows * channels) }),
      ];
    case 'int8 gathered':
      return [
        node('Gather', ['table', 'rows'], ['table/rows'], [attribute.integer('axis', 0)]),
        node('DequantizeLinear', ['table/rows', 'scale'], ['positions']),
        add,
        initializer({ ...values, elementType: elementTypes.int8, raw: randomBytes(rows * channels) }),
        initializer(
          int64Tensor(
            'rows',
            [rows],
            Array.from({ length: rows }, (_, row) => row),
          ),
        ),
        initializer(float32Tensor('scale', [], Float32Array.of(0.01))),
      ];
    case 'cut':
      return [
        node('Shape', ['heard'], ['heard/shape']),
        node('Gather', ['heard/shape', 'one'], ['heard/length'], [attribute.integer('axis', 0)]),
        node('Slice', ['table', 'zero', 'heard/length', 'zero'], ['positions']),
        add,
        initializer(values),
        initializer(int64Tensor('zero', [1], [0])),
        initializer(int64Tensor('one', [1], [1])),
      ];
  }
}

/** Attention over `hidden` with a residual. The sizes are batch, length, heads and channels of a head. */
function attention(shapes: NonNullable<EncoderForm['shapes']>): Bytes[] {
  const projections = ['query', 'key', 'value'].flatMap((name) => [
    node('MatMul', ['hidden', name], [`${name}/flat`]),
    node('Reshape', [`${name}/flat`, 'split'], [`${name}/split`]),
    node(
      'Transpose',
      [`${name}/split`],
      [`${name}/heads`],
      [attribute.integers('perm', name === 'key' ? [0, 2, 3, 1] : [0, 2, 1, 3])],
    ),
  ]);
  return [
    ...sizes(shapes),
    ...projections,
    node('MatMul', ['query/heads', 'key/heads'], ['scores']),
    node('Softmax', ['scores'], ['attention'], [attribute.integer('axis', -1)]),
    node('MatMul', ['attention', 'value/heads'], ['mixed']),
    node('Transpose', ['mixed'], ['mixed/turned'], [attribute.integers('perm', [0, 2, 1, 3])]),
    node('Reshape', ['mixed/turned', 'joined'], ['mixed/joined']),
    node('Add', ['mixed/joined', 'hidden'], ['last_hidden_state']),
  ];
}

function sizes(shapes: NonNullable<EncoderForm['shapes']>): Bytes[] {
  const constant = (name: string, dims: number[], values: number[]): Bytes =>
    initializer(int64Tensor(name, dims, values));
  const concat = (name: string, parts: string[]): Bytes =>
    node('Concat', parts, [name], [attribute.integer('axis', 0)]);
  if (shapes === 'constants') {
    return [
      constant('split', [4], [1, positions, heads, channels / heads]),
      constant('joined', [3], [1, positions, channels]),
    ];
  }
  const measured =
    shapes === 'measured'
      ? [
          node('Shape', ['hidden'], ['hidden/shape']),
          node('Gather', ['hidden/shape', 'axis'], ['length'], [attribute.integer('axis', 0)]),
          constant('axis', [1], [1]),
        ]
      : [
          node('Constant', [], ['length/scalar'], [attribute.integer('value_int', positions)]),
          node('Unsqueeze', ['length/scalar', 'first'], ['length']),
          constant('first', [1], [0]),
        ];
  return [
    ...measured,
    constant('batch', [1], [1]),
    constant('heads', [1], [heads]),
    constant('rest', [1], [-1]),
    concat('split', ['batch', 'length', 'heads', 'rest']),
    concat('joined', ['batch', 'length', 'rest']),
  ];
}

/** Numbers between -1 and 1 that look random, the same each time and whatever the length. */
function weights(name: string, dims: readonly number[]): Tensor {
  const count = dims.reduce((product, size) => product * size, 1);
  const seed = Array.from(name).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1000, 7);
  return float32Tensor(
    name,
    dims,
    Float32Array.from({ length: count }, (_, index) => Math.sin((index + 1) * 12.9898 + seed)),
  );
}

/** 16-bit floats between 1 and 2 in magnitude, of either sign. */
function halfFloats(count: number): Uint8Array {
  const bits = Uint16Array.from(
    { length: count },
    (_, index) => ((index * 7919) % 1024) + 0x3c00 + (index % 2) * 0x8000,
  );
  return new Uint8Array(bits.buffer);
}

function randomBytes(count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, index) => (index * 7919) % 251);
}
