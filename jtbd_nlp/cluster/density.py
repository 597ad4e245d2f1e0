"""Clusters of many statements: UMAP, then HDBSCAN."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtbd_nlp.config import ClusterConfig
from jtbd_nlp.guest import import_quietly

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


#: from so many rows on UMAP looks for approximate neighbours; below, it compares all, in Python, for half a minute
_ALL_PAIRS = 4_096


def project(vectors: NDArray[np.float64], config: ClusterConfig) -> NDArray[np.float64]:
    """UMAP (McInnes et al. 2018) of rows that are sorted by content; one thread, since it is seeded. Shape: (n, n_components)."""
    import_quietly("umap", "sklearn.metrics")
    import numpy as np
    from umap import UMAP

    neighbors = min(config.n_neighbors, len(vectors) - 1)
    if len(vectors) < _ALL_PAIRS:
        return np.asarray(_embedded(vectors, neighbors, config), dtype=np.float64)
    reducer = UMAP(
        n_neighbors=neighbors,
        n_components=config.n_components,
        metric=config.metric,
        min_dist=0.0,
        random_state=config.random_state,
        n_jobs=1,
    )
    return np.asarray(reducer.fit_transform(vectors), dtype=np.float64)


def _embedded(vectors: NDArray[np.float64], neighbors: int, config: ClusterConfig) -> NDArray[np.float32]:
    """What `UMAP.fit_transform` does with few rows, on distances that come from one product of matrices."""
    import numpy as np
    from sklearn.metrics import pairwise_distances
    from sklearn.utils import check_random_state
    from umap.distances import named_distances
    from umap.umap_ import find_ab_params, fuzzy_simplicial_set, simplicial_set_embedding

    random = check_random_state(config.random_state)
    rows = vectors.astype(np.float32)
    # Rounded, so that the last bits, in which products with more or fewer threads may differ, decide nothing.
    apart = np.round(pairwise_distances(vectors, metric=config.metric), 6).astype(np.float32)
    graph = fuzzy_simplicial_set(apart, neighbors, random, "precomputed")[0]
    a, b = find_ab_params(spread=1.0, min_dist=0.0)
    found: NDArray[np.float32] = simplicial_set_embedding(
        data=rows,
        graph=graph,
        n_components=config.n_components,
        initial_alpha=1.0,
        a=a,
        b=b,
        gamma=1.0,
        negative_sample_rate=5,
        n_epochs=None,
        init="spectral",
        random_state=random,
        metric=named_distances[config.metric],
        metric_kwds={},
        densmap=False,
        densmap_kwds={},
        output_dens=False,
        parallel=False,
    )[0]
    return found


def density_labels(points: NDArray[np.float64], config: ClusterConfig) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """HDBSCAN (Campello et al. 2013) of rows that are sorted by content: labels (-1: noise) and membership strengths in [0, 1]."""
    import_quietly("hdbscan")
    import numpy as np
    from hdbscan import HDBSCAN

    least = max(config.min_cluster_size, round(len(points) ** 0.5 / 4))
    model = HDBSCAN(min_cluster_size=least, min_samples=config.min_samples, metric="euclidean", core_dist_n_jobs=1)
    labels = model.fit_predict(points)
    return np.asarray(labels, dtype=np.int64), np.asarray(model.probabilities_, dtype=np.float64)
