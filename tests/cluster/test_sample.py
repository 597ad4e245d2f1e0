"""Very many statements: what is drawn, what the others join, and what is said of it."""

from __future__ import annotations

import numpy as np
import pytest
from cluster_builders import plant

from jtbd_nlp.cluster import cluster_statements, many as room
from jtbd_nlp.cluster.exact import without_small
from jtbd_nlp.cluster.groups import group_stories
from jtbd_nlp.cluster.sample import join_nearest, sample_rows
from jtbd_nlp.cluster.units import unit_rows
from jtbd_nlp.config import ClusterConfig, SynthesiseConfig
from jtbd_nlp.training.scoring import adjusted_rand

CONFIG = ClusterConfig(small_n=2, max_texts=100, n_resamples=2, tags=("push",), n_neighbors=5)


def blobs(each: int = 60, width: int = 16) -> tuple[np.ndarray, np.ndarray]:
    """Three tight clusters and as many rows that point anywhere (-1)."""
    rng = np.random.default_rng(0)
    labels = np.repeat([0, 1, 2, -1], each)
    centres = rng.normal(size=(3, width))
    rows = np.where(
        labels[:, None] >= 0, centres[labels] + 0.1 * rng.normal(size=(len(labels), width)), rng.normal(size=(len(labels), width))
    )
    return unit_rows(rows), labels


def test_the_others_join_those_nearest_to_them() -> None:
    vectors, labels = blobs()
    rows = np.arange(0, len(labels), 3)
    found, firm = join_nearest(vectors, rows, labels[rows], np.full(len(rows), 0.25), CONFIG)
    inside = labels >= 0
    assert (found[inside] == labels[inside]).all()
    assert (found[~inside] == -1).mean() > 0.7
    assert (firm[rows] == 0.25).all()
    assert ((firm >= 0) & (firm <= 1)).all()
    assert (np.delete(firm, rows)[np.delete(inside, rows)] > 0.9).all()


def test_without_themes_in_the_sample_nothing_joins_any() -> None:
    vectors, labels = blobs()
    rows = np.arange(50)
    found, _ = join_nearest(vectors, rows, np.full(50, -1), np.zeros(50), CONFIG)
    assert (found == -1).all() and len(found) == len(labels)


def test_a_text_more_moves_few_of_the_sample() -> None:
    texts = [f"text {i}" for i in range(400)]
    drawn = {texts[row] for row in sample_rows(texts, 100)}
    more = ["a new one", *texts]
    assert len(drawn) == 100
    assert len({more[row] for row in sample_rows(more, 100)} ^ drawn) <= 2
    assert {texts[::-1][row] for row in sample_rows(texts[::-1], 100)} == drawn
    assert list(sample_rows(texts[:7], 100)) == list(range(7))


@pytest.fixture
def _nearest_centre(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for UMAP and HDBSCAN, which are slow to start: rows that are alike share a label."""

    def labels(points: np.ndarray, config: ClusterConfig) -> tuple[np.ndarray, np.ndarray]:
        alike = points @ points.T > 0.6
        found = without_small(alike.argmax(axis=1), np.ones(len(points), dtype=np.int64), config.min_cluster_size)
        return found, (found >= 0).astype(float)

    monkeypatch.setattr(room, "project", lambda vectors, _config: vectors)
    monkeypatch.setattr(room, "density_labels", labels)


@pytest.mark.usefixtures("_nearest_centre")
def test_planted_themes_of_more_texts_than_are_sampled_are_found_in_any_order() -> None:
    study = plant(n_stories=150, spread=0.2)
    (one,) = cluster_statements(study.statements, study.embeddings, CONFIG)
    (two,) = cluster_statements(study.statements[::-1], study.embeddings, CONFIG)
    assert one == two
    assert len(one.ids) == 300 > CONFIG.max_texts
    assert adjusted_rand([study.theme[i] for i in one.ids], list(one.labels)) > 0.95
    assert len(one.stabilities) == max(one.labels) + 1


def test_groups_found_on_a_sample_of_stories_say_so() -> None:
    study = plant(n_stories=40)
    config = ClusterConfig(max_stories=24)
    found = group_stories(
        sorted(study.group),
        study.statements,
        study.embeddings,
        cluster=config,
        synthesise=SynthesiseConfig(n_permutations=39, n_resamples=10),
    )
    assert "Found on a sample of 24 of 40 stories" in found.structure.reason
    assert found.structure.n == 40
    assert adjusted_rand([study.group[s] for s in found.stories], list(found.labels)) > 0.9
