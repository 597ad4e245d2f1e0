"""Make the shipped embedder from all-MiniLM-L6-v2: ONNX, int8 weights per channel, reduced range.

usage: python models/embedder/build.py FOLDER [--out models/embedder]

FOLDER holds config.json, model.safetensors and tokenizer.json of sentence-transformers/all-MiniLM-L6-v2. The graph takes token ids and
gives the mean of the last layer over the tokens of one text, scaled to norm 1. Needs torch, transformers, onnx and onnxruntime.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from pathlib import Path

MAX_TOKENS = 256
EXPECTED = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def export(source: Path, target: Path) -> int:
    """Write the float32 graph; give its width."""
    import torch
    from transformers import AutoModel

    class Sentence(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.body = AutoModel.from_pretrained(source, attn_implementation="eager")

        def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
            hidden = self.body(input_ids=input_ids, attention_mask=torch.ones_like(input_ids)).last_hidden_state
            return torch.nn.functional.normalize(hidden.mean(dim=1), dim=-1)

    model = Sentence().eval()
    example = torch.tensor([[101, 2023, 2003, 1037, 3231, 102]])
    with torch.no_grad():
        torch.onnx.export(
            model,
            (example,),
            str(target),
            input_names=["input_ids"],
            output_names=["vector"],
            dynamic_axes={"input_ids": {0: "texts", 1: "tokens"}, "vector": {0: "texts"}},
            opset_version=17,
            dynamo=False,
        )
    return int(model.body.config.hidden_size)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent)
    arguments = parser.parse_args()
    digest = hashlib.sha256((arguments.folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != EXPECTED:
        raise SystemExit(f"Got model.safetensors with sha256 {digest}; expected {EXPECTED}. Use the published weights.")

    from onnxruntime.quantization import QuantType, quantize_dynamic

    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        width = export(arguments.folder, plain)
        quantize_dynamic(plain, out / "model.onnx", per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
    (out / "tokenizer.json").write_bytes((arguments.folder / "tokenizer.json").read_bytes())
    meta = {
        "format": 1,
        "name": "all-MiniLM-L6-v2-int8",
        "width": width,
        "max_tokens": MAX_TOKENS,
        "source": "sentence-transformers/all-MiniLM-L6-v2",
        "source_sha256": digest,
        "model_sha256": hashlib.sha256((out / "model.onnx").read_bytes()).hexdigest(),
        "license": "Apache-2.0",
    }
    (out / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
