from __future__ import annotations

import numpy as np
import pytest
from cluster_builders import Planted, plant, said
from hypothesis import given, settings, strategies as st

from jtbd_nlp.cluster import cluster_statements
from jtbd_nlp.config import ClusterConfig
from jtbd_nlp.errors import SchemaError
from jtbd_nlp.schema.arrays import Embeddings

CONFIG = ClusterConfig(n_resamples=5, themes_per_root=0.6)  # three themes of as many statements as are planted


def shuffled(planted: Planted, order: list[int]) -> tuple[list, Embeddings]:
    statements = [planted.statements[i] for i in order]
    back = list(reversed(order))
    return statements, Embeddings(tuple(planted.embeddings.ids[i] for i in back), planted.embeddings.vectors[back])


def test_planted_themes_are_found_and_are_stable() -> None:
    planted = plant()
    found = cluster_statements(planted.statements, planted.embeddings, CONFIG)
    assert [c.tag for c in found] == ["push", "pull", "anxiety", "outcome"]
    for c in found:
        assert len({(planted.theme[i], label) for i, label in zip(c.ids, c.labels, strict=True)}) == 3
        assert -1 not in c.labels
        assert len(c.stabilities) == 3
        assert min(c.stabilities) > 0.6
        assert all(0 < p <= 1 for p in c.probabilities)


def test_what_lies_between_two_themes_belongs_nowhere() -> None:
    planted = plant()
    pushes = [i for i, s in enumerate(planted.statements) if "push" in s.tags]
    ends = [next(i for i in pushes if planted.theme[planted.statements[i].id] == f"push{g}") for g in (0, 1)]
    between = said("s050", 0, "neither one thing nor the other", "push")
    vectors = np.concatenate([planted.embeddings.vectors, planted.embeddings.vectors[ends].mean(axis=0, keepdims=True)])
    config = CONFIG.model_copy(update={"margin": 0.6})
    found = cluster_statements([*planted.statements, between], Embeddings((*planted.embeddings.ids, between.id), vectors), config)
    assert dict(zip(found[0].ids, found[0].labels, strict=True))[between.id] == -1


@settings(max_examples=5, deadline=None)
@given(st.permutations(range(96)))
def test_order_changes_nothing(order: list[int]) -> None:
    planted = plant(spread=1.2)
    assert cluster_statements(*shuffled(planted, order), CONFIG) == cluster_statements(planted.statements, planted.embeddings, CONFIG)


def test_equal_texts_count_once_and_share_a_label() -> None:
    planted = plant(spread=1.0)
    first = planted.statements[0]
    copies = tuple(said("s000", 50 + k, first.text, "push") for k in range(20))
    rng = np.random.default_rng(0)
    vectors = np.concatenate([planted.embeddings.vectors, rng.normal(size=(20, 48)).astype(np.float32) / 7])
    (push, *_) = cluster_statements(
        planted.statements + copies, Embeddings(planted.embeddings.ids + tuple(s.id for s in copies), vectors), CONFIG
    )
    label = dict(zip(push.ids, push.labels, strict=True))
    assert len({label[s.id] for s in (first, *copies)}) == 1


@pytest.mark.parametrize("n", [0, 1, 2])
def test_next_to_nothing_is_no_error(n: int) -> None:
    planted = plant()
    few = planted.statements[:n]
    found = cluster_statements(few, planted.embeddings, CONFIG)
    assert sum(len(c.ids) for c in found) == n
    if n == 1:
        assert found[0].labels == (-1,)


def test_a_statement_without_a_vector_is_named() -> None:
    planted = plant()
    with pytest.raises(SchemaError, match="without a vector"):
        cluster_statements([*planted.statements, said("s999", 0, "nobody embedded this", "push")], planted.embeddings, CONFIG)


def test_the_dense_way_finds_planted_themes_in_any_order() -> None:
    planted = plant(n_stories=45, spread=0.3)
    config = CONFIG.model_copy(update={"small_n": 60, "n_components": 4, "min_cluster_size": 5, "tags": ("push",)})
    found = cluster_statements(planted.statements, planted.embeddings, config)
    rng = np.random.default_rng(1)
    assert found == cluster_statements(*shuffled(planted, rng.permutation(len(planted.statements)).tolist()), config)
    (push,) = found
    kept = [(planted.theme[i], label) for i, label in zip(push.ids, push.labels, strict=True) if label >= 0]
    assert len(kept) > 80
    assert len(set(kept)) == len({label for _, label in kept})
