"""What a core of this machine can do at the most, and how much arithmetic a model asks of it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

PRODUCTS = ("MatMul", "FusedMatMul", "Gemm", "FusedGemm", "MatMulInteger", "DynamicQuantizeMatMul", "MatMulIntegerToFloat", "MatMulNBits")
#: rows, inner size and columns of the large product
LARGE = (1024, 2048, 2048)


def peaks(rounds: int = 10) -> dict[str, float]:
    """The most 10^9 operations a second, on one thread, of a large product of matrices: floats (onnxruntime or numpy, the faster), and 8-bit
    integers (onnxruntime). A multiplication with its addition is two operations. Of onnxruntime only where `onnx` is installed.
    """
    import numpy as np

    rng = np.random.default_rng(0)
    rows, inner, columns = LARGE
    left, right = (rng.standard_normal(size, dtype=np.float32) for size in ((rows, inner), (inner, columns)))
    found = {"float": _fastest(lambda: left @ right, rounds)}
    try:
        import onnx
    except ImportError:
        return found
    floats = _session(onnx, "MatMul", left, right)
    found["float"] = max(found["float"], _fastest(lambda: floats.run(None, {"a": left}), rounds))
    bytes_of = (rng.integers(0, 255, (rows, inner), dtype=np.uint8), rng.integers(-127, 127, (inner, columns), dtype=np.int8))
    whole = _session(onnx, "MatMulInteger", *bytes_of)
    found["int8"] = _fastest(lambda: whole.run(None, {"a": bytes_of[0]}), rounds)
    return found


def _fastest(product: Callable[[], object], rounds: int) -> float:
    product()  # what is set up at first use
    best = math.inf
    for _ in range(rounds):
        before = time.process_time()
        product()
        best = min(best, time.process_time() - before)
    return 2 * math.prod(LARGE) / best / 1e9


def _session(onnx: Any, kind: str, left: Any, right: Any) -> Any:
    """A model of one product; the right matrix is its weights, as in an encoder."""
    import numpy as np
    import onnxruntime as ort

    helper = onnx.helper
    out = np.float32 if kind == "MatMul" else np.int32
    a, y = (
        helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(np.dtype(kind)), None)
        for name, kind in (("a", left.dtype), ("y", out))
    )
    graph = helper.make_graph([helper.make_node(kind, ["a", "b"], ["y"])], "product", [a], [y], [onnx.numpy_helper.from_array(right, "b")])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return ort.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def operations(events: Iterable[Mapping[str, Any]]) -> float:
    """Operations of the products of matrices among the events of onnxruntime's profile: two for each number summed over, of each number that comes out."""
    total = 0.0
    for event in events:
        given = event.get("args", {})
        if event.get("cat") == "Node" and event["name"].endswith("_kernel_time") and given["op_name"] in PRODUCTS:
            (left, *_), (out, *_) = (_shapes(given[key]) for key in ("input_type_shape", "output_type_shape"))
            total += 2 * math.prod(left) * out[-1]  # of (..., rows, inner) times (..., inner, columns)
    return total


def _shapes(said: Iterable[Mapping[str, list[int]]]) -> list[list[int]]:
    return [shape for one in said for shape in one.values()]
