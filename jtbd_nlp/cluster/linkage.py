"""Agglomerative clustering of a similarity matrix: exact, without a random part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Method = Literal["average", "ward"]


def tree(similarity: NDArray[np.float64], method: Method) -> NDArray[np.float64]:
    """Linkage tree of a symmetric similarity matrix with ones on its diagonal. Shape: (n - 1, 4), as SciPy gives it; n >= 2.

    Ward works on the distance that belongs to an inner product, sqrt(2 - 2 s).
    """
    import numpy as np
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import squareform

    distance = np.maximum(0.0, 1.0 - (similarity + similarity.T) / 2)
    if method == "ward":
        distance = np.sqrt(2 * distance)
    np.fill_diagonal(distance, 0.0)
    # Rounding hides differences that depend on the order in which sums were taken, so ties are broken by place alone.
    made: NDArray[np.float64] = linkage(np.round(squareform(distance, checks=False), 9), method)
    return made


def cut_at(linked: NDArray[np.float64], similarity: float) -> NDArray[np.int64]:
    """Clusters that are joined at this similarity or above (average linkage), numbered from 0 by their first row."""
    from scipy.cluster.hierarchy import fcluster

    return _renumbered(fcluster(linked, max(0.0, 1.0 - similarity), "distance"))


def cut_into(linked: NDArray[np.float64], k: int) -> NDArray[np.int64]:
    """At most k clusters, numbered from 0 by their first row."""
    from scipy.cluster.hierarchy import fcluster

    return _renumbered(fcluster(linked, k, "maxclust"))


def _renumbered(labels: NDArray[np.int32]) -> NDArray[np.int64]:
    import numpy as np

    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    renumbered: NDArray[np.int64] = rank[inverse]
    return renumbered
