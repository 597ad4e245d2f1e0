"""Clusters of few statements: average linkage with a cut at a fixed similarity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtbd_nlp.cluster.linkage import cut_at, tree
from jtbd_nlp.config import ClusterConfig

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def exact_labels(similarity: NDArray[np.float64], weights: NDArray[np.int64], config: ClusterConfig) -> NDArray[np.int64]:
    """Labels of rows by their similarity; -1 where a cluster is smaller than `min_cluster_size`. `weights`: statements behind each row."""
    import numpy as np

    if similarity.shape[0] < 2:
        found = np.zeros(similarity.shape[0], dtype=np.int64)
    else:
        found = cut_at(tree(similarity, "average"), config.threshold)
    return without_small(found, weights, config.min_cluster_size)


def without_small(labels: NDArray[np.int64], weights: NDArray[np.int64], least: int) -> NDArray[np.int64]:
    """Clusters below `least` statements dissolved to -1; the others numbered from 0 by their first row."""
    import numpy as np

    kept, out = 0, np.full(labels.shape, -1, dtype=np.int64)
    for label in dict.fromkeys(labels[labels >= 0].tolist()):
        inside = labels == label
        if int(weights[inside].sum()) >= least:
            out[inside] = kept
            kept += 1
    return out
