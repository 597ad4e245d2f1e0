"""A transcript to segments: the sentences and clauses of what its participants said."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from jtbd_nlp.config import SegmentConfig
from jtbd_nlp.schema import Segment, Transcript

__all__ = ["Segmenter", "load_segmenter"]


@runtime_checkable
class Segmenter(Protocol):
    """Cuts one transcript. Safe to use from several threads; the same transcript gives the same segments."""

    def segment(self, transcript: Transcript) -> tuple[Segment, ...]:
        """Segments of every turn whose role is not interviewer: in order, without overlap, exact slices without white space at their ends."""
        ...


def load_segmenter(config: SegmentConfig | None = None) -> Segmenter:
    """The segmenter that goes through spaCy's parser. The parser is loaded at the first transcript.

    Raises:
        ModelError: at the first transcript, if the parser is missing or cannot be read.
    """
    from jtbd_nlp.segment.segmenter import ClauseSegmenter

    return ClauseSegmenter(config or SegmentConfig())
