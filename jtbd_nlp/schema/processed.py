"""What the per-transcript part gives for one input."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from jtbd_nlp.schema.analysis import Problem
from jtbd_nlp.schema.arrays import Embeddings
from jtbd_nlp.schema.statement import Statement
from jtbd_nlp.schema.transcript import Transcript


def no_embeddings() -> Embeddings:
    """Vectors of no statement. Shape: (0, 0)."""
    import numpy as np

    return Embeddings(ids=(), vectors=np.zeros((0, 0), dtype=np.float32))


@dataclass(frozen=True, eq=False)
class Processed:
    """One input after reading, segmenting, tagging and embedding. Plain: it travels between processes and into a store.

    Attributes:
        source: name of the input (empty for a transcript that was made in memory without one).
        transcripts: what it held; statements: of all of them, in order of transcript and start.
        embeddings: a vector for each statement.
        problems: why the input, or a transcript of it, was left out.
    """

    source: str = ""
    transcripts: tuple[Transcript, ...] = ()
    statements: tuple[Statement, ...] = ()
    embeddings: Embeddings = field(default_factory=no_embeddings)
    problems: tuple[Problem, ...] = ()


class Gathered:
    """Results of many inputs in memory."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._all: list[Processed] = []

    def add(self, processed: Processed) -> None:
        """Take a result."""
        self.problems.extend(processed.problems)
        self._all.append(processed)

    def transcripts(self) -> tuple[Transcript, ...]:
        """All transcripts, in the order of adding."""
        return tuple(t for one in self._all for t in one.transcripts)

    def statements(self) -> Iterator[Statement]:
        """All statements, in the order of adding."""
        return (s for one in self._all for s in one.statements)

    def embeddings(self) -> Embeddings:
        """The vectors of all statements, in the order of adding."""
        return join_embeddings(one.embeddings for one in self._all)


def join_embeddings(parts: Iterable[Embeddings]) -> Embeddings:
    """All vectors in one array, in the order given. Shape: (sum of n_statements, width); (0, 0) where there are none.

    Raises:
        ValueError: the parts have vectors of different widths.
    """
    import numpy as np

    filled = [part for part in parts if part.ids]
    if not filled:
        return no_embeddings()
    return Embeddings(ids=tuple(name for part in filled for name in part.ids), vectors=np.concatenate([part.vectors for part in filled]))
