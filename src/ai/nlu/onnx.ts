import type { LinearModel } from './trainer.ts';

/**
 * Writes ONNX files: the few messages of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto that a small model needs,
 * in Protocol Buffers' wire format.
 */
const operatorSet = 17;
const irVersion = 8;
const float32 = 1;
const int32 = 6;

type Bytes = Uint8Array;

function concat(parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function varint(value: number): Bytes {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Uint8Array.from([...bytes, rest]);
}

const number = (field: number, value: number): Bytes => concat([varint(field * 8), varint(value)]);
const bytes = (field: number, value: Bytes): Bytes => concat([varint(field * 8 + 2), varint(value.length), value]);
const text = (field: number, value: string): Bytes => bytes(field, new TextEncoder().encode(value));
const message = (field: number, ...parts: Bytes[]): Bytes => bytes(field, concat(parts));

/** Little-endian, as ONNX wants raw data, on any machine. */
function rawFloats(values: Float32Array): Bytes {
  const raw = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, index) => {
    raw.setFloat32(index * 4, value, true);
  });
  return new Uint8Array(raw.buffer);
}

/** A TensorProto among a graph's initialisers (field 5). */
function initializer(name: string, shape: readonly number[], values: Float32Array): Bytes {
  return message(
    5,
    ...shape.map((size) => number(1, size)),
    number(2, float32),
    text(8, name),
    bytes(9, rawFloats(values)),
  );
}

/** A NodeProto (field 1 of a graph); `integers` are its attributes. */
function node(operator: string, inputs: string[], output: string, integers: Record<string, number> = {}): Bytes {
  const attributes = Object.entries(integers).map(([name, value]) =>
    message(5, text(1, name), number(3, value), number(20, 2)),
  );
  return message(1, ...inputs.map((input) => text(1, input)), text(2, output), text(4, operator), ...attributes);
}

/** A ValueInfoProto: what goes in (field 11 of a graph) or out (field 12). A text is a size that varies. */
function value(field: 11 | 12, name: string, type: number, shape: readonly (number | string)[]): Bytes {
  const sizes = shape.map((size) => message(1, typeof size === 'number' ? number(1, size) : text(2, size)));
  return message(field, text(1, name), message(2, message(1, number(1, type), message(2, ...sizes))));
}

/**
 * A linear softmax model as an ONNX file: inputs `indices` int32 [n] and `weights` float32 [1, n], as `Features` has them;
 * output `probabilities` float32 [1, labels], with the temperature applied.
 */
export function writeLinearModel(model: LinearModel, temperature: number): Uint8Array {
  const { rows, labels, weights, bias } = model;
  const graph = message(
    7,
    node('Gather', ['table', 'indices'], 'chosen', { axis: 0 }),
    node('MatMul', ['weights', 'chosen'], 'sums'),
    node('Add', ['sums', 'bias'], 'logits'),
    node('Div', ['logits', 'temperature'], 'tempered'),
    node('Softmax', ['tempered'], 'probabilities', { axis: 1 }),
    text(2, 'intent'),
    initializer('table', [rows, labels], weights),
    initializer('bias', [labels], bias),
    initializer('temperature', [1], Float32Array.of(temperature)),
    value(11, 'indices', int32, ['n']),
    value(11, 'weights', float32, [1, 'n']),
    value(12, 'probabilities', float32, [1, labels]),
  );
  return concat([number(1, irVersion), text(2, 'lagrace'), graph, message(8, text(1, ''), number(2, operatorSet))]);
}
