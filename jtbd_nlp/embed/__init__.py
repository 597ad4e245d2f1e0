"""[Statement] -> Embeddings, one transcript at a time."""

from __future__ import annotations

from jtbd_nlp.embed.base import Embedder, TextEmbedder
from jtbd_nlp.embed.context import ContextEmbedder
from jtbd_nlp.embed.hashing import HashingEmbedder
from jtbd_nlp.embed.load import load_embedder

__all__ = ["ContextEmbedder", "Embedder", "HashingEmbedder", "TextEmbedder", "load_embedder"]
