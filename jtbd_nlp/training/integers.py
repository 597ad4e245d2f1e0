"""Matrix products in whole numbers: each token's activations are rounded with a scale of their own, so no token depends on those beside it.

Token-wise rounding is that of ZeroQuant (Yao et al. 2022). One scale for a whole window lost a point of F1.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

#: activations go to 127 on either side of 128, which stands for zero
ACTIVATION: Final = 127
_LEAST: Final = 1e-9


def activations(given: str) -> Iterator[Any]:
    """Nodes that round activations (1, tokens, inputs) to `GIVEN.whole` (uint8) with `GIVEN.step` (tokens,), the scale of each token.

    Args:
        given: the activations.
    """
    yield _constant(f"{given}.greatest", ACTIVATION, "float32")
    yield _constant(f"{given}.least", _LEAST, "float32")
    yield _constant(f"{given}.flat", [-1], "int64")
    yield _node("Abs", [given], f"{given}.magnitude")
    yield _node("ReduceMax", [f"{given}.magnitude"], f"{given}.most", axes=[-1], keepdims=0)
    yield _node("Div", [f"{given}.most", f"{given}.greatest"], f"{given}.share")
    yield _node("Max", [f"{given}.share", f"{given}.least"], f"{given}.steps")
    yield _node("Reshape", [f"{given}.steps", f"{given}.flat"], f"{given}.step")
    yield _constant(f"{given}.nought", [ACTIVATION + 1], "uint8")
    yield _node("Shape", [f"{given}.step"], f"{given}.tokens")
    yield _node("Expand", [f"{given}.nought", f"{given}.tokens"], f"{given}.zero")
    yield _node("QuantizeLinear", [given, f"{given}.step", f"{given}.zero"], f"{given}.whole", axis=1)


def product(given: str, matrix: str, result: str) -> Iterator[Any]:
    """Nodes that multiply what `activations` made with the constants `MATRIX.whole` (inputs, columns) int8 and `MATRIX.step` (columns,), and give floats.

    Args:
        given: the activations' name.
        matrix: the matrix's name.
        result: what the product is called.
    """
    yield _constant(f"{result}.zero", ACTIVATION + 1, "uint8")
    yield _node("MatMulInteger", [f"{given}.whole", f"{matrix}.whole", f"{result}.zero"], f"{result}.sums")
    yield _node("DequantizeLinear", [f"{result}.sums", f"{given}.step"], f"{result}.tokenwise", axis=1)
    yield _node("Mul", [f"{result}.tokenwise", f"{matrix}.step"], result)


def _constant(name: str, value: Any, kind: str) -> Any:
    import numpy as np
    from onnx import helper, numpy_helper

    return helper.make_node("Constant", [], [name], value=numpy_helper.from_array(np.array(value, kind)))


def _node(kind: str, names: list[str], result: str, **settings: Any) -> Any:
    from onnx import helper

    return helper.make_node(kind, names, [result], **settings)
