"""From a fitted network to what ships: ONNX with int8 weights, checked against the float network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from jtbd_nlp.errors import MissingExtraError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

INPUTS = ("ids", "types", "starts", "ends", "before")


def torch_forward(network: Any) -> Any:
    """The network as `EncoderTagger` wants it: arrays of one window to logits."""
    import torch

    def forward(*arrays: NDArray[np.int64]) -> NDArray[np.float32]:
        with torch.inference_mode():
            ids, types, starts, ends, before = (torch.from_numpy(a) for a in arrays)
            out: NDArray[np.float32] = network(ids, types, torch.ones_like(ids), starts, ends, before).numpy()
            return out

    return forward


def export(network: Any, out: Path) -> Path:
    """Write the network as float ONNX. Returns the file."""
    import torch

    try:
        import onnx  # noqa: F401
    except ImportError as error:
        raise MissingExtraError("onnx", "train") from error

    class OneWindow(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, ids: Any, types: Any, starts: Any, ends: Any, before: Any) -> Any:
            return self.network(ids, types, torch.ones_like(ids), starts, ends, before)

    example = (
        torch.randint(1000, 2000, (1, 23)),
        torch.ones((1, 23), dtype=torch.long),
        torch.tensor([1, 5, 11]),
        torch.tensor([5, 11, 20]),
        torch.tensor([0, 0, 1]),
    )
    tokens = {0: "one", 1: "tokens"}
    units = {0: "units"}
    torch.onnx.export(
        OneWindow().eval(),
        example,
        str(out),
        input_names=list(INPUTS),
        output_names=["logits"],
        dynamic_axes={"ids": tokens, "types": tokens, "starts": units, "ends": units, "before": units, "logits": units},
        opset_version=17,
        dynamo=False,
    )
    return out


def quantise(source: Path, out: Path) -> Path:
    """Int8 weights, per channel, of the encoder's matrices and word vectors; the heads stay float. Returns the file.

    Activations are scaled over one window, which is a function of its transcript alone.
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model = onnx.load(str(source))
    keep = [n.name for n in model.graph.node if n.op_type in ("MatMul", "Gemm", "Gather") and "encoder" not in n.name]
    attention = [
        n.name
        for n in model.graph.node
        if n.op_type == "MatMul" and not any(i in {w.name for w in model.graph.initializer} for i in n.input)
    ]
    quantize_dynamic(
        str(source),
        str(out),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        nodes_to_exclude=sorted({*keep, *attention, *(f"{name}_MatMul" for name in keep)}),  # a Gemm is rewritten first
    )
    return out
