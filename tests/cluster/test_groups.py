from __future__ import annotations

import numpy as np
import pytest
from cluster_builders import Planted, plant
from hypothesis import given, settings, strategies as st

from jtbd_nlp.cluster import cluster_statements, group_stories, story_matrix
from jtbd_nlp.config import ClusterConfig, SynthesiseConfig
from jtbd_nlp.schema import theme_id
from jtbd_nlp.schema.arrays import Embeddings, StoryGroups

CLUSTER = ClusterConfig(n_resamples=5)
SYNTHESISE = SynthesiseConfig(n_permutations=39, n_resamples=10)


def grouped(planted: Planted, kind: str = "pathway") -> StoryGroups:
    return group_stories(sorted(planted.group), planted.statements, planted.embeddings, cluster=CLUSTER, synthesise=SYNTHESISE, kind=kind)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["pathway", "job"])
def test_planted_groups_are_found(kind: str) -> None:
    planted = plant(spread=0.8)
    found = grouped(planted, kind)
    assert found.structure.verdict == "groups"
    assert {frozenset(g) for g in found.groups()} == {frozenset(s for s, g in planted.group.items() if g == k) for k in range(3)}
    assert len(found.stabilities) == found.structure.k == 3
    assert min(found.stabilities) > 0.7


def test_without_structure_none_is_claimed_and_the_reason_says_so() -> None:
    verdicts = [grouped(plant(n_groups=4, spread=1.0, seed=seed, structured=False)) for seed in range(8)]
    assert sum(v.structure.verdict == "groups" for v in verdicts) <= 2
    none = next(v for v in verdicts if v.structure.verdict == "no_structure")
    assert set(none.labels) == {-1}
    assert none.structure.k == 0
    assert none.structure.p_value is not None
    assert "no groups are claimed" in none.structure.reason


@pytest.mark.parametrize("n", [0, 1, 2, 5])
def test_few_stories_are_never_grouped(n: int) -> None:
    planted = plant(n_stories=n)
    found = grouped(planted)
    assert found.structure.verdict == "too_few"
    assert found.labels == (-1,) * n
    assert str(SYNTHESISE.min_stories) in found.structure.reason


@settings(max_examples=4, deadline=None)
@given(st.permutations(range(96)))
def test_order_changes_nothing(order: list[int]) -> None:
    planted = plant(spread=1.5)
    statements = tuple(planted.statements[i] for i in order)
    back = order[::-1]
    embeddings = Embeddings(tuple(planted.embeddings.ids[i] for i in back), planted.embeddings.vectors[back])
    moved = Planted(statements, embeddings, planted.theme, dict(reversed(planted.group.items())))
    assert grouped(moved) == grouped(planted)


def test_a_silent_story_is_in_no_group() -> None:
    planted = plant(spread=0.8)
    found = group_stories([*planted.group, "silent"], planted.statements, planted.embeddings, cluster=CLUSTER, synthesise=SYNTHESISE)
    assert dict(zip(found.stories, found.labels, strict=True))["silent"] == -1
    assert found.structure.n == 12


def test_matrix_counts_statements_of_each_theme() -> None:
    planted = plant()
    clusterings = cluster_statements(planted.statements, planted.embeddings, CLUSTER)
    matrix = story_matrix(["silent", *planted.group], planted.statements, clusterings)
    assert matrix.stories == (*sorted(planted.group), "silent")
    assert matrix.counts.sum() == len(planted.statements)
    assert not matrix.counts[-1].any()
    push = next(c for c in clusterings if c.tag == "push")
    first = tuple(i for i, label in zip(push.ids, push.labels, strict=True) if label == 0)
    assert matrix.counts[:, matrix.themes.index(theme_id("push", first))].sum() == len(first)


def test_groups_that_only_a_loose_null_allows_are_marked_as_a_suggestion() -> None:
    from jtbd_nlp.cluster.groups import decide

    names = tuple(f"s{i:02}" for i in range(12))
    centre = np.kron(np.eye(3), np.full((4, 4), 0.5)) + 0.5 * np.eye(12)

    def loose(rng: np.random.Generator) -> np.ndarray:  # type: ignore[type-arg]
        noise = rng.normal(size=(12, 12)) * 0.05
        return np.eye(12) + (noise + noise.T) * (1 - np.eye(12))

    def harder(rng: np.random.Generator) -> np.ndarray:  # type: ignore[type-arg]
        order = rng.permutation(12)
        return centre[np.ix_(order, order)]

    claimed = decide(names, names, centre, loose, strict=harder, cluster=CLUSTER, synthesise=SYNTHESISE)
    assert claimed.structure.verdict == "groups"
    assert "suggestion" in claimed.structure.reason
    unclaimed = decide(names, names, centre, harder, plain=loose, cluster=CLUSTER, synthesise=SYNTHESISE)
    assert unclaimed.structure.verdict == "no_structure"
    assert unclaimed.structure.p_value is not None
    assert ("Some stories are more alike" in unclaimed.structure.reason) == (unclaimed.structure.p_value <= 0.5)
