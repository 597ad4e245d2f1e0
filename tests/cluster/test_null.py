from __future__ import annotations

import numpy as np
import pytest
from cluster_builders import plant
from hypothesis import given, settings, strategies as st

from jtbd_nlp.cluster.linkage import cut_into, cuts, ward_tree
from jtbd_nlp.cluster.null import silhouette, silhouettes
from jtbd_nlp.cluster.storypart import LEAST_DIRECTIONS, shared_likeness, spectrum, story_part, turn_part
from jtbd_nlp.cluster.study import study_of
from jtbd_nlp.cluster.views import views_of


def told(n: int, directions: int, own: float, seed: int, blocks: int = 8, width: int = 60, m: int = 5) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    """Sums and counts of stories whose statements share a part of variance `own` along a few directions."""
    rng = np.random.default_rng(seed)
    axes = np.linalg.qr(rng.normal(size=(width, directions)))[0]
    part = rng.normal(size=(n, directions)) * np.sqrt(own / directions) @ axes.T
    noise = rng.normal(size=(blocks, n, m, width)) * np.sqrt((1 - own) / width)
    return (part[None, :, None] + noise).sum(axis=2), np.full((blocks, n), float(m))


@pytest.mark.parametrize("directions", [10, 30])
def test_the_own_part_of_stories_is_measured(directions: int) -> None:
    found = [story_part(*told(40, directions, 0.1, seed)) for seed in range(4)]
    assert np.mean([f.effect for f in found]) == pytest.approx(0.1, rel=0.1)
    assert np.median([f.directions for f in found]) == pytest.approx(directions, rel=0.35)


def test_without_an_own_part_next_to_none_is_measured() -> None:
    found = [story_part(*told(20, 10, 0.0, seed)).effect for seed in range(4)]
    assert max(found) < 0.01


def test_groups_are_taken_for_own_parts_so_that_the_null_errs_towards_no_claim() -> None:
    sums, counts = told(24, 20, 0.05, 0)
    centres = np.random.default_rng(1).normal(size=(3, 60)) * np.sqrt(0.05 / 60)
    grouped = story_part(sums + 5 * centres[np.arange(24) % 3], counts)
    alone = story_part(sums, counts)
    assert grouped.effect > alone.effect + 0.02
    assert grouped.directions < alone.directions


def test_the_null_keeps_how_much_stories_have_of_their_own() -> None:
    planted = plant(n_stories=24, spread=0.8)
    views = views_of(study_of(planted.statements, planted.embeddings), "pathway")
    own = np.full(views.spread.shape, 0.2 / len(views.spread))
    parts = [views.shuffled(np.random.default_rng(seed), own).story_part().effect for seed in range(6)]
    assert np.mean(parts) == pytest.approx(0.2, rel=0.3)
    assert views.shuffled(np.random.default_rng(0), 0 * own).story_part().effect < 0.05


def test_likeness_that_carries_over_is_told_from_likeness_under_single_tags() -> None:
    carried = [shared_likeness(*told(16, 10, 0.1, seed)) for seed in range(4)]
    apart = [shared_likeness(*told(16, 10, 0.0, seed)) for seed in range(4)]
    assert min(carried) > 4 * max(map(abs, apart))


def test_what_a_turn_shares_counts_as_much_as_it_binds_pairs_of_a_story() -> None:
    rng = np.random.default_rng(0)
    stories, turns, variance = 30, 6, 0.3  # a turn holds two statements, under different tags
    turn = np.repeat(np.arange(stories * turns), 2)
    vectors = rng.normal(size=(stories * turns, 200))[turn] * np.sqrt(variance / 200) + rng.normal(size=(len(turn), 200)) * np.sqrt(
        (1 - variance) / 200
    )
    block = np.tile(np.arange(2), stories * turns)
    near_pairs, pairs = 2 * turns, 2 * turns * turns  # of different tags, in a story
    assert turn_part(vectors, block, turn, turn // turns) == pytest.approx(variance * near_pairs / pairs, rel=0.1)
    assert turn_part(vectors, block, np.arange(len(turn)), turn // turns) == 0.0


def test_what_cannot_be_measured_is_left_out() -> None:
    sums, counts = told(2, 5, 0.1, 0)
    assert story_part(sums, counts).directions == float("inf")
    silent = story_part(np.zeros((8, 5, 6)), np.zeros((8, 5)))
    assert silent.effect == 0.0


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.floats(LEAST_DIRECTIONS, 200))
def test_a_spectrum_has_the_directions_asked_for_or_those_there_are(seed: int, directions: float) -> None:
    spread = np.sort(np.random.default_rng(seed).exponential(size=80))
    spread /= spread.sum()
    made = spectrum(spread, directions)
    assert made.sum() == pytest.approx(1.0)
    there = 1.0 / (spread**2).sum()
    assert 1.0 / (made**2).sum() == pytest.approx(min(directions, there), rel=0.02)
    assert (np.diff(made) >= -1e-12).all()


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(4, 20))
def test_cuts_replay_the_tree_and_silhouettes_of_many_are_those_of_each(seed: int, n: int) -> None:
    rows = np.random.default_rng(seed).normal(size=(n, 6))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    similarity = rows @ rows.T
    ks = range(2, n)
    made = cuts(ward_tree(similarity), ks)
    for k, labels in zip(ks, made, strict=True):
        assert len(set(labels.tolist())) == k
        other = cut_into(ward_tree(similarity), k)
        assert {frozenset(np.flatnonzero(labels == g)) for g in range(k)} == {frozenset(np.flatnonzero(other == g)) for g in range(k)}
    assert silhouettes(similarity, made) == pytest.approx([silhouette(similarity, labels) for labels in made])


def test_silhouette_of_two_tight_pairs() -> None:
    similarity = np.array([[1, 0.9, 0, 0], [0.9, 1, 0, 0], [0, 0, 1, 0.9], [0, 0, 0.9, 1.0]])
    assert silhouette(similarity, np.array([0, 0, 1, 1])) == pytest.approx(0.9)
    assert silhouette(similarity, np.array([0, 0, 1, 2])) == pytest.approx((0.9 + 0.9) / 4)
