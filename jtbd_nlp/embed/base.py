"""What every embedder does, and the part of it that all share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from jtbd_nlp.schema.arrays import Embeddings
from jtbd_nlp.schema.statement import Statement
from jtbd_nlp.schema.transcript import Transcript

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@runtime_checkable
class Embedder(Protocol):
    """Gives every statement of one transcript a vector.

    A vector is a function of the statement and its transcript: no row depends on the other rows. `name` says which weights made the
    vectors and how; `width` is their length. One object may be used by several threads.
    """

    @property
    def name(self) -> str: ...

    @property
    def width(self) -> int: ...

    def embed(self, transcript: Transcript, statements: Sequence[Statement]) -> Embeddings:
        """Vectors of `statements`, in their order. Shape: (n_statements, width), float32, rows of norm 1."""
        ...


@runtime_checkable
class TextEmbedder(Embedder, Protocol):
    """An embedder that gives any text a vector; its `embed` looks at a statement's text alone, so equal texts have equal vectors."""

    def encode(self, text: str) -> NDArray[np.float32]:
        """Vector of one text. Shape: (width,), float32, norm 1."""
        ...


class OneByOne(ABC):
    """A `TextEmbedder` but for `encode`: encodes texts one at a time, so that no row depends on its neighbours, each distinct one once."""

    def __init__(self, name: str, width: int) -> None:
        self._name, self._width = name, width

    @property
    def name(self) -> str:
        """Which weights these are."""
        return self._name

    @property
    def width(self) -> int:
        """Length of a vector."""
        return self._width

    @abstractmethod
    def encode(self, text: str) -> NDArray[np.float32]:
        """Vector of one text. Shape: (width,), float32, norm 1."""

    def embed(self, transcript: Transcript, statements: Sequence[Statement]) -> Embeddings:  # noqa: ARG002
        """Vectors of `statements`, in their order. Shape: (n_statements, width), float32, rows of norm 1."""
        import numpy as np

        vectors = np.zeros((len(statements), self._width), dtype=np.float32)
        seen: dict[str, NDArray[np.float32]] = {}
        for row, statement in enumerate(statements):
            if statement.text not in seen:
                seen[statement.text] = self.encode(statement.text)
            vectors[row] = seen[statement.text]
        return Embeddings(ids=tuple(s.id for s in statements), vectors=vectors)
