import { attribute, elementTypes, float32Tensor, initializer, int64Tensor, node } from '../../src/ai/onnx/messages.ts';
import type { Bytes } from '../../src/ai/onnx/wire.ts';
import type { WhisperShape } from './shapes.ts';

/** A matrix of 8-bit weights with one scale, as dynamic quantisation makes them. */
export interface QuantisedMatrix {
  values: string;
  scale: string;
  zero: string;
}

/** The constants of a model, random where nothing else is said. */
export function createWeights(seed: number) {
  const initializers: Bytes[] = [];
  const random = createRandom(seed);
  const add = (part: Bytes, name: string): string => {
    initializers.push(part);
    return name;
  };
  const float32 = (name: string, dims: number[], values: Float32Array): string =>
    add(initializer(float32Tensor(name, dims, values)), name);
  const int8 = (name: string, dims: number[], raw: Uint8Array): string =>
    add(initializer({ name, elementType: elementTypes.int8, dims, raw }), name);
  return {
    initializers,
    random,
    float32,
    int8,
    int64: (name: string, values: number[], dims = [values.length]): string =>
      add(initializer(int64Tensor(name, dims, values)), name),
    randomFloats: (name: string, dims: number[], deviation: number): string => {
      const values = new Float32Array(dims.reduce((product, size) => product * size, 1));
      return float32(
        name,
        dims,
        values.map(() => random.uniform() * deviation * Math.sqrt(3)),
      );
    },
    matrix: (name: string, rows: number, columns: number): QuantisedMatrix => ({
      values: int8(name, [rows, columns], random.bytes(rows * columns)),
      scale: float32(`${name}/scale`, [], Float32Array.of(0.5 / (bytesDeviation * Math.sqrt(rows)))),
      zero: int8(`${name}/zero`, [], new Uint8Array(1)),
    }),
  };
}
export type Weights = ReturnType<typeof createWeights>;

/** Of bytes that are equally likely, read as signed. */
export const bytesDeviation = 74;

/** Marsaglia's xorshift: much faster than the platform's generator of keys, and the same each time. */
function createRandom(seed: number) {
  let state = seed;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state;
  };
  return {
    /** Between -1 and 1. */
    uniform: (): number => next() / 2 ** 31,
    bytes: (count: number): Uint8Array<ArrayBuffer> => {
      const words = new Int32Array(Math.ceil(count / 4));
      for (let index = 0; index < words.length; index++) words[index] = next();
      return new Uint8Array(words.buffer, 0, count);
    },
  };
}

/** Writes the nodes of one graph; what they compute goes by generated names that begin with `prefix`. */
export function createNodes(prefix: string) {
  const nodes: Bytes[] = [];
  const quantised = new Map<string, [string, string, string]>();
  let count = 0;
  const name = (operator: string): string => `${prefix}${operator}-${count++}`;
  const op = (operator: string, inputs: string[], attributes: Bytes[] = []): string => {
    const output = name(operator);
    nodes.push(node(operator, inputs, [output], attributes));
    return output;
  };
  const quantise = (x: string): [string, string, string] => {
    const known = quantised.get(x);
    if (known) return known;
    const base = name('DynamicQuantizeLinear');
    const outputs: [string, string, string] = [`${base}/values`, `${base}/scale`, `${base}/zero`];
    nodes.push(node('DynamicQuantizeLinear', [x], outputs));
    quantised.set(x, outputs);
    return outputs;
  };
  const linear = (x: string, matrix: QuantisedMatrix, bias?: string): string => {
    const [values, scale, zero] = quantise(x);
    const product = op('MatMulInteger', [values, matrix.values, zero, matrix.zero]);
    const asFloat = op('Cast', [product], [attribute.integer('to', elementTypes.float32)]);
    const scaled = op('Mul', [asFloat, op('Mul', [scale, matrix.scale])]);
    return bias ? op('Add', [bias, scaled]) : scaled;
  };
  const transpose = (x: string, perm: number[]): string => op('Transpose', [x], [attribute.integers('perm', perm)]);
  return {
    nodes,
    op,
    linear,
    transpose,
    normalise: (x: string): string =>
      op('LayerNormalization', [x, 'ones', 'zeros'], [attribute.integer('axis', -1), attribute.float('epsilon', 1e-5)]),
    gelu: (x: string): string =>
      op('Mul', [op('Mul', [x, op('Add', [op('Erf', [op('Div', [x, 'root-of-two'])]), 'one'])]), 'half']),
    /** [1, length, channels] as [1, heads, length, channels / heads]. */
    splitHeads: (x: string, split: string): string => transpose(op('Reshape', [x, split]), [0, 2, 1, 3]),
    attend: (query: string, key: string, value: string, joined: string, mask?: string): string => {
      const scaled = op('Mul', [query, 'query-scale']);
      const scores = op('MatMul', [scaled, transpose(key, [0, 1, 3, 2])]);
      const shares = op('Softmax', [mask ? op('Add', [scores, mask]) : scores], [attribute.integer('axis', -1)]);
      return op('Reshape', [transpose(op('MatMul', [shares, value]), [0, 2, 1, 3]), joined]);
    },
  };
}
export type Nodes = ReturnType<typeof createNodes>;

/** The constants that `createNodes` refers to. */
export function addCommonConstants(weights: Weights, { channels, heads }: WhisperShape): void {
  weights.float32('ones', [channels], new Float32Array(channels).fill(1));
  weights.float32('zeros', [channels], new Float32Array(channels));
  weights.float32('root-of-two', [], Float32Array.of(Math.SQRT2));
  weights.float32('one', [], Float32Array.of(1));
  weights.float32('half', [], Float32Array.of(0.5));
  weights.float32('query-scale', [], Float32Array.of((channels / heads) ** -0.5));
}

/** The weights of one layer of attention; the keys have no bias. */
export function attentionWeights(weights: Weights, name: string, { channels }: WhisperShape) {
  const matrix = (part: string): QuantisedMatrix => weights.matrix(`${name}/${part}`, channels, channels);
  const bias = (part: string): string => weights.randomFloats(`${name}/${part}/bias`, [channels], 0.02);
  return {
    query: { matrix: matrix('query'), bias: bias('query') },
    key: { matrix: matrix('key'), bias: undefined },
    value: { matrix: matrix('value'), bias: bias('value') },
    output: { matrix: matrix('output'), bias: bias('output') },
  };
}
export type AttentionWeights = ReturnType<typeof attentionWeights>;

export function feedForwardWeights(weights: Weights, name: string, { channels, feedForward }: WhisperShape) {
  return {
    up: {
      matrix: weights.matrix(`${name}/up`, channels, feedForward),
      bias: weights.randomFloats(`${name}/up/bias`, [feedForward], 0.02),
    },
    down: {
      matrix: weights.matrix(`${name}/down`, feedForward, channels),
      bias: weights.randomFloats(`${name}/down/bias`, [channels], 0.02),
    },
  };
}
export type FeedForwardWeights = ReturnType<typeof feedForwardWeights>;

/** Two linear layers with a residual. */
export function feedForward(nodes: Nodes, x: string, { up, down }: FeedForwardWeights): string {
  const hidden = nodes.gelu(nodes.linear(nodes.normalise(x), up.matrix, up.bias));
  return nodes.op('Add', [x, nodes.linear(hidden, down.matrix, down.bias)]);
}
