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


def own_subjects(seed: int, own: float = 0.05) -> Planted:
    """Stories without groups, each with a part of its own in all it says."""
    planted = plant(n_groups=4, spread=1.0, seed=seed, structured=False)
    rng = np.random.default_rng(seed + 100)
    parts = dict(zip(planted.group, rng.normal(size=(len(planted.group), 48)) * np.sqrt(own), strict=True))
    vectors = planted.embeddings.vectors + np.array([parts[s.transcript] for s in planted.statements], dtype=np.float32)
    return Planted(planted.statements, Embeddings(planted.embeddings.ids, vectors), planted.theme, planted.group)


def test_stories_that_merely_have_a_subject_each_are_grouped_as_a_suggestion_only() -> None:
    found = [grouped(own_subjects(seed)) for seed in range(6)]
    suggested = [f for f in found if not f.structure.firm]
    assert len(suggested) >= 4
    for f in suggested:
        assert f.structure.verdict == "groups"
        assert f.structure.p_value is not None
        assert f.structure.p_value > SYNTHESISE.alpha
        assert "suggestion" in f.structure.reason
        assert len(f.stabilities) == f.structure.k == len({label for label in f.labels if label >= 0})


def test_without_suggestions_only_firm_groups_are_given() -> None:
    firm_only = CLUSTER.model_copy(update={"suggest_groups": False})
    for seed in range(3):
        planted = own_subjects(seed)
        asked = group_stories(sorted(planted.group), planted.statements, planted.embeddings, cluster=firm_only, synthesise=SYNTHESISE)
        offered = grouped(planted)
        assert asked.structure.p_value == offered.structure.p_value
        assert (asked.structure.verdict == "groups") == (offered.structure.verdict == "groups" and offered.structure.firm)


def test_statements_of_a_turn_that_are_alike_make_no_groups() -> None:
    """What two statements share because they were said in one breath is not taken for what their story is about."""
    given_out = 0
    for seed in range(8):
        planted = plant(n_groups=4, spread=1.0, seed=seed, structured=False)
        rng = np.random.default_rng(seed)
        in_turn = [s.turn // 2 + 4 * (s.turn % 2) for s in planted.statements]  # two of different tags to a turn
        shared = rng.normal(size=(len(planted.statements), 48)) * 0.15
        first = {(s.transcript, turn): i for i, (s, turn) in reversed(list(enumerate(zip(planted.statements, in_turn, strict=True))))}
        rows = [first[s.transcript, turn] for s, turn in zip(planted.statements, in_turn, strict=True)]
        vectors = (planted.embeddings.vectors + shared[rows]).astype(np.float32)
        said = tuple(s.model_copy(update={"turn": turn}) for s, turn in zip(planted.statements, in_turn, strict=True))
        given_out += (
            grouped(Planted(said, Embeddings(planted.embeddings.ids, vectors), planted.theme, planted.group)).structure.verdict == "groups"
        )
    assert given_out <= 2
