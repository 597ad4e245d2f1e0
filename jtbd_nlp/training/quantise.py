"""Weights in eight or four bits, and products of floats or of whole numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from jtbd_nlp.tag import matrices
from jtbd_nlp.tag.windows import Window
from jtbd_nlp.training import compensate, integers

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Bits = Literal[4, 8]
#: matrices with fewer weights stay float
SMALLEST: Final = 100_000
#: weights that share a scale in four bits
BLOCK: Final = 32
#: a block's greatest weight may be cut off to one of these shares of itself, where that brings the others nearer
_CUTS: Final = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75)


def quantise(source: Path, out: Path, bits: Bits = 8, *, whole: bool = False, seen: Sequence[Window] = ()) -> Path:
    """Store an ONNX model's large matrices and its vectors of words in few bits. Returns the file; with `whole`, `matrices.npz` stands beside it.

    Eight bits: one scale a column of a matrix, or a word. Four bits: one scale a block of `BLOCK` weights of a column or word, two weights a byte; what
    does not divide into blocks has eight. The runtime makes matrices of them once, when it loads the model, and float vectors of the words of each
    window.

    Args:
        source: the float model.
        out: where to write.
        bits: of a stored weight.
        whole: whether tokens' activations (1, tokens, inputs) are multiplied with matrices in whole numbers; else all arithmetic is float.
        seen: what is read so that weights in four bits make up for each other; else each is rounded by itself.
    """
    import onnx
    from onnx import helper, numpy_helper

    model = onnx.load(str(source))
    graph = model.graph
    ranks = {v.name: len(v.type.tensor_type.shape.dim) for v in _shaped(model)}
    large = [w for w in graph.initializer if len(w.dims) == 2 and w.dims[0] * w.dims[1] >= SMALLEST]
    apart: dict[str, dict[str, Any]] = {}
    moments = compensate.second_moments(source, [w.name for w in large], seen) if bits == 4 else {}
    for weight in large:
        name, values = weight.name, numpy_helper.to_array(weight)
        users = [n for n in graph.node if name in n.input]
        looked_up = all(n.op_type == "Gather" for n in users)
        rows = values if looked_up else values.T
        width = bits if rows.shape[1] % (2 * BLOCK) == 0 else 8
        products = whole and not looked_up and all(n.op_type == "MatMul" and ranks.get(n.input[0]) == 3 for n in users)
        greatest = matrices.GREATEST if products else 127
        stored = _in_four(rows, moments.get(name)) if width == 4 else _in_eight(rows, greatest)
        graph.initializer.remove(weight)
        if products:
            apart[name] = stored
            numbers, step = matrices.whole(matrices.floats(stored))
            graph.initializer.extend([numpy_helper.from_array(numbers, f"{name}.whole"), numpy_helper.from_array(step, f"{name}.step")])
            _in_whole_numbers(graph, users, name)
            continue
        graph.initializer.extend(numpy_helper.from_array(array, f"{name}.{part}") for part, array in stored.items())
        if not looked_up:
            held = {part: f"{name}.{part}" for part in stored}
            floats = _floats(width, held, f"{name}.rows", rows.shape[1], 1)
            _insert(graph, 0, [*floats, helper.make_node("Transpose", [f"{name}.rows"], [name])])
            continue
        for n in users:
            ids, result, at = n.input[1], n.output[0], list(graph.node).index(n)
            graph.node.remove(n)
            picked = {part: f"{result}.{part}" for part in stored}
            found = [helper.make_node("Gather", [f"{name}.{part}", ids], [picked[part]]) for part in stored]
            _insert(graph, at, [*found, *_floats(width, picked, result, rows.shape[1], ranks[ids])])
    onnx.checker.check_model(model)
    beside = out.with_name(matrices.FILE)
    beside.unlink(missing_ok=True)
    if apart:
        _take_out(graph, apart)
        matrices.save_matrices(beside, apart)
    out.write_bytes(model.SerializeToString())
    return out


def _take_out(graph: Any, names: Iterable[str]) -> None:
    """Leave the shapes of matrices in the network, and say that their numbers are given when it is loaded."""
    from onnx import TensorProto, external_data_helper

    given = {f"{name}.{part}" for name in names for part in ("whole", "step")}
    for tensor in graph.initializer:
        if tensor.name in given:
            external_data_helper.set_external_data(tensor, matrices.FILE)
            tensor.ClearField("raw_data")
            tensor.data_location = TensorProto.EXTERNAL


def _in_whole_numbers(graph: Any, users: list[Any], matrix: str) -> None:
    """Put products of whole numbers in the place of products with a matrix. What several matrices multiply is rounded once."""
    made = {name for n in graph.node for name in n.output}
    for n in users:
        given, at = n.input[0], list(graph.node).index(n)
        graph.node.remove(n)
        rounded = [] if f"{given}.whole" in made else [*integers.activations(given)]
        made |= {name for node in rounded for name in node.output}
        _insert(graph, at, [*rounded, *integers.product(given, matrix, n.output[0])])


def _shaped(model: Any) -> Iterator[Any]:
    from onnx import shape_inference

    graph = shape_inference.infer_shapes(model).graph
    yield from (*graph.input, *graph.value_info)


def _insert(graph: Any, at: int, nodes: list[Any]) -> None:
    for node in reversed(nodes):
        graph.node.insert(at, node)


def _in_eight(rows: NDArray[np.float32], greatest: int) -> dict[str, Any]:
    """Whole numbers up to the greatest on either side, and the scale of each row. Shapes: (n, width), (n, 1)."""
    import numpy as np

    scale = np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-12).astype(np.float32) / greatest
    return {"int8": np.clip(np.rint(rows / scale), -greatest, greatest).astype(np.int8), "scale": scale}


def _in_four(rows: NDArray[np.float32], moments: NDArray[np.float64] | None = None) -> dict[str, Any]:
    """Numbers from 0 to 15, of which 8 is zero, and the scale of each block. Shapes: (n, width / 2), (n, width / BLOCK).

    The first half of a row is in the lower bits, the second in the upper ones.
    """
    import numpy as np

    if moments is not None:
        return _packed(*compensate.in_four(rows, moments, BLOCK, _CUTS))
    blocks = rows.reshape(-1, BLOCK)
    scales = compensate.nearest_scale(blocks, np.ones(BLOCK, np.float32), _CUTS)
    numbers = np.clip(np.rint(blocks / scales[:, None].astype(np.float32)), -8, 7) + 8
    return _packed(numbers.astype(np.uint8).reshape(rows.shape), scales.reshape(len(rows), -1))


def _packed(numbers: NDArray[np.uint8], scales: NDArray[np.float16]) -> dict[str, Any]:
    import numpy as np

    low, high = np.split(numbers, 2, axis=1)
    return {"int4": low | (high << 4), "scale": scales}


def _floats(width: int, given: dict[str, str], result: str, columns: int, rank: int) -> Iterator[Any]:
    """Nodes that make floats of stored rows.

    Args:
        width: 4 or 8 bits.
        given: the names of the stored parts in the graph.
        result: the name of the floats.
        columns: how many a row has.
        rank: how many axes there are before a row's own.
    """
    import numpy as np
    from onnx import TensorProto, helper, numpy_helper

    def constant(part: str, value: Any) -> tuple[Any, str]:
        name = f"{result}.{part}"
        return helper.make_node("Constant", [], [name], value=numpy_helper.from_array(value)), name

    if width == 8:
        yield helper.make_node("Cast", [given["int8"]], [f"{result}.float"], to=TensorProto.FLOAT)
        yield helper.make_node("Mul", [f"{result}.float", given["scale"]], [result])
        return
    constants = (
        constant("four", np.array(4, np.uint8)),
        constant("middle", np.array(8, np.float32)),
        constant("blocks", np.array([0] * rank + [columns // BLOCK, BLOCK], np.int64)),
        constant("row", np.array([0] * rank + [columns], np.int64)),
        constant("last", np.array([-1], np.int64)),
    )
    yield from (node for node, _ in constants)
    four, middle, blocks, row, last = (name for _, name in constants)
    steps: tuple[tuple[str, list[str], dict[str, Any]], ...] = (
        ("BitShift", [given["int4"], four], {"direction": "RIGHT"}),  # 0: the upper bits
        ("BitShift", [given["int4"], four], {"direction": "LEFT"}),
        ("BitShift", [f"{result}.1", four], {"direction": "RIGHT"}),  # 2: the lower bits
        ("Concat", [f"{result}.2", f"{result}.0"], {"axis": -1}),
        ("Cast", [f"{result}.3"], {"to": TensorProto.FLOAT}),
        ("Sub", [f"{result}.4", middle], {}),
        ("Reshape", [f"{result}.5", blocks], {}),
        ("Cast", [given["scale"]], {"to": TensorProto.FLOAT}),
        ("Unsqueeze", [f"{result}.7", last], {}),
        ("Mul", [f"{result}.6", f"{result}.8"], {}),
    )
    for n, (kind, names, settings) in enumerate(steps):
        yield helper.make_node(kind, names, [f"{result}.{n}"], **settings)
    yield helper.make_node("Reshape", [f"{result}.9", row], [result])
