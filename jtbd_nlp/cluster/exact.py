"""Clusters of few statements: average linkage over pair scores, then each statement has to be nearer to its own cluster than to any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtbd_nlp.cluster.linkage import cut_into, score_tree
from jtbd_nlp.config import ClusterConfig

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def exact_labels(scores: NDArray[np.float64], weights: NDArray[np.int64], config: ClusterConfig) -> NDArray[np.int64]:
    """Labels of rows by the scores of their pairs; -1 where a row belongs nowhere. `weights`: statements behind each row."""
    import numpy as np

    n = scores.shape[0]
    if n < 2:
        return without_small(np.zeros(n, dtype=np.int64), weights, config.min_cluster_size)
    k = min(n, max(2, round(config.themes_per_root * n**0.5)))
    found = cut_into(score_tree(scores), k)
    found[margins(scores, found) < config.margin] = -1
    return without_small(found, weights, config.min_cluster_size)


def margins(scores: NDArray[np.float64], labels: NDArray[np.int64]) -> NDArray[np.float64]:
    """Mean score of a row with the rest of its cluster, less that with the nearest other one. Infinite where there is no other or no rest."""
    import numpy as np

    member = (labels[:, None] == np.arange(labels.max() + 1)[None, :]).astype(np.float64)
    sizes, rows = member.sum(axis=0), np.arange(len(labels))
    totals = scores @ member
    own = np.where(sizes[labels] > 1, (totals[rows, labels] - np.diag(scores)) / np.maximum(1.0, sizes[labels] - 1), np.inf)
    others = totals / sizes
    others[rows, labels] = -np.inf
    made: NDArray[np.float64] = own - others.max(axis=1)
    return made


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
