"""Very many statements: themes are found on a sample, and each other statement asks its nearest neighbours in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from jtbd_nlp.config import ClusterConfig
from jtbd_nlp.schema.base import content_id

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: rows that are compared with the sample at a time
BLOCK = 2_048


def sample_rows(texts: Sequence[str], most: int) -> NDArray[np.int64]:
    """Rows of `most` texts, drawn by a hash of each text alone, so that a text added or left out moves few of them. Sorted."""
    import numpy as np

    drawn = sorted(range(len(texts)), key=lambda row: (content_id("sample", (texts[row],)), row))[:most]
    return np.sort(np.array(drawn, dtype=np.int64))


def join_nearest(
    vectors: NDArray[np.float64], rows: NDArray[np.int64], labels: NDArray[np.int64], strengths: NDArray[np.float64], config: ClusterConfig
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Labels of all rows from those of a sample: what most of a row's `n_neighbors` nearest in the sample have, weighed by cosine.

    Args:
        vectors: (n, width), rows of norm 1; rows: the sample; labels, strengths: of the sample, -1 for none, in [0, 1].

    Returns:
        Labels, -1 where the most are in none, and the winner's share of the votes, in [0, 1]; rows of the sample keep what they had.
    """
    import numpy as np

    known = vectors[rows].astype(np.float32)
    nearest, choices = min(config.n_neighbors, len(rows)), int(labels.max(initial=-1)) + 2
    voted = np.where(labels >= 0, labels, choices - 1)
    found, firm = np.full(len(vectors), -1, dtype=np.int64), np.zeros(len(vectors))
    for first in range(0, len(vectors), BLOCK):
        cosines = vectors[first : first + BLOCK].astype(np.float32) @ known.T
        near = np.argpartition(-cosines, nearest - 1, axis=1)[:, :nearest]
        near.sort(axis=1)  # votes are added in one order
        votes, at = np.zeros((len(cosines), choices)), np.arange(len(cosines))
        np.add.at(votes, (at[:, None], voted[near]), np.round(np.maximum(np.take_along_axis(cosines, near, axis=1), 1e-6), 6))
        winner = votes.argmax(axis=1)
        found[first : first + BLOCK] = np.where(winner == choices - 1, -1, winner)
        firm[first : first + BLOCK] = votes[at, winner] / votes.sum(axis=1)
    found[rows], firm[rows] = labels, strengths
    return found, firm
