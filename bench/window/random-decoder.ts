import {
  attribute,
  elementTypes,
  float32Tensor,
  graphFields,
  model,
  node,
  valueInfo,
} from '../../src/ai/onnx/messages.ts';
import { type Bytes, text } from '../../src/ai/onnx/wire.ts';
import {
  type AttentionWeights,
  addCommonConstants,
  attentionWeights,
  bytesDeviation,
  createNodes,
  createWeights,
  type FeedForwardWeights,
  feedForward,
  feedForwardWeights,
  type Nodes,
  type QuantisedMatrix,
  type Weights,
} from './graph-writer.ts';
import { prompt, said, type WhisperShape, whisper } from './shapes.ts';

const { targetPositions, vocabulary } = whisper;
const embeddingDeviation = 0.05;
/** So much larger than what attention adds that the position alone decides which token comes next. */
const positionGain = 200;

/**
 * Whisper's decoder with random 8-bit weights, merged as exports have it: an If takes the branch with or without a cache. It writes
 * the tokens of `said` whatever it hears, so that every run decodes the same.
 */
export function writeRandomDecoder(shape: WhisperShape): Bytes {
  const weights = createWeights(2);
  addCommonConstants(weights, shape);
  const parts = addDecoderWeights(weights, shape);
  const branches = [true, false].map((isCached) => writeBranch(shape, parts, isCached));
  const caches = cacheNames(shape);
  const { float32, int64, bool } = elementTypes;
  const headSize = shape.channels / shape.heads;
  const cachePort = (field: number, prefix: string, cache: string): Bytes => {
    const length = cache.includes('decoder') ? 'past_decoder_sequence_length' : 'encoder_sequence_length_out';
    return valueInfo(field, `${prefix}.${cache}`, float32, ['batch_size', shape.heads, length, headSize]);
  };
  const [withCache = [], withoutCache = []] = branches;
  return model(
    [
      node(
        'If',
        ['use_cache_branch'],
        ['logits', ...caches.map((cache) => `present.${cache}`)],
        [attribute.graph('then_branch', withCache), attribute.graph('else_branch', withoutCache)],
      ),
      text(graphFields.name, 'decoder'),
      ...weights.initializers,
      valueInfo(graphFields.input, 'input_ids', int64, ['batch_size', 'decoder_sequence_length']),
      valueInfo(graphFields.input, 'encoder_hidden_states', float32, [
        'batch_size',
        'encoder_sequence_length',
        shape.channels,
      ]),
      ...caches.map((cache) => cachePort(graphFields.input, 'past_key_values', cache)),
      valueInfo(graphFields.input, 'use_cache_branch', bool, [1]),
      valueInfo(graphFields.output, 'logits', float32, ['batch_size', 'decoder_sequence_length', vocabulary]),
      ...caches.map((cache) => cachePort(graphFields.output, 'present', cache)),
    ],
    { irVersion: 8, operatorSet: 17 },
  );
}

const cacheNames = ({ layers }: WhisperShape): string[] =>
  Array.from({ length: layers }, (_, layer) =>
    ['decoder.key', 'decoder.value', 'encoder.key', 'encoder.value'].map((part) => `${layer}.${part}`),
  ).flat();

interface DecoderWeights {
  logits: QuantisedMatrix;
  layers: { self: AttentionWeights; cross: AttentionWeights; feedForward: FeedForwardWeights }[];
}

function addDecoderWeights(weights: Weights, shape: WhisperShape): DecoderWeights {
  const { channels, heads } = shape;
  const embedding = weights.random.bytes(vocabulary * channels);
  const scale = Float32Array.of(embeddingDeviation / bytesDeviation);
  weights.int8('embedding', [vocabulary, channels], embedding);
  weights.float32('embedding/scale', [], scale);
  weights.float32('positions', [targetPositions, channels], positionsThatSay(embedding, channels));
  weights.float32('mask', [targetPositions, targetPositions], causalMask());
  weights.int64('split', [1, -1, heads, channels / heads]);
  weights.int64('joined', [1, -1, channels]);
  weights.int64('zero', [0]);
  weights.int64('index-one', [1]);
  weights.int64('index-two', [2]);
  weights.int64('two-zeros', [0, 0]);
  weights.int64('both-axes', [0, 1]);
  return {
    logits: {
      values: weights.int8('unembedding', [channels, vocabulary], transposed(embedding, vocabulary, channels)),
      scale: 'embedding/scale',
      zero: weights.int8('unembedding/zero', [], new Uint8Array(1)),
    },
    layers: Array.from({ length: shape.layers }, (_, layer) => ({
      self: attentionWeights(weights, `layer-${layer}/self`, shape),
      cross: attentionWeights(weights, `layer-${layer}/cross`, shape),
      feedForward: feedForwardWeights(weights, `layer-${layer}/feed-forward`, shape),
    })),
  };
}

/** At the place of each token the embedding of the next one, so that this one is by far the likeliest. */
function positionsThatSay(embedding: Uint8Array, channels: number): Float32Array {
  const signed = new Int8Array(embedding.buffer, embedding.byteOffset, embedding.length);
  const table = new Float32Array(targetPositions * channels);
  for (let position = 0; position < targetPositions; position++) {
    const next = said[position - prompt.length + 1] ?? position;
    for (let channel = 0; channel < channels; channel++) {
      const value = (signed[next * channels + channel] ?? 0) / bytesDeviation;
      table[position * channels + channel] = value * embeddingDeviation * positionGain;
    }
  }
  return table;
}

function causalMask(): Float32Array {
  return Float32Array.from({ length: targetPositions ** 2 }, (_, index) =>
    index % targetPositions > Math.floor(index / targetPositions) ? -1e9 : 0,
  );
}

function transposed(matrix: Uint8Array, rows: number, columns: number): Uint8Array {
  const turned = new Uint8Array(matrix.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      turned[column * rows + row] = matrix[row * columns + column] ?? 0;
    }
  }
  return turned;
}

/** One branch of the If: a graph without inputs, whose outputs are the logits and the caches. */
function writeBranch(shape: WhisperShape, decoder: DecoderWeights, isCached: boolean): Bytes[] {
  const prefix = isCached ? 'cached/' : 'first/';
  const nodes = createNodes(prefix);
  const { start, end, mask } = place(nodes, isCached);
  const tokens = nodes.op('DequantizeLinear', [nodes.op('Gather', ['embedding', 'input_ids']), 'embedding/scale']);
  let hidden = nodes.op('Add', [tokens, nodes.op('Slice', ['positions', start, end, 'zero'])]);
  const presents: string[] = [];
  for (const [index, layer] of decoder.layers.entries()) {
    const cache = (part: string): string => `past_key_values.${index}.${part}`;
    const self = project(nodes, nodes.normalise(hidden), layer.self);
    const extend = (past: string, now: string): string =>
      isCached ? nodes.op('Concat', [past, now], [attribute.integer('axis', 2)]) : now;
    const key = extend(cache('decoder.key'), self.key());
    const value = extend(cache('decoder.value'), self.value());
    hidden = addAttention(nodes, hidden, nodes.attend(self.query(), key, value, 'joined', mask), layer.self);

    const cross = project(nodes, nodes.normalise(hidden), layer.cross);
    const heard = isCached ? null : project(nodes, 'encoder_hidden_states', layer.cross);
    const crossKey = heard?.key() ?? cache('encoder.key');
    const crossValue = heard?.value() ?? cache('encoder.value');
    hidden = addAttention(nodes, hidden, nodes.attend(cross.query(), crossKey, crossValue, 'joined'), layer.cross);
    hidden = feedForward(nodes, hidden, layer.feedForward);
    // Whoever calls keeps the cache of what was heard: it does not change.
    presents.push(
      key,
      value,
      ...(heard ? [crossKey, crossValue] : [emptyCache(nodes, shape), emptyCache(nodes, shape)]),
    );
  }
  const logits = nodes.linear(nodes.normalise(hidden), decoder.logits);
  const headSize = shape.channels / shape.heads;
  return [
    ...nodes.nodes,
    text(graphFields.name, prefix),
    valueInfo(graphFields.output, logits, elementTypes.float32, ['batch_size', 'length', vocabulary]),
    ...presents.map((present) =>
      valueInfo(graphFields.output, present, elementTypes.float32, ['batch', shape.heads, 'length', headSize]),
    ),
  ];
}

/** Where the tokens stand, and what they may see of each other. */
function place(nodes: Nodes, isCached: boolean): { start: string; end: string; mask: string | undefined } {
  const length = nodes.op('Gather', [nodes.op('Shape', ['input_ids']), 'index-one']);
  if (!isCached) {
    const square = nodes.op('Concat', [length, length], [attribute.integer('axis', 0)]);
    return { start: 'zero', end: length, mask: nodes.op('Slice', ['mask', 'two-zeros', square, 'both-axes']) };
  }
  const start = nodes.op('Gather', [nodes.op('Shape', ['past_key_values.0.decoder.key']), 'index-two']);
  return { start, end: nodes.op('Add', [start, length]), mask: undefined };
}

function project(nodes: Nodes, x: string, weights: AttentionWeights) {
  const part = (name: 'query' | 'key' | 'value') => (): string =>
    nodes.splitHeads(nodes.linear(x, weights[name].matrix, weights[name].bias), 'split');
  return { query: part('query'), key: part('key'), value: part('value') };
}

function addAttention(nodes: Nodes, x: string, mixed: string, { output }: AttentionWeights): string {
  return nodes.op('Add', [x, nodes.linear(mixed, output.matrix, output.bias)]);
}

function emptyCache(nodes: Nodes, { channels, heads }: WhisperShape): string {
  const value = float32Tensor('', [0, heads, 1, channels / heads], new Float32Array(0));
  return nodes.op('Constant', [], [attribute.tensor('value', value)]);
}
