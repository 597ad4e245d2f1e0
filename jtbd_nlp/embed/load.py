"""Which embedder a config asks for."""

from __future__ import annotations

from pathlib import Path

from jtbd_nlp import weights
from jtbd_nlp.config import EmbedConfig
from jtbd_nlp.embed.base import Embedder, TextEmbedder
from jtbd_nlp.embed.context import ContextEmbedder
from jtbd_nlp.embed.hashing import HashingEmbedder

HASHING = "hashing"


def load_embedder(config: EmbedConfig) -> Embedder:
    """The embedder that `config.model` names, with as much context as `question_weight` and `turn_weight` say.

    None is the bundled one; `hashing` the one without weights; a folder with `model.onnx` is opened as the bundled one is; anything else
    goes to sentence-transformers as a folder or name.

    Raises:
        ModelError: the weights are missing or damaged.
        MissingExtraError: sentence-transformers is needed and not installed.
    """
    inner = _open(config)
    if config.question_weight or config.turn_weight:
        return ContextEmbedder(inner, config.question_weight, config.turn_weight)
    return inner


def _open(config: EmbedConfig) -> TextEmbedder:
    if config.model == HASHING:
        return HashingEmbedder()
    from jtbd_nlp.embed.onnx import OnnxEmbedder

    if config.model is None:
        return OnnxEmbedder(weights.find("embedder"), config.threads)
    if (Path(config.model) / "model.onnx").is_file() and (Path(config.model) / "meta.json").is_file():
        return OnnxEmbedder(Path(config.model), config.threads)
    from jtbd_nlp.embed.sentence import SentenceTransformersEmbedder

    return SentenceTransformersEmbedder(config.model)
