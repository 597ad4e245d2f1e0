"""Many statements: what UMAP is given is what it would have computed."""

from __future__ import annotations

import warnings

import numpy as np
from sklearn.metrics import pairwise_distances

from jtbd_nlp.cluster.density import project
from jtbd_nlp.cluster.units import unit_rows
from jtbd_nlp.config import ClusterConfig


def test_the_projection_is_that_of_umap() -> None:
    from umap import UMAP

    rng = np.random.default_rng(0)
    vectors = unit_rows(rng.normal(size=(150, 12)))
    config = ClusterConfig(n_components=3)
    apart = np.round(pairwise_distances(vectors, metric="cosine"), 6).astype(np.float32)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = UMAP(n_neighbors=15, n_components=3, metric="precomputed", min_dist=0.0, random_state=0, n_jobs=1).fit_transform(apart)
    assert np.array_equal(project(vectors, config), theirs.astype(np.float64))
