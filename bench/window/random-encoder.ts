import { attribute, elementTypes, graphFields, model, node, valueInfo } from '../../src/ai/onnx/messages.ts';
import { type Bytes, text } from '../../src/ai/onnx/wire.ts';
import {
  addCommonConstants,
  attentionWeights,
  createNodes,
  createWeights,
  feedForward,
  feedForwardWeights,
  type Nodes,
  type Weights,
} from './graph-writer.ts';
import { type WhisperShape, whisper } from './shapes.ts';

/**
 * Whisper's encoder with random 8-bit weights, as exports have it whose shapes were folded: 3000 frames in, 1500 positions out,
 * both fixed, and the 1500 in every shape.
 */
export function writeRandomEncoder(shape: WhisperShape): Bytes {
  const { channels, heads, layers } = shape;
  const weights = createWeights(1);
  const nodes = createNodes('');
  addCommonConstants(weights, shape);
  weights.int64('split', [1, whisper.positions, heads, channels / heads]);
  weights.int64('joined', [1, whisper.positions, channels]);
  weights.float32('positions', [whisper.positions, channels], sinusoids(whisper.positions, channels));

  const heard = nodes.gelu(convolve(nodes, weights, 'input_features', whisper.mels, channels, 1));
  const halved = nodes.gelu(convolve(nodes, weights, heard, channels, channels, 2));
  let hidden = nodes.op('Add', [nodes.transpose(halved, [0, 2, 1]), 'positions']);
  for (let layer = 0; layer < layers; layer++) {
    const { query, key, value, output } = attentionWeights(weights, `layer-${layer}/attention`, shape);
    const normal = nodes.normalise(hidden);
    const [q = '', k = '', v = ''] = [query, key, value].map(({ matrix, bias }) =>
      nodes.splitHeads(nodes.linear(normal, matrix, bias), 'split'),
    );
    const mixed = nodes.attend(q, k, v, 'joined');
    hidden = nodes.op('Add', [hidden, nodes.linear(mixed, output.matrix, output.bias)]);
    hidden = feedForward(nodes, hidden, feedForwardWeights(weights, `layer-${layer}/feed-forward`, shape));
  }
  const last = nodes.normalise(hidden);
  const parts = [
    ...nodes.nodes,
    node('Identity', [last], ['last_hidden_state']),
    text(graphFields.name, 'encoder'),
    ...weights.initializers,
    valueInfo(graphFields.input, 'input_features', elementTypes.float32, ['batch_size', whisper.mels, whisper.frames]),
    valueInfo(graphFields.output, 'last_hidden_state', elementTypes.float32, [
      'batch_size',
      whisper.positions,
      channels,
    ]),
  ];
  return model(parts, { irVersion: 8, operatorSet: 17 });
}

function convolve(nodes: Nodes, weights: Weights, x: string, from: number, to: number, stride: number): string {
  const kernel = weights.randomFloats(`${x}/kernel`, [to, from, 3], 1 / Math.sqrt(3 * from));
  const bias = weights.randomFloats(`${x}/bias`, [to], 0.02);
  return nodes.op(
    'Conv',
    [x, kernel, bias],
    [
      attribute.integers('kernel_shape', [3]),
      attribute.integers('pads', [1, 1]),
      attribute.integers('strides', [stride]),
    ],
  );
}

function sinusoids(rows: number, channels: number): Float32Array {
  const half = channels / 2;
  const table = new Float32Array(rows * channels);
  for (let row = 0; row < rows; row++) {
    for (let channel = 0; channel < half; channel++) {
      const angle = row * 10_000 ** (-channel / (half - 1));
      table[row * channels + channel] = Math.sin(angle);
      table[row * channels + half + channel] = Math.cos(angle);
    }
  }
  return table;
}
