"""Agglomerative clustering of a similarity matrix: exact, without a random part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def ward_tree(similarity: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ward tree of a symmetric similarity matrix with ones on its diagonal. Shape: (n - 1, 4), as SciPy gives it; n >= 2.

    The distance is that of an inner product, sqrt(2 - 2 s).
    """
    import numpy as np
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import squareform

    distance = np.maximum(0.0, 1.0 - (similarity + similarity.T) / 2)
    distance = np.sqrt(2 * distance)
    np.fill_diagonal(distance, 0.0)
    # Rounding hides differences that depend on the order in which sums were taken, so ties are broken by place alone.
    made: NDArray[np.float64] = linkage(np.round(squareform(distance, checks=False), 9), "ward")
    return made


def score_tree(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Average-linkage tree of symmetric scores of pairs (higher is nearer; the diagonal means nothing). Shape: (n - 1, 4); n >= 2."""
    import numpy as np
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import squareform

    both = (scores + scores.T) / 2
    np.fill_diagonal(both, 0.0)
    pairs = squareform(both, checks=False)
    made: NDArray[np.float64] = linkage(np.round(pairs.max() - pairs, 9), "average")
    return made


def cut_into(linked: NDArray[np.float64], k: int) -> NDArray[np.int64]:
    """At most k clusters, numbered from 0 by their first row."""
    from scipy.cluster.hierarchy import fcluster

    return _renumbered(fcluster(linked, k, "maxclust"))


def cuts(linked: NDArray[np.float64], ks: Sequence[int]) -> tuple[NDArray[np.int64], ...]:
    """The tree cut into exactly k clusters for each k, also where heights are equal, numbered from 0 by their first row."""
    import numpy as np

    n = len(linked) + 1
    labels = [np.arange(n)]
    for step, (one, two) in enumerate(linked[:, :2].astype(np.int64).tolist()):
        labels.append(np.where((labels[-1] == one) | (labels[-1] == two), n + step, labels[-1]))
    return tuple(_renumbered(labels[n - k]) for k in ks)


def _renumbered(labels: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
    import numpy as np

    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    renumbered: NDArray[np.int64] = rank[inverse]
    return renumbered
