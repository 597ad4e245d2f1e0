"""Segments to statements: what each says of the job, for one transcript at a time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from jtbd_nlp.config import TagConfig
from jtbd_nlp.errors import ModelError
from jtbd_nlp.schema import Segment, Statement, Transcript
from jtbd_nlp.weights import find

__all__ = ["Tagger", "load_tagger", "tagger_folder"]


@runtime_checkable
class Tagger(Protocol):
    """Tags one transcript. Safe to use from several threads; the same input gives the same output."""

    def tag(self, transcript: Transcript, segments: Sequence[Segment]) -> tuple[Statement, ...]:
        """Statements with at least one decided tag (or label of one's own), sorted by place, without overlap; `scores` holds all eleven tags."""
        ...


def tagger_folder(config: TagConfig) -> Path:
    """Where the weights are that a config asks for; `lexicon` has none."""
    if config.model is None or config.model == Path("default"):
        return find("tagger")
    return find("tagger") / "fast" if config.model == Path("fast") else config.model


def load_tagger(config: TagConfig | None = None) -> Tagger:
    """The tagger that a config asks for: the bundled one, one in a folder, `fast` (bundled, no transformer), or `lexicon`
    (no weights at all).

    Raises:
        ModelError: the folder holds no tagger that this version reads.
    """
    config = config or TagConfig()
    if config.model == Path("lexicon"):
        from jtbd_nlp.tag.lexicon import LexiconTagger

        return LexiconTagger()
    folder = tagger_folder(config)
    if not folder.is_dir():
        raise ModelError(f"Got tagger folder {folder}, which is not there. Expected a folder with meta.json, or 'fast', or 'lexicon'.")
    from jtbd_nlp.tag.meta import TaggerMeta

    if TaggerMeta.load(folder).kind == "linear":
        from jtbd_nlp.tag.linear import load_linear

        return load_linear(folder, config.operating_point)
    from jtbd_nlp.tag.encoder import load_encoder

    return load_encoder(folder, config.operating_point, config.threads)
