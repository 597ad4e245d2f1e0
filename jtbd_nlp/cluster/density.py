"""Clusters of many statements: UMAP, then HDBSCAN."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtbd_nlp.config import ClusterConfig
from jtbd_nlp.guest import import_quietly

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def project(vectors: NDArray[np.float64], config: ClusterConfig) -> NDArray[np.float64]:
    """UMAP (McInnes et al. 2018) of rows that are sorted by content; one thread, since it is seeded. Shape: (n, n_components)."""
    import_quietly("umap")
    import numpy as np
    from umap import UMAP

    reducer = UMAP(
        n_neighbors=min(config.n_neighbors, len(vectors) - 1),
        n_components=config.n_components,
        metric=config.metric,
        min_dist=0.0,
        random_state=config.random_state,
        n_jobs=1,
    )
    return np.asarray(reducer.fit_transform(vectors), dtype=np.float64)


def density_labels(points: NDArray[np.float64], config: ClusterConfig) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """HDBSCAN (Campello et al. 2013) of rows that are sorted by content: labels (-1: noise) and membership strengths in [0, 1]."""
    import_quietly("hdbscan")
    import numpy as np
    from hdbscan import HDBSCAN

    least = max(config.min_cluster_size, round(len(points) ** 0.5 / 4))
    model = HDBSCAN(min_cluster_size=least, min_samples=config.min_samples, metric="euclidean", core_dist_n_jobs=1)
    labels = model.fit_predict(points)
    return np.asarray(labels, dtype=np.int64), np.asarray(model.probabilities_, dtype=np.float64)
