import {
  attribute,
  elementTypes,
  float32Tensor,
  graphFields,
  initializer,
  model,
  node,
  valueInfo,
} from '../onnx/messages.ts';
import { text } from '../onnx/wire.ts';
import type { LinearModel } from './trainer.ts';

const operatorSet = 17;
const irVersion = 8;

/**
 * A linear softmax model as an ONNX file: inputs `indices` int32 [n] and `weights` float32 [1, n], as `Features` has them;
 * output `probabilities` float32 [1, labels], with the temperature applied.
 */
export function writeLinearModel({ rows, labels, weights, bias }: LinearModel, temperature: number): Uint8Array {
  const graph = [
    node('Gather', ['table', 'indices'], ['chosen'], [attribute.integer('axis', 0)]),
    node('MatMul', ['weights', 'chosen'], ['sums']),
    node('Add', ['sums', 'bias'], ['logits']),
    node('Div', ['logits', 'temperature'], ['tempered']),
    node('Softmax', ['tempered'], ['probabilities'], [attribute.integer('axis', 1)]),
    text(graphFields.name, 'intent'),
    initializer(float32Tensor('table', [rows, labels], weights)),
    initializer(float32Tensor('bias', [labels], bias)),
    initializer(float32Tensor('temperature', [1], Float32Array.of(temperature))),
    valueInfo(graphFields.input, 'indices', elementTypes.int32, ['n']),
    valueInfo(graphFields.input, 'weights', elementTypes.float32, [1, 'n']),
    valueInfo(graphFields.output, 'probabilities', elementTypes.float32, [1, labels]),
  ];
  return model(graph, { irVersion, operatorSet });
}
