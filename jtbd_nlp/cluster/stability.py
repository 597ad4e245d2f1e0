"""How well clusters survive when other interviews had been held."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from jtbd_nlp.config import ClusterConfig

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: share of the interviews that a resample keeps
KEPT = 0.8


def stabilities(
    labels: NDArray[np.int64],
    stories: Sequence[frozenset[str]],
    relabel: Callable[[NDArray[np.int64]], NDArray[np.int64]],
    config: ClusterConfig,
) -> tuple[float, ...]:
    """Mean share, in [0, 1], of a cluster's pairs that stay together when only four fifths of the interviews are clustered.

    `relabel` clusters the rows given. Empty where there is no cluster or fewer than three interviews; a cluster of which no resample
    holds two rows counts as 0.
    """
    import numpy as np

    k = int(labels.max(initial=-1)) + 1
    names = sorted({name for group in stories for name in group})
    if k == 0 or len(names) < 3:
        return ()
    rng = np.random.default_rng(config.random_state)
    together, seen = np.zeros(k), np.zeros(k)
    for _ in range(config.n_resamples):
        kept = {names[i] for i in rng.choice(len(names), size=max(2, round(KEPT * len(names))), replace=False)}
        rows = np.array([i for i, group in enumerate(stories) if group & kept], dtype=np.int64)
        if len(rows) < 2:
            continue
        found = relabel(rows)
        for cluster in range(k):
            inside = found[labels[rows] == cluster]
            pairs = len(inside) * (len(inside) - 1) / 2
            if pairs:
                sizes = np.bincount(inside[inside >= 0]) if (inside >= 0).any() else np.zeros(1, dtype=np.int64)
                together[cluster] += float((sizes * (sizes - 1) / 2).sum()) / pairs
                seen[cluster] += 1
    return tuple(round(float(t / s), 4) if s else 0.0 for t, s in zip(together, seen, strict=True))
