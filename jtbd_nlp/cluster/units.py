"""What is clustered: the distinct texts of one tag, in an order that comes from their content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jtbd_nlp.schema.arrays import Embeddings
from jtbd_nlp.schema.labels import Tag
from jtbd_nlp.schema.statement import Statement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Units:
    """Distinct texts of one tag, sorted. `members[i]` are the statements of that text, sorted by transcript and start.

    Shape:
        vectors: (n_units, width), float64, rows of norm 1: the mean over a unit's copies.
    """

    tag: Tag
    members: tuple[tuple[Statement, ...], ...]
    vectors: NDArray[np.float64]

    @property
    def stories(self) -> tuple[frozenset[str], ...]:
        """Which interviews say each unit."""
        return tuple(map(self.stories_of, range(len(self.members))))

    def stories_of(self, row: int) -> frozenset[str]:
        """Which interviews say one unit."""
        return frozenset(s.transcript for s in self.members[row])


def units_of(tag: Tag, statements: Sequence[Statement], embeddings: Embeddings) -> Units:
    """The units of the statements that carry `tag`.

    Raises:
        SchemaError: a statement has no vector.
    """
    import numpy as np

    copies: dict[str, list[Statement]] = {}
    for statement in sorted((s for s in statements if tag in s.tags), key=lambda s: (s.text, s.transcript, s.start, s.end)):
        copies.setdefault(statement.text, []).append(statement)
    vectors = np.zeros((len(copies), embeddings.vectors.shape[1]))
    heard, first = embeddings.rows(tuple(s.id for members in copies.values() for s in members)), 0
    for row, members in enumerate(copies.values()):
        vectors[row] = heard[first : first + len(members)].astype(np.float64).mean(axis=0)
        first += len(members)
    return Units(tag=tag, members=tuple(map(tuple, copies.values())), vectors=unit_rows(vectors))


def unit_rows(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows scaled to norm 1; rows of zeros stay."""
    import numpy as np

    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.where(norms > 0, norms, 1.0)
