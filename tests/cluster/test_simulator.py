from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from benchmarks.simulator.__main__ import Trials, found, ours
from benchmarks.simulator.draw import Design, draw
from benchmarks.simulator.parameters import load
from benchmarks.simulator.rivals import by_silhouette, rand_of
from jtbd_nlp.cluster.groups import group_stories
from jtbd_nlp.cluster.views import views_of
from jtbd_nlp.config import ClusterConfig, SynthesiseConfig


def test_a_drawn_study_is_judged_by_the_library() -> None:
    drawn = draw(Design(n=16, k=3), load(), np.random.default_rng(3))
    judged = ours(drawn, 39)
    assert judged.structure.n == 16
    assert judged.structure.verdict in ("groups", "no_structure")
    assert ours(drawn, 39, always=True).structure.verdict == "groups"
    assert ours(drawn, 39) == judged


def test_drawn_studies_have_the_parts_that_were_estimated() -> None:
    parameters = load()
    drawn = [draw(Design(n=40, k=1), parameters, np.random.default_rng(i)) for i in range(10)]
    assert np.mean([len(d.theme) / 40 for d in drawn]) == pytest.approx(parameters.coded.statements_mean, rel=0.05)
    effects = [views_of(d.study, "pathway").story_part().effect for d in drawn]
    assert np.mean(effects) == pytest.approx(np.mean(parameters.coded.story), rel=0.4)
    none = [views_of(draw(Design(n=40, k=1, own_part=False), parameters, np.random.default_rng(i)).study, "pathway") for i in range(4)]
    assert max(v.story_part().effect for v in none) < min(parameters.coded.story)


def test_errors_lose_and_add_statements_as_the_tagger_does() -> None:
    parameters = load()
    errors = parameters.tagger
    lost = float(np.array(parameters.coded.tags) @ np.array(errors.found)[:, -1])
    drawn = [draw(Design(n=40, k=3, errors=True), parameters, np.random.default_rng(i)) for i in range(4)]
    nobody = np.mean([np.mean(d.theme < 0) for d in drawn])
    assert nobody == pytest.approx(errors.false / (errors.false + 1 - lost), rel=0.15)


def test_planted_groups_are_perfect_and_one_group_is_worth_nothing() -> None:
    planted = (0, 0, 1, 1, 2, 2)
    assert rand_of(np.array(planted), planted) == 1.0
    assert rand_of(np.full(6, -1), planted) == 0.0
    similarity = np.kron(np.eye(3), np.full((2, 2), 0.9)) + 0.1 * np.eye(6)
    assert Counter(by_silhouette(similarity).tolist()) == Counter({0: 2, 1: 2, 2: 2})


def test_power_is_reported_with_rivals_behind_the_same_gate() -> None:
    row = found(load(), 12, False, Trials(2, 0, 19))
    claimed, ours_rand, grouping, silhouette, density, gated_silhouette, gated_density = row
    assert 0 <= claimed <= 1
    assert ours_rand <= max(grouping, 0) + 1e-9
    assert abs(gated_silhouette) <= abs(silhouette) + 1e-9 or claimed > 0
    assert density >= -1
    assert gated_density >= -1


def test_beyond_the_sample_stories_join_the_nearest_group() -> None:
    from cluster_builders import plant

    planted = plant(n_stories=36, spread=0.6)
    config = ClusterConfig(max_stories=20)
    found = group_stories(
        sorted(planted.group),
        planted.statements,
        planted.embeddings,
        cluster=config,
        synthesise=SynthesiseConfig(n_permutations=39, n_resamples=10),
    )
    assert "sample of 20 of 36" in found.structure.reason
    assert {frozenset(g) for g in found.groups()} == {frozenset(s for s, g in planted.group.items() if g == k) for k in range(3)}
