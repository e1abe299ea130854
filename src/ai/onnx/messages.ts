import { type Bytes, bytes, concat, float, message, number, text } from './wire.ts';

/**
 * The messages of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto that are written or looked for here, by the numbers
 * of their fields.
 */
export const modelFields = { irVersion: 1, producer: 2, graph: 7, operatorSets: 8 } as const;
export const graphFields = { node: 1, name: 2, initializer: 5, input: 11, output: 12, valueInfo: 13 } as const;
export const nodeFields = { input: 1, output: 2, name: 3, operator: 4, attribute: 5 } as const;
export const attributeFields = { name: 1, float: 2, integer: 3, tensor: 5, graph: 6, integers: 8, type: 20 } as const;
export const tensorFields = { dims: 1, elementType: 2, int64Data: 7, name: 8, rawData: 9 } as const;
export const valueInfoFields = { name: 1, type: 2 } as const;
export const typeFields = { tensor: 1 } as const;
export const tensorTypeFields = { elementType: 1, shape: 2 } as const;
export const shapeFields = { dimension: 1 } as const;
export const dimensionFields = { value: 1, symbol: 2 } as const;

export const elementTypes = { float32: 1, uint8: 2, int8: 3, int32: 6, int64: 7, bool: 9, float16: 10 } as const;
export type ElementType = (typeof elementTypes)[keyof typeof elementTypes];
const attributeTypes = { float: 1, integer: 2, tensor: 4, graph: 5, integers: 7 } as const;

/** What a TensorProto holds; `raw` is little-endian. */
export interface Tensor {
  name: string;
  elementType: number;
  dims: readonly number[];
  raw: Uint8Array;
}

function tensorMessage({ name, elementType, dims, raw }: Tensor): Bytes {
  return concat([
    ...dims.map((size) => number(tensorFields.dims, size)),
    number(tensorFields.elementType, elementType),
    text(tensorFields.name, name),
    bytes(tensorFields.rawData, raw),
  ]);
}

/** A constant of a graph. */
export function initializer(tensor: Tensor): Bytes {
  return message(graphFields.initializer, tensorMessage(tensor));
}

/** A tensor of 32-bit floats, little-endian as ONNX keeps them. */
export function float32Tensor(name: string, dims: readonly number[], values: Float32Array): Tensor {
  const raw = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, index) => {
    raw.setFloat32(index * 4, value, true);
  });
  return { name, elementType: elementTypes.float32, dims, raw: new Uint8Array(raw.buffer) };
}

/** A tensor of 64-bit integers, little-endian as ONNX keeps them. */
export function int64Tensor(name: string, dims: readonly number[], values: readonly number[]): Tensor {
  const raw = new DataView(new ArrayBuffer(values.length * 8));
  values.forEach((value, index) => {
    raw.setBigInt64(index * 8, BigInt(value), true);
  });
  return { name, elementType: elementTypes.int64, dims, raw: new Uint8Array(raw.buffer) };
}

/** A node's attribute, by what it holds. */
export const attribute = {
  integer: (name: string, value: number): Bytes =>
    attributeMessage(name, number(attributeFields.integer, value), attributeTypes.integer),
  integers: (name: string, values: readonly number[]): Bytes =>
    attributeMessage(
      name,
      concat(values.map((value) => number(attributeFields.integers, value))),
      attributeTypes.integers,
    ),
  float: (name: string, value: number): Bytes =>
    attributeMessage(name, float(attributeFields.float, value), attributeTypes.float),
  tensor: (name: string, value: Tensor): Bytes =>
    attributeMessage(name, message(attributeFields.tensor, tensorMessage(value)), attributeTypes.tensor),
  /** `parts` are what a graph is made of: nodes, initialisers, inputs, outputs. */
  graph: (name: string, parts: readonly Uint8Array[]): Bytes =>
    attributeMessage(name, message(attributeFields.graph, ...parts), attributeTypes.graph),
};

function attributeMessage(name: string, value: Bytes, type: number): Bytes {
  return message(nodeFields.attribute, text(attributeFields.name, name), value, number(attributeFields.type, type));
}

/** A node of a graph. */
export function node(
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: readonly Bytes[] = [],
): Bytes {
  return message(
    graphFields.node,
    ...inputs.map((input) => text(nodeFields.input, input)),
    ...outputs.map((output) => text(nodeFields.output, output)),
    text(nodeFields.operator, operator),
    ...attributes,
  );
}

/** What goes into a graph or comes out of it. A text among the sizes is one that varies. */
export function valueInfo(field: number, name: string, elementType: number, dims: readonly (number | string)[]): Bytes {
  const sizes = dims.map((size) =>
    message(
      shapeFields.dimension,
      typeof size === 'number' ? number(dimensionFields.value, size) : text(dimensionFields.symbol, size),
    ),
  );
  const tensorType = message(
    typeFields.tensor,
    number(tensorTypeFields.elementType, elementType),
    message(tensorTypeFields.shape, ...sizes),
  );
  return message(field, text(valueInfoFields.name, name), message(valueInfoFields.type, tensorType));
}

/** A whole file around a graph's parts. */
export function model(
  graphParts: readonly Uint8Array[],
  { irVersion, operatorSet }: { irVersion: number; operatorSet: number },
): Bytes {
  return concat([
    number(modelFields.irVersion, irVersion),
    text(modelFields.producer, 'lagrace'),
    message(modelFields.graph, ...graphParts),
    message(modelFields.operatorSets, text(1, ''), number(2, operatorSet)),
  ]);
}
