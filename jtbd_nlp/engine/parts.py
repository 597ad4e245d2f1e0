"""What the engine asks of the rooms that it runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from jtbd_nlp.schema import Segment, Statement, Transcript
from jtbd_nlp.schema.arrays import Embeddings

if TYPE_CHECKING:
    from jtbd_nlp.read import Source

#: One input to its transcripts; raises InputError where it cannot be used.
Reader = Callable[["Source"], tuple[Transcript, ...]]


@runtime_checkable
class Segmenter(Protocol):
    """Cuts one transcript into segments. Safe in several threads."""

    def segment(self, transcript: Transcript) -> tuple[Segment, ...]:
        """Segments in order, exact slices, without overlap."""
        ...


@runtime_checkable
class Tagger(Protocol):
    """Tags the segments of one transcript. Safe in several threads."""

    def tag(self, transcript: Transcript, segments: Sequence[Segment]) -> tuple[Statement, ...]:
        """Statements in order, without overlap: segments, or neighbouring ones joined, with at least one decided tag."""
        ...


@runtime_checkable
class Embedder(Protocol):
    """Gives the statements of one transcript vectors. Safe in several threads."""

    def embed(self, transcript: Transcript, statements: Sequence[Statement]) -> Embeddings:
        """A vector for each statement. Shape: (n_statements, width), float32, rows of norm 1."""
        ...
