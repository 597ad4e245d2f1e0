"""How alike two statements of one tag are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from jtbd_nlp.cluster.units import Units
from jtbd_nlp.schema.arrays import Embeddings
from jtbd_nlp.schema.statement import Statement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def similarity_of(units: Units, statements: Sequence[Statement], embeddings: Embeddings) -> NDArray[np.float64]:  # noqa: ARG001
    """Similarity of every two units. Shape: (n_units, n_units), in [-1, 1], ones on the diagonal."""
    return units.vectors @ units.vectors.T
