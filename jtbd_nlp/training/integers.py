"""Matrix products in whole numbers: each token's activations are rounded with a scale of their own, so no token depends on those beside it.

Token-wise rounding is that of ZeroQuant (Yao et al. 2022). One scale for a whole window lost a point of F1.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

#: Weights go to 63: two products of an unsigned byte and one of these always fit into 16 bits, where processors without VNNI add them
WEIGHT: Final = 63
#: activations go to 127 on either side of 128, which stands for zero
ACTIVATION: Final = 127
_LEAST: Final = 1e-9


def weights(rows: str, name: str) -> Iterator[Any]:
    """Nodes that round a matrix, which the runtime works through once, when it loads the model.

    Args:
        rows: the float matrix transposed, (columns, inputs).
        name: what the results are called: `NAME.whole` (inputs, columns) int8 and `NAME.step` (columns,), the scale of each column.
    """
    yield from _scale(rows, f"{name}.step", WEIGHT)
    yield _node("Div", [rows, f"{name}.step.kept"], f"{name}.ratio")
    yield _node("Round", [f"{name}.ratio"], f"{name}.rounded")
    yield _node("Cast", [f"{name}.rounded"], f"{name}.narrow", to=_type("INT8"))
    yield _node("Transpose", [f"{name}.narrow"], f"{name}.whole")


def activations(given: str) -> Iterator[Any]:
    """Nodes that round activations (1, tokens, inputs) to `GIVEN.whole` (uint8) with `GIVEN.step` (tokens,), the scale of each token.

    Args:
        given: the activations.
    """
    yield from _scale(given, f"{given}.step", ACTIVATION)
    yield _constant(f"{given}.nought", [ACTIVATION + 1], "uint8")
    yield _node("Shape", [f"{given}.step"], f"{given}.tokens")
    yield _node("Expand", [f"{given}.nought", f"{given}.tokens"], f"{given}.zero")
    yield _node("QuantizeLinear", [given, f"{given}.step", f"{given}.zero"], f"{given}.whole", axis=1)


def product(given: str, matrix: str, result: str) -> Iterator[Any]:
    """Nodes that multiply what `activations` and `weights` made, and give floats.

    Args:
        given: the activations' name.
        matrix: the matrix's name.
        result: what the product is called.
    """
    yield _constant(f"{result}.zero", ACTIVATION + 1, "uint8")
    yield _node("MatMulInteger", [f"{given}.whole", f"{matrix}.whole", f"{result}.zero"], f"{result}.sums")
    yield _node("DequantizeLinear", [f"{result}.sums", f"{given}.step"], f"{result}.tokenwise", axis=1)
    yield _node("Mul", [f"{result}.tokenwise", f"{matrix}.step"], result)


def _scale(values: str, result: str, greatest: int) -> Iterator[Any]:
    """Nodes for the greatest magnitude along the last axis as a share of `greatest`: in a row, and as `RESULT.kept` with an axis of one."""
    yield _constant(f"{result}.greatest", greatest, "float32")
    yield _constant(f"{result}.least", _LEAST, "float32")
    yield _constant(f"{result}.flat", [-1], "int64")
    yield _node("Abs", [values], f"{result}.magnitude")
    yield _node("ReduceMax", [f"{result}.magnitude"], f"{result}.most", axes=[-1], keepdims=1)
    yield _node("Div", [f"{result}.most", f"{result}.greatest"], f"{result}.share")
    yield _node("Max", [f"{result}.share", f"{result}.least"], f"{result}.kept")
    yield _node("Reshape", [f"{result}.kept", f"{result}.flat"], result)


def _constant(name: str, value: Any, kind: str) -> Any:
    import numpy as np
    from onnx import helper, numpy_helper

    return helper.make_node("Constant", [], [name], value=numpy_helper.from_array(np.array(value, kind)))


def _node(kind: str, names: list[str], result: str, **settings: Any) -> Any:
    from onnx import helper

    return helper.make_node(kind, names, [result], **settings)


def _type(name: str) -> int:
    from onnx import TensorProto

    return int(getattr(TensorProto, name))
