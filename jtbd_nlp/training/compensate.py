"""Weights in four bits that make up for each other: what rounding one weight changes is taken back by those not yet rounded.

GPTQ (Frantar et al. 2023), with the activations of interviews that the tagger is fitted on. It halves the squared error of the logits that rounding
each weight by itself leaves.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jtbd_nlp.tag.windows import Window

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: windows that the activations are taken from
WINDOWS: Final = 512
#: what is added to the diagonal, as a share of its mean (the authors' value)
_DAMPING: Final = 0.01
#: columns that are rounded before the rest is told of it
_STRIDE: Final = 128


def second_moments(model: Path, matrices: Iterable[str], windows: Sequence[Window], *, threads: int = 2) -> dict[str, NDArray[np.float64]]:
    """How the inputs of a matrix go together: sums of products of each two, over all tokens of the windows.

    Args:
        model: The float network.
        matrices: Names of its constants; those that multiply activations (1, tokens, inputs) count.
        windows: What to read, `WINDOWS` of them at most, evenly spread.
        threads: Of the runtime.

    Returns:
        For the name of each matrix: (inputs, inputs).
    """
    import numpy as np
    import onnx
    import onnxruntime as ort

    graph = onnx.load(str(model))
    known = {v.name: v for v in onnx.shape_inference.infer_shapes(graph).graph.value_info}
    wanted = set(matrices)
    fed_by = {n.input[1]: n.input[0] for n in graph.graph.node if n.op_type == "MatMul" and n.input[1] in wanted and n.input[0] in known}
    if not fed_by or not windows:
        return {}
    inputs = sorted(set(fed_by.values()))
    graph.graph.output.extend(known[name] for name in inputs)
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    session = ort.InferenceSession(graph.SerializeToString(), options, providers=["CPUExecutionProvider"])
    taken = {given.name for given in session.get_inputs()}
    sums: dict[str, Any] = {}
    step = max(1, -(-len(windows) // WINDOWS))
    for window in windows[::step]:
        rows = {"ids": [window.ids], "types": [window.types], "starts": [1], "ends": [2], "before": [0]}
        feed = {name: np.asarray(row, dtype=np.int64) for name, row in rows.items() if name in taken}
        for name, seen in zip(inputs, session.run(inputs, feed), strict=True):
            tokens = seen.reshape(-1, seen.shape[-1])
            product = (tokens.T @ tokens).astype(np.float64)
            sums[name] = sums[name] + product if name in sums else product
    return {matrix: sums[name] for matrix, name in fed_by.items()}


def in_four(
    rows: NDArray[np.float32], moments: NDArray[np.float64], block: int, cuts: Sequence[float]
) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
    """Numbers from 0 to 15, of which 8 is zero, and the scale of each block.

    Args:
        rows: (columns, inputs), a matrix transposed.
        moments: (inputs, inputs), of `second_moments`.
        block: How many inputs share a scale; divides their number.
        cuts: Shares of a block's greatest weight that its scale may be chosen by.

    Returns:
        Shapes (columns, inputs) and (columns, inputs / block).
    """
    import numpy as np

    left, width = rows.astype(np.float32).copy(), rows.shape[1]
    upper = _spread(moments)
    numbers = np.zeros(rows.shape, np.uint8)
    scales = np.zeros((len(rows), width // block), np.float16)
    for begin in range(0, width, _STRIDE):
        end = min(width, begin + _STRIDE)
        off = np.zeros((len(rows), end - begin), np.float32)
        for i in range(begin, end):
            if i % block == 0:
                weight = 1 / np.square(np.diag(upper)[i : i + block])
                scales[:, i // block] = nearest_scale(left[:, i : i + block], weight, cuts)
            scale = scales[:, i // block].astype(np.float32)
            number = np.clip(np.rint(left[:, i] / scale), -8, 7)
            numbers[:, i] = (number + 8).astype(np.uint8)
            off[:, i - begin] = (left[:, i] - number * scale) / upper[i, i]
            left[:, i + 1 : end] -= off[:, i - begin, None] * upper[i, i + 1 : end]
        left[:, end:] -= off @ upper[begin:end, end:]
    return numbers, scales


def _spread(moments: NDArray[np.float64]) -> NDArray[np.float32]:
    """The upper Cholesky factor of the inverse: in its rows, how an error of one weight is taken back by the next ones."""
    import numpy as np

    damped = moments + np.eye(len(moments)) * max(_DAMPING * float(np.mean(np.diag(moments))), 1e-9)
    factor: NDArray[np.float32] = np.linalg.cholesky(np.linalg.inv(damped)).T.astype(np.float32)
    return factor


def nearest_scale(rows: NDArray[np.float32], weight: NDArray[np.floating], cuts: Sequence[float]) -> NDArray[np.float16]:
    """The scale of each row that leaves the least error, each column's counted by its weight."""
    import numpy as np

    greatest = np.abs(rows).max(axis=1, keepdims=True)
    tried = [np.maximum(greatest * (cut / 7), 1e-7).astype(np.float16) for cut in cuts]
    errors = [(np.square(np.clip(np.rint(rows / s.astype(np.float32)), -8, 7) * s - rows) * weight).sum(axis=1) for s in tried]
    chosen: NDArray[np.float16] = np.take_along_axis(np.concatenate(tried, axis=1), np.argmin(errors, axis=0)[:, None], axis=1)[:, 0]
    return chosen
