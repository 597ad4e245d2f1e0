"""From a fitted network to what ships: ONNX with int8 weights, checked against the float network."""

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

    example = (
        torch.randint(1000, 2000, (1, 23)),
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


def quantise(source: Path, out: Path) -> Path:
    """Store the encoder's matrices and word vectors as int8, one scale a column or a word; all arithmetic stays float. Returns the file.

    A quarter of the size. Activations are never quantised: with them int8 too, a point of F1 was lost. The runtime folds the
    scales into float matrices when it loads the model.
    """
    import numpy as np
    import onnx
    from onnx import helper, numpy_helper

    model = onnx.load(str(source))
    graph = model.graph
    large = {w.name: w for w in graph.initializer if len(w.dims) == 2 and np.prod(w.dims) >= 100_000}
    users = {name: [n for n in graph.node if name in n.input] for name in large}
    nodes, weights = [], []
    for name, weight in sorted(large.items()):
        values = numpy_helper.to_array(weight)
        gathered = all(n.op_type == "Gather" for n in users[name])
        scale = np.maximum(np.abs(values).max(axis=1 if gathered else 0, keepdims=True), 1e-12).astype(np.float32) / 127
        whole = np.clip(np.rint(values / scale), -127, 127).astype(np.int8)
        weights += [numpy_helper.from_array(whole, f"{name}.int8"), numpy_helper.from_array(scale, f"{name}.scale")]
        if not gathered:
            nodes += [
                helper.make_node("Cast", [f"{name}.int8"], [f"{name}.float"], to=onnx.TensorProto.FLOAT),
                helper.make_node("Mul", [f"{name}.float", f"{name}.scale"], [name]),
            ]
            continue
        for n in users[name]:
            ids, result, at = n.input[1], n.output[0], list(graph.node).index(n)
            graph.node.remove(n)
            for part in (
                helper.make_node("Mul", [f"{result}.float", f"{result}.scale"], [result]),
                helper.make_node("Cast", [f"{result}.int8"], [f"{result}.float"], to=onnx.TensorProto.FLOAT),
                helper.make_node("Gather", [f"{name}.scale", ids], [f"{result}.scale"]),
                helper.make_node("Gather", [f"{name}.int8", ids], [f"{result}.int8"]),
            ):
                graph.node.insert(at, part)
    for weight in large.values():
        graph.initializer.remove(weight)
    graph.initializer.extend(weights)
    for node in reversed(nodes):
        graph.node.insert(0, node)
    onnx.checker.check_model(model)
    onnx.save(model, str(out))
    return out
