import type { Constant, Graph, Node, Port } from '../../onnx/graph.ts';
import { readGraph } from '../../onnx/graph.ts';
import {
  graphFields,
  initializer,
  int64Tensor,
  modelFields,
  node,
  nodeFields,
  valueInfo,
} from '../../onnx/messages.ts';
import { type ByteSource, blobSource, type Field, type Range, readFields } from '../../onnx/read.ts';
import { type Bytes, bytesHeader, concat, message, text } from '../../onnx/wire.ts';
import { findPositions, type PositionAdd } from './find-positions.ts';

/** A stretch of the old file, or new bytes. */
export type Piece = Range | Bytes;

/** Names of what is added; an edited file is known again by them. */
const prefix = 'short-window/';
const names = {
  shape: `${prefix}shape`,
  lastAxis: `${prefix}last-axis`,
  frames: `${prefix}frames`,
  one: `${prefix}one`,
  roundedUp: `${prefix}rounded-up`,
  framesPerPosition: `${prefix}frames-per-position`,
  length: `${prefix}length`,
  lengthAsScalar: `${prefix}length-as-scalar`,
  zero: `${prefix}zero`,
  sequenceAxis: `${prefix}sequence-axis`,
  positions: `${prefix}positions`,
} as const;

/** Whisper's second convolution moves by two frames. */
const framesPerPosition = 2;

/**
 * A Whisper encoder that takes any length of sound up to the one it was exported for: its table of positions is cut to what comes
 * in. At full length it computes what it did before. The new file is slices of the old one with new bytes between: no weights
 * are copied.
 * @param positions rows of the table: `max_source_positions` of the pack's `config.json`
 * @throws {Error} for what is damaged, no such encoder, or edited already
 */
export async function freeEncoderWindow(file: Blob, positions: number): Promise<Blob> {
  const pieces = await planEncoderEdit(blobSource(file), positions);
  return new Blob(pieces.map((piece) => (piece instanceof Uint8Array ? piece : file.slice(piece.start, piece.end))));
}

/** The new file as pieces, in order; see `freeEncoderWindow`. */
export async function planEncoderEdit(source: ByteSource, positions: number): Promise<Piece[]> {
  const graph = await readGraph(source);
  if (graph.nodes.some(({ outputs }) => outputs.some((output) => output.startsWith(prefix)))) {
    throw new Error('it was edited for short windows already');
  }
  const [input, ...others] = graph.inputs;
  if (!input || others.length > 0) throw new Error(`it has ${graph.inputs.length} inputs where an encoder has one`);
  const place = findPositions(graph, positions);
  const edit: Edit = { replaced: new Map(), first: [], last: [] };
  const frames = input.dims.at(-1);
  if (typeof frames === 'number' && frames !== positions * framesPerPosition) {
    throw new Error(`it takes ${frames} frames, which do not make ${positions} positions`);
  }
  freeDimension(edit, input, input.dims.length - 1, positions * framesPerPosition, 'frames');
  for (const output of graph.outputs) freeDimension(edit, output, output.dims.length - 2, positions, 'positions');
  if (place !== 'cut already') {
    measureInput(edit, input);
    freeShapes(edit, graph, place, positions);
    await cutPositions(edit, source, place);
  }
  // Shapes that were inferred for the full length.
  for (const field of graph.fields) if (field.number === graphFields.valueInfo) edit.replaced.set(field, null);
  return assemble(source.size, graph, edit);
}

/** What happens to a graph: fields replaced by bytes, or dropped when null; what comes before and after all others. */
interface Edit {
  replaced: Map<Field, Bytes | null>;
  first: Bytes[];
  last: Bytes[];
}

/** Lets a size vary that is fixed to `fixed`. */
function freeDimension(edit: Edit, port: Port, axis: number, fixed: number, symbol: string): void {
  if (port.dims[axis] !== fixed) return;
  const dims = port.dims.with(axis, `${prefix}${symbol}`);
  edit.replaced.set(port.field, valueInfo(port.field.number, port.name, port.elementType, dims));
}

/** Adds nodes that compute how many positions the input will have, as a tensor of one element. */
function measureInput(edit: Edit, input: Port): void {
  const constant = (name: string, value: number): Bytes => initializer(int64Tensor(name, [1], [value]));
  edit.last.push(
    constant(names.lastAxis, input.dims.length - 1),
    constant(names.one, framesPerPosition - 1),
    constant(names.framesPerPosition, framesPerPosition),
  );
  edit.first.push(
    node('Shape', [input.name], [names.shape]),
    node('Gather', [names.shape, names.lastAxis], [names.frames]),
    node('Add', [names.frames, names.one], [names.roundedUp]),
    node('Div', [names.roundedUp, names.framesPerPosition], [names.length]),
  );
}

/** Puts a Slice between the table and the node that adds it. */
async function cutPositions(edit: Edit, source: ByteSource, { add, tableInput }: PositionAdd): Promise<void> {
  const table = add.inputs[tableInput] ?? '';
  edit.last.push(
    initializer(int64Tensor(names.zero, [1], [0])),
    initializer(int64Tensor(names.sequenceAxis, [1], [-2])),
  );
  const slice = node('Slice', [table, names.zero, names.length, names.sequenceAxis], [names.positions]);
  edit.replaced.set(add.field, concat([slice, await withInput(source, add, tableInput, names.positions)]));
}

/** A node that reads `name` as its input number `index`, and else is as it was. */
async function withInput(source: ByteSource, { field }: Node, index: number, name: string): Promise<Bytes> {
  const parts: Uint8Array[] = [];
  let inputs = 0;
  for await (const part of readFields(source, field)) {
    const isIt = part.number === nodeFields.input && inputs++ === index;
    parts.push(isIt ? text(nodeFields.input, name) : (await source.read(part.header, part.end)).slice());
  }
  return message(graphFields.node, ...parts);
}

/** Replaces shapes that hold the full length by sums of a constant and the length that comes in. */
function freeShapes(edit: Edit, graph: Graph, { table }: PositionAdd, positions: number): void {
  const shapes = [...graph.constants].filter(([, { integers }]) => integers?.includes(positions));
  if (shapes.length > 0 && table.dims.at(-1) === positions) {
    throw new Error(`its shapes are fixed, and ${positions} in them may mean positions or channels`);
  }
  if (shapes.some(([, { dims }]) => dims.length === 0)) {
    edit.first.push(node('Squeeze', [names.length], [names.lengthAsScalar]));
  }
  for (const [index, [name, shape]] of shapes.entries())
    freeShape(edit, `${prefix}shape-${index}`, name, shape, positions);
}

function freeShape(edit: Edit, ownName: string, name: string, shape: Constant, positions: number): void {
  const { dims, integers, field } = shape;
  const [rest, mask, part] = [`${ownName}/rest`, `${ownName}/mask`, `${ownName}/part`];
  const values = integers ?? [];
  edit.replaced.set(field, null);
  edit.last.push(
    initializer(
      int64Tensor(
        rest,
        dims,
        values.map((value) => (value === positions ? 0 : value)),
      ),
    ),
    initializer(
      int64Tensor(
        mask,
        dims,
        values.map((value) => (value === positions ? 1 : 0)),
      ),
    ),
  );
  edit.first.push(
    node('Mul', [mask, dims.length === 0 ? names.lengthAsScalar : names.length], [part]),
    node('Add', [part, rest], [name]),
  );
}

/** The file with the graph as edited; stretches that follow each other become one. */
function assemble(fileBytes: number, { field, fields }: Graph, edit: Edit): Piece[] {
  const parts: Piece[] = [...edit.first];
  for (const part of fields) {
    const replacement = edit.replaced.get(part);
    if (replacement) parts.push(replacement);
    else if (replacement === undefined) parts.push({ start: part.header, end: part.end });
  }
  parts.push(...edit.last);
  const graphBytes = parts.reduce((sum, part) => sum + lengthOf(part), 0);
  const header = bytesHeader(modelFields.graph, graphBytes);
  return joinPieces([{ start: 0, end: field.header }, header, ...parts, { start: field.end, end: fileBytes }]);
}

function lengthOf(piece: Piece): number {
  return piece instanceof Uint8Array ? piece.length : piece.end - piece.start;
}

function joinPieces(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (lengthOf(piece) === 0) continue;
    if (last instanceof Uint8Array && piece instanceof Uint8Array) joined.splice(-1, 1, concat([last, piece]));
    else if (last && !(last instanceof Uint8Array) && !(piece instanceof Uint8Array) && last.end === piece.start) {
      joined.splice(-1, 1, { start: last.start, end: piece.end });
    } else joined.push(piece);
  }
  return joined;
}
