"""The shipped embedder: a small encoder run by onnxruntime, one text at a time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jtbd_nlp.embed.base import OneByOne
from jtbd_nlp.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: the only layout of a model folder that this version reads
FORMAT = 1


class OnnxEmbedder(OneByOne):
    """Vectors from `model.onnx` and `tokenizer.json` of a folder; `meta.json` says the name, width and longest input.

    Texts are run one at a time, without padding: int8 activations are scaled over all that runs together, so in a batch a row would
    depend on its neighbours.

    Raises:
        ModelError: a file is missing or damaged, or of another format.
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        meta = _read_meta(folder)
        super().__init__(str(meta["name"]), int(meta["width"]))
        self._session, self._tokenizer = _open(folder, threads, int(meta["max_tokens"]))

    def encode(self, text: str) -> NDArray[np.float32]:
        """Vector of one text. Shape: (width,), float32, norm 1."""
        import numpy as np

        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        vector: NDArray[np.float32] = self._session.run(["vector"], {"input_ids": ids})[0][0]
        return vector


def _read_meta(folder: Path) -> dict[str, Any]:
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        known = {key: meta[key] for key in ("format", "name", "width", "max_tokens")}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"Got embedder folder {folder.name!r} whose meta.json cannot be used ({error}); expected format, name, width, max_tokens. Install the package again."
        ) from error
    if known["format"] != FORMAT:
        raise ModelError(f"Got an embedder of format {known['format']!r}; this version reads {FORMAT}. Take the weights of this version.")
    return known


def _open(folder: Path, threads: int, max_tokens: int) -> tuple[Any, Any]:
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    try:
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        session = onnxruntime.InferenceSession(str(folder / "model.onnx"), sess_options=options, providers=["CPUExecutionProvider"])
    except Exception as error:  # both libraries raise their own base exceptions
        raise ModelError(f"Got embedder folder {folder.name!r} that cannot be opened ({error}). Install the package again.") from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_tokens)
    return session, tokenizer
