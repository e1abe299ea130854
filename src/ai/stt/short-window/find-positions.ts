import type { Constant, Graph, Node } from '../../onnx/graph.ts';
import { elementTypes } from '../../onnx/messages.ts';

/** The node that adds positions to what was heard. */
export interface PositionAdd {
  add: Node;
  /** Which of its two inputs is the table. */
  tableInput: number;
  table: Constant;
}

/** What may lie between the table as it is stored and the node that adds it: each keeps the order of the axes. */
const passes = new Set(['Cast', 'DequantizeLinear', 'Gather', 'Identity', 'Unsqueeze']);
const longestChain = 6;

/**
 * Finds where an encoder adds its table of positions: the only Add of something heard and of a constant with as many rows.
 * 'cut already' where the graph itself takes as many rows as come in. Throws where there is no such place, or more than one.
 */
export function findPositions(graph: Graph, positions: number): PositionAdd | 'cut already' {
  const producers = new Map(graph.nodes.flatMap((node) => node.outputs.map((output) => [output, node])));
  const heard = dependentTensors(graph);
  const findTable = (name: string, chainLeft = longestChain): Constant | null => {
    const constant = graph.constants.get(name);
    if (constant) return isTable(constant, positions) ? constant : null;
    const node = producers.get(name);
    const source = node?.inputs[0];
    if (!node || source === undefined || chainLeft === 0 || !passes.has(node.operator)) return null;
    return findTable(source, chainLeft - 1);
  };
  const adds = graph.nodes.flatMap((add) =>
    add.operator !== 'Add'
      ? []
      : [0, 1].flatMap((tableInput) => {
          const [name, other] = [add.inputs[tableInput] ?? '', add.inputs[1 - tableInput] ?? ''];
          const table = heard.has(other) && !heard.has(name) ? findTable(name) : null;
          return table ? [{ add, tableInput, table }] : [];
        }),
  );
  const cuts = graph.nodes.filter(
    ({ operator, inputs: [data = '', ...bounds] }) =>
      (operator === 'Slice' || operator === 'Gather') && bounds.some((name) => heard.has(name)) && findTable(data),
  );
  const [place] = adds;
  if (adds.length + cuts.length !== 1) {
    throw new Error(
      `it adds a table of ${positions} positions in ${adds.length + cuts.length} places, where Whisper's encoder has one`,
    );
  }
  return place ?? 'cut already';
}

/** Positions are rows: [positions, channels], perhaps with a batch before. */
function isTable({ elementType, dims }: Constant, positions: number): boolean {
  return elementType !== elementTypes.int64 && dims.at(-2) === positions;
}

/** The names of all tensors that depend on what goes into the graph. */
function dependentTensors(graph: Graph): Set<string> {
  const dependent = new Set(graph.inputs.map(({ name }) => name));
  for (const { inputs, outputs } of graph.nodes) {
    if (inputs.some((input) => dependent.has(input))) for (const output of outputs) dependent.add(output);
  }
  return dependent;
}
