import {
  attributeFields,
  dimensionFields,
  elementTypes,
  graphFields,
  modelFields,
  nodeFields,
  shapeFields,
  tensorFields,
  tensorTypeFields,
  typeFields,
  valueInfoFields,
} from './messages.ts';
import { type ByteSource, type Field, type Range, readFields, readIntegers, readText } from './read.ts';

/** A constant tensor, without its data unless it is a few whole numbers. */
export interface Constant {
  elementType: number;
  dims: number[];
  integers: number[] | null;
  /** The field of the graph that holds it: an initialiser or a Constant node. */
  field: Field;
}
export interface Node {
  operator: string;
  inputs: string[];
  outputs: string[];
  field: Field;
}
/** What goes into a graph or comes out of it; a size that varies is a text. */
export interface Port {
  name: string;
  elementType: number;
  dims: (number | string)[];
  field: Field;
}
/** What a graph is made of, and where in the file it lies. */
export interface Graph {
  field: Field;
  /** Every field of the graph, in order. */
  fields: Field[];
  nodes: Node[];
  constants: Map<string, Constant>;
  inputs: Port[];
  outputs: Port[];
}

type Found<T> = Omit<T, 'field'>;

/** Shapes and indices have few elements. */
const fewElements = 8;

/** Reads a model's graph without its weights. Throws for what is no ONNX model, saying what it is instead where that shows. */
export async function readGraph(source: ByteSource): Promise<Graph> {
  await refuseOtherFiles(source);
  let field: Field | undefined;
  for await (const part of readFields(source, { start: 0, end: source.size })) {
    if (part.number === modelFields.graph) field = part;
  }
  if (!field) throw new Error('the file is no ONNX model: it has no graph');
  const graph: Graph = { field, fields: [], nodes: [], constants: new Map(), inputs: [], outputs: [] };
  for await (const part of readFields(source, field)) {
    graph.fields.push(part);
    await readPart(source, part, graph);
  }
  // Old files list their constants among the inputs.
  graph.inputs = graph.inputs.filter(({ name }) => !graph.constants.has(name));
  return graph;
}

async function refuseOtherFiles(source: ByteSource): Promise<void> {
  if (source.size === 0) throw new Error('the file is empty');
  const beginning = await readText(source, { start: 0, end: Math.min(source.size, 64) });
  if (beginning.startsWith('version https://git-lfs')) {
    throw new Error('the file is a git-lfs pointer, not the model it stands for');
  }
  if (/^\s*</.test(beginning)) throw new Error('the file is a web page, not a model');
}

async function readPart(source: ByteSource, field: Field, graph: Graph): Promise<void> {
  switch (field.number) {
    case graphFields.initializer: {
      const { name, ...constant } = await readTensor(source, field);
      graph.constants.set(name, { ...constant, field });
      break;
    }
    case graphFields.node: {
      const { constant, ...node } = await readNode(source, field);
      graph.nodes.push({ ...node, field });
      const [output] = node.outputs;
      if (constant && output !== undefined) graph.constants.set(output, { ...constant, field });
      break;
    }
    case graphFields.input:
      graph.inputs.push({ ...(await readPort(source, field)), field });
      break;
    case graphFields.output:
      graph.outputs.push({ ...(await readPort(source, field)), field });
      break;
  }
}

async function readTensor(source: ByteSource, range: Range): Promise<Found<Constant> & { name: string }> {
  const tensor = { name: '', elementType: 0, dims: [] as number[] };
  let stored: number[] = [];
  let raw: Field | undefined;
  for await (const part of readFields(source, range)) {
    if (part.number === tensorFields.dims) tensor.dims.push(...(await readIntegers(source, part)));
    else if (part.number === tensorFields.elementType) tensor.elementType = part.integer ?? 0;
    else if (part.number === tensorFields.name) tensor.name = await readText(source, part);
    else if (part.number === tensorFields.rawData) raw = part;
    else if (part.number === tensorFields.int64Data && stored.length <= fewElements) {
      stored = [...stored, ...(await readIntegers(source, part))];
    }
  }
  const isSmall = tensor.dims.reduce((product, size) => product * size, 1) <= fewElements;
  if (tensor.elementType !== elementTypes.int64 || !isSmall) return { ...tensor, integers: null };
  return { ...tensor, integers: raw ? await readRawIntegers(source, raw) : stored };
}

async function readRawIntegers(source: ByteSource, { start, end }: Range): Promise<number[]> {
  const bytes = await source.read(start, end);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.byteLength / 8) }, (_, index) =>
    Number(view.getBigInt64(index * 8, true)),
  );
}

async function readNode(source: ByteSource, range: Range): Promise<Found<Node> & { constant: Found<Constant> | null }> {
  const node = { operator: '', inputs: [] as string[], outputs: [] as string[] };
  let attribute: Field | undefined;
  for await (const part of readFields(source, range)) {
    if (part.number === nodeFields.input) node.inputs.push(await readText(source, part));
    else if (part.number === nodeFields.output) node.outputs.push(await readText(source, part));
    else if (part.number === nodeFields.operator) node.operator = await readText(source, part);
    else if (part.number === nodeFields.attribute) attribute = part;
  }
  return { ...node, constant: node.operator === 'Constant' && attribute ? await readValue(source, attribute) : null };
}

/** The value of a Constant node; null for one that is neither a tensor nor whole numbers. */
async function readValue(source: ByteSource, range: Range): Promise<Found<Constant> | null> {
  const integers: number[] = [];
  let isScalar = false;
  for await (const part of readFields(source, range)) {
    if (part.number === attributeFields.tensor) return readTensor(source, part);
    if (part.number === attributeFields.integer) isScalar = true;
    if (part.number === attributeFields.integer || part.number === attributeFields.integers) {
      integers.push(...(await readIntegers(source, part)));
    }
  }
  if (integers.length === 0) return null;
  return { elementType: elementTypes.int64, dims: isScalar ? [] : [integers.length], integers };
}

async function readPort(source: ByteSource, range: Range): Promise<Found<Port>> {
  const port: Found<Port> = { name: '', elementType: 0, dims: [] };
  for await (const part of readFields(source, range)) {
    if (part.number === valueInfoFields.name) port.name = await readText(source, part);
    if (part.number !== valueInfoFields.type) continue;
    for await (const type of readFields(source, part)) {
      if (type.number === typeFields.tensor) Object.assign(port, await readTensorType(source, type));
    }
  }
  return port;
}

async function readTensorType(source: ByteSource, range: Range): Promise<Pick<Port, 'elementType' | 'dims'>> {
  const type: Pick<Port, 'elementType' | 'dims'> = { elementType: 0, dims: [] };
  for await (const part of readFields(source, range)) {
    if (part.number === tensorTypeFields.elementType) type.elementType = part.integer ?? 0;
    if (part.number !== tensorTypeFields.shape) continue;
    for await (const dimension of readFields(source, part)) {
      if (dimension.number === shapeFields.dimension) type.dims.push(await readDimension(source, dimension));
    }
  }
  return type;
}

async function readDimension(source: ByteSource, range: Range): Promise<number | string> {
  for await (const part of readFields(source, range)) {
    if (part.number === dimensionFields.value && part.integer !== null) return part.integer;
    if (part.number === dimensionFields.symbol) return readText(source, part);
  }
  return '';
}
