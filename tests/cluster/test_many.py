"""Many statements: how many themes, how many statements are left out, and which way finds them."""

from __future__ import annotations

import numpy as np
import pytest

from jtbd_nlp.cluster import cluster_statements, many
from jtbd_nlp.cluster.exact import linked, margins, separation
from jtbd_nlp.config import ClusterConfig
from jtbd_nlp.schema import Statement, statement_id
from jtbd_nlp.schema.arrays import Embeddings
from jtbd_nlp.training.scoring import adjusted_rand

FAINT = 0.35


def drawn(n: int, strength: float, seed: int = 0) -> tuple[list[Statement], Embeddings, dict[str, int]]:
    """n pushes in n / 4 stories, of three themes whose centres are `strength` long beside noise of norm 1 in 48 dimensions."""
    rng = np.random.default_rng(seed)
    theme = rng.integers(3, size=n)
    centres = np.linalg.qr(rng.normal(size=(48, 3)))[0].T * strength
    vectors = centres[theme] + rng.normal(size=(n, 48)) / 48**0.5
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    made = []
    for i in range(n):
        text = f"push {i}"
        start = (i % 4) * 100
        name = f"s{i // 4:04}"
        made.append(
            Statement(
                id=statement_id(name, start, start + len(text)),
                transcript=name,
                turn=i % 4,
                speaker="Ann",
                start=start,
                end=start + len(text),
                text=text,
                tags={"push": 1.0},
            )
        )
    return made, Embeddings(tuple(s.id for s in made), vectors.astype(np.float32)), {s.id: int(t) for s, t in zip(made, theme, strict=True)}


def scores_of(n: int, strength: float) -> np.ndarray:
    vectors = drawn(n, strength)[1].vectors.astype(np.float64)
    return np.asarray(2.0 * vectors @ vectors.T)


def test_more_of_the_same_does_not_make_more_themes() -> None:
    config, ones = ClusterConfig(), np.ones(900, dtype=np.int64)
    root = round(config.themes_per_root * 900**0.5)
    scores = scores_of(900, FAINT)
    found = linked(scores, ones, config)
    assert 2 <= found.k < root / 2
    assert linked(scores, ones, config.model_copy(update={"separation": -1.0})).k == root


def test_the_worst_are_left_out_and_never_more_than_the_share() -> None:
    config, ones = ClusterConfig(separation=-1.0), np.ones(400, dtype=np.int64)
    scores = scores_of(400, FAINT)
    every = linked(scores, ones, config.model_copy(update={"max_left_out": 1.0})).labels
    some = linked(scores, ones, config).labels
    assert (every < 0).mean() > 0.3
    assert 0 < (some < 0).mean() <= 0.2
    assert set(np.flatnonzero(some < 0)) <= set(np.flatnonzero(every < 0))
    whole = linked(scores, ones, config.model_copy(update={"max_left_out": 0.0})).labels
    near = margins(scores, whole)
    assert near[some < 0].max() <= near[some >= 0].min() + 1e-9


def test_separation_is_larger_for_what_lies_apart() -> None:
    labels = np.repeat([0, 1, -1], 20)
    tight = np.kron(np.diag([1.0, 1.0, 0.0]), np.ones((20, 20))).astype(np.float64)
    assert separation(tight, labels) == pytest.approx(2 / 3)
    assert separation(np.zeros((60, 60)), labels) == 0.0
    assert separation(tight, np.full(60, -1)) == 0.0
    assert separation(tight, np.zeros(60, dtype=np.int64)) == 0.0


@pytest.fixture
def _nothing_dense(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for UMAP and HDBSCAN, which are slow to start: what they make of statements that lie nowhere densely."""

    def labels(points: np.ndarray, config: ClusterConfig) -> tuple[np.ndarray, np.ndarray]:
        found = np.where(np.arange(len(points)) < 5, 0, -1)
        return found, (found >= 0).astype(float)

    monkeypatch.setattr(many, "project", lambda vectors, _config: vectors)
    monkeypatch.setattr(many, "density_labels", labels)
    monkeypatch.setattr(many, "PAIRED", 300)
    monkeypatch.setattr(many, "BLOCK", 70)


@pytest.mark.usefixtures("_nothing_dense")
def test_where_nothing_is_dense_pairs_are_compared_and_the_others_join_in_any_order() -> None:
    statements, embeddings, theme = drawn(700, 1.0)
    config = ClusterConfig(small_n=100, n_resamples=2, tags=("push",))
    (found,) = cluster_statements(statements, embeddings, config)
    (again,) = cluster_statements(statements[::-1], embeddings, config)
    assert found == again
    labels = np.array(found.labels)
    assert (labels < 0).mean() < 0.25
    kept = labels >= 0
    assert adjusted_rand(np.array([theme[i] for i in found.ids])[kept].tolist(), labels[kept].tolist()) > 0.6
    assert len(found.stabilities) == labels.max() + 1
    firm = np.array(found.probabilities)
    assert (firm[kept] > 0).all()
    assert (firm[~kept] == 0).all()
    assert firm.max() == 1.0
    first_texts = [min(s.text for s in statements if s.id in set(np.array(found.ids)[labels == k])) for k in range(labels.max() + 1)]
    assert first_texts == sorted(first_texts)
