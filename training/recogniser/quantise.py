"""An fp32 ONNX graph to 8-bit weights: the kinds of node that ONNX Runtime's web build has, and no tool to install."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def without_debug_names(graph_file):
    """The model without the exporter's notes on where each node came from."""
    for node in graph_file.graph.node:
        node.ClearField("doc_string")
    del graph_file.graph.value_info[:]
    return graph_file


class _Rewriter:
    def __init__(self, graph):
        self.weights = {tensor.name: tensor for tensor in graph.initializer}
        self.nodes, self.added, self._inputs, self._stored = [], [], {}, set()

    def _store(self, name, values):
        if name not in self._stored:
            self._stored.add(name)
            self.added.append(numpy_helper.from_array(values, name))

    def _quantised_input(self, name):
        """8-bit form of an activation: values, scale, zero point; made once for all its readers."""
        if name not in self._inputs:
            outputs = [f"{name}_u8", f"{name}_scale", f"{name}_zero"]
            self.nodes.append(helper.make_node("DynamicQuantizeLinear", [name], outputs, f"{name}_quantise"))
            self._inputs[name] = outputs
        return self._inputs[name]

    def product(self, node):
        """A matrix product with a constant [in, out]: 8-bit weights with a scale an output column."""
        source, weight = node.input
        matrix = numpy_helper.to_array(self.weights[weight])
        scale = np.maximum(np.abs(matrix).max(0), 1e-8) / 127
        self._store(f"{weight}_i8", np.clip(np.round(matrix / scale), -127, 127).astype(np.int8))
        self._store(f"{weight}_scale", scale.astype(np.float32))
        values, input_scale, zero = self._quantised_input(source)
        out = node.output[0]
        self.nodes += [
            helper.make_node("MatMulInteger", [values, f"{weight}_i8", zero], [f"{out}_i32"], f"{out}_product"),
            helper.make_node("Cast", [f"{out}_i32"], [f"{out}_f32"], f"{out}_cast", to=TensorProto.FLOAT),
            helper.make_node("Mul", [input_scale, f"{weight}_scale"], [f"{out}_scales"], f"{out}_scale"),
            helper.make_node("Mul", [f"{out}_f32", f"{out}_scales"], [out], f"{out}_rescale"),
        ]

    def lookup(self, node):
        """An embedding: 8-bit rows with one scale."""
        weight, out = node.input[0], node.output[0]
        table = numpy_helper.to_array(self.weights[weight])
        scale = np.float32(np.abs(table).max() / 127)
        self._store(f"{weight}_rows_i8", np.round(table / scale).astype(np.int8))
        self._store(f"{weight}_rows_scale", np.asarray(scale))
        self.nodes += [
            helper.make_node("Gather", [f"{weight}_rows_i8", node.input[1]], [f"{out}_i8"], f"{out}_gather", axis=0),
            helper.make_node("DequantizeLinear", [f"{out}_i8", f"{weight}_rows_scale"], [out], f"{out}_dequantise"),
        ]

    def is_matrix(self, name):
        """Whether `name` is a constant float matrix."""
        tensor = self.weights.get(name)
        return tensor is not None and len(tensor.dims) == 2 and tensor.data_type == TensorProto.FLOAT


def quantise(model: onnx.ModelProto) -> onnx.ModelProto:
    """A copy of `model` whose products with constant matrices, and embeddings, are 8-bit."""
    small = onnx.ModelProto()
    small.CopyFrom(model)
    rewriter = _Rewriter(small.graph)
    for node in small.graph.node:
        if node.op_type == "MatMul" and rewriter.is_matrix(node.input[1]):
            rewriter.product(node)
        elif node.op_type == "Gather" and rewriter.is_matrix(node.input[0]):
            rewriter.lookup(node)
        else:
            rewriter.nodes.append(node)
    used = {name for node in rewriter.nodes for name in node.input}
    kept = [tensor for tensor in small.graph.initializer if tensor.name in used] + rewriter.added
    del small.graph.node[:]
    small.graph.node.extend(rewriter.nodes)
    del small.graph.initializer[:]
    small.graph.initializer.extend(kept)
    return small
