"""From a fitted network to float ONNX."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

from jtbd_nlp.errors import MissingExtraError

INPUTS = ("ids", "types", "starts", "ends", "before")


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

    words = int(network.encoder.get_input_embeddings().num_embeddings)
    example = (
        torch.randint(words // 2, words, (1, 23)),
        torch.ones((1, 23), dtype=torch.long),
        torch.tensor([1, 5, 11]),
        torch.tensor([5, 11, 20]),
        torch.tensor([0, 0, 1]),
    )
    tokens = {0: "one", 1: "tokens"}
    units = {0: "units"}
    with warnings.catch_warnings():
        # The exporter warns of its own age and of branches on sizes that are given here; what it wrote is compared with the network.
        warnings.simplefilter("ignore")
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
