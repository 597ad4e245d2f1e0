"""Themes by the scores of pairs: average linkage, as many themes as are set apart, then each statement has to be nearer to its own than to any other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jtbd_nlp.cluster.linkage import cut_into, score_tree
from jtbd_nlp.config import ClusterConfig

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Linked:
    """Clusters of rows: labels, -1 where a row belongs nowhere; `k` before small ones were dissolved; `least`: margin below which rows were left out."""

    labels: NDArray[np.int64]
    k: int
    least: float


def linked(scores: NDArray[np.float64], weights: NDArray[np.int64], config: ClusterConfig, most: int | None = None) -> Linked:
    """Cluster rows by the scores of their pairs. `weights`: statements behind each row; `most`: clusters at the most.

    Of the cuts into `themes_per_root` root n clusters and fewer, the first is taken whose rows are on average `separation` nearer to their own
    cluster than to the next: more statements do not make more themes where these would not be apart. Rows that are not `margin` nearer are
    left out, the worst of them first, `max_left_out` of all at the most.
    """
    import numpy as np

    n = scores.shape[0]
    if n < 2:
        return Linked(without_small(np.zeros(n, dtype=np.int64), weights, config.min_cluster_size), n, config.margin)
    tree, k = score_tree(scores), min(n, max(2, round(config.themes_per_root * n**0.5)), most or n)
    found = cut_into(tree, k)
    near = margins(scores, found)
    while k > 2 and apart(near) < config.separation:
        k -= 1
        found = cut_into(tree, k)
        near = margins(scores, found)
    least = min(config.margin, float(np.sort(near)[int(config.max_left_out * n)])) if config.max_left_out < 1 else config.margin
    found[near < least] = -1
    return Linked(without_small(found, weights, config.min_cluster_size), k, least)


def apart(near: NDArray[np.float64]) -> float:
    """Mean of margins; one that is not known counts as 0."""
    import numpy as np

    # Rounded, so that the order in which sums are taken decides nothing.
    return round(float(np.where(np.isfinite(near), near, 0.0).mean()), 9)


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


def separation(scores: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    """How much nearer rows are to their own cluster than to the next, on average; 0 for those in none and where there is one alone."""
    import numpy as np

    rows = np.flatnonzero(labels >= 0)
    if not len(rows):
        return 0.0
    return apart(margins(scores[np.ix_(rows, rows)], np.unique(labels[rows], return_inverse=True)[1])) * len(rows) / len(labels)


def closeness(scores: NDArray[np.float64], labels: NDArray[np.int64]) -> NDArray[np.float64]:
    """Mean probability of each row of saying the same as the others of its cluster; 1 for one alone, 0 for those in none."""
    import numpy as np

    out, chances = np.zeros(len(labels)), 1.0 / (1.0 + np.exp(-scores))
    np.fill_diagonal(chances, 0.0)
    for label in range(int(labels.max(initial=-1)) + 1):
        inside = np.flatnonzero(labels == label)
        out[inside] = chances[np.ix_(inside, inside)].sum(axis=1) / (len(inside) - 1) if len(inside) > 1 else 1.0
    return out


def strengths(close: NDArray[np.float64], labels: NDArray[np.int64]) -> NDArray[np.float64]:
    """How firmly a row belongs, in [0, 1]: its `closeness` over that of the cluster's closest row."""
    import numpy as np

    out = np.zeros(len(labels))
    for label in range(int(labels.max(initial=-1)) + 1):
        inside = labels == label
        out[inside] = close[inside] / close[inside].max()
    return out


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
