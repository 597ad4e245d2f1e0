"""Other ways to group stories, for comparison."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jtbd_nlp.cluster.linkage import cuts, score_tree
from jtbd_nlp.cluster.null import silhouettes
from jtbd_nlp.training.scoring import adjusted_rand


def rand_of(labels: NDArray[np.int64], planted: tuple[int, ...]) -> float:
    """Adjusted Rand; a story in no group is one of its own."""
    found = [int(label) if label >= 0 else f"alone {i}" for i, label in enumerate(labels)]
    return adjusted_rand(list(planted), found)


def by_silhouette(similarity: NDArray[np.float64]) -> NDArray[np.int64]:
    """Average linkage, k with the best silhouette."""
    found = cuts(score_tree(similarity), range(2, max(3, len(similarity) // 2 + 1)))
    return found[int(silhouettes(similarity, found).argmax())]


def by_hdbscan(similarity: NDArray[np.float64]) -> NDArray[np.int64]:
    """HDBSCAN with its smallest clusters."""
    from hdbscan import HDBSCAN

    distance = np.maximum(0.0, 1.0 - similarity)
    np.fill_diagonal(distance, 0.0)
    return np.asarray(HDBSCAN(min_cluster_size=2, metric="precomputed", allow_single_cluster=False).fit_predict(distance), dtype=np.int64)
