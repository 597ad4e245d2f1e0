"""Segments to statements: what each says of the job, for one transcript at a time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from jtbd_nlp.config import TagConfig
from jtbd_nlp.errors import ModelError
from jtbd_nlp.schema import Segment, Statement, Transcript
from jtbd_nlp.weights import find

__all__ = ["Tagger", "load_tagger"]


@runtime_checkable
class Tagger(Protocol):
    """Tags one transcript. Safe to use from several threads; the same input gives the same output."""

    def tag(self, transcript: Transcript, segments: Sequence[Segment]) -> tuple[Statement, ...]:
        """Statements with at least one decided tag, sorted by place, without overlap; `scores` holds all eleven tags."""
        ...


def load_tagger(config: TagConfig | None = None) -> Tagger:
    """The tagger that a config asks for: the bundled one, one in a folder, or `lexicon`, which needs no weights.

    Raises:
        ModelError: the folder holds no tagger that this version reads.
    """
    config = config or TagConfig()
    if config.model == Path("lexicon"):
        from jtbd_nlp.tag.lexicon import LexiconTagger

        return LexiconTagger()
    folder = config.model or find("tagger")
    if not folder.is_dir():
        raise ModelError(f"Got tagger folder {folder}, which is not there. Expected a folder with meta.json, or 'lexicon'.")
    from jtbd_nlp.tag.encoder import load_encoder

    return load_encoder(folder, config.operating_point, config.threads)
