from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from benchmarks.simulator.__main__ import Trials, found, ours
from benchmarks.simulator.draw import WISHES, Design, draw
from benchmarks.simulator.parameters import load
from benchmarks.simulator.rivals import by_silhouette, rand_of
from benchmarks.simulator.themes import by_library, score, statements_of
from jtbd_nlp.cluster.groups import group_stories
from jtbd_nlp.cluster.views import views_of
from jtbd_nlp.config import ClusterConfig, SynthesiseConfig
from jtbd_nlp.schema import TAGS
from jtbd_nlp.schema.job import GroupKind


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


def test_themes_of_a_drawn_study_are_scored_over_all_that_a_coder_would_have() -> None:
    drawn = draw(Design(n=6, k=3), load(), np.random.default_rng(1))
    assert score(drawn, drawn.theme) == (1.0, 1.0)
    lost = draw(Design(n=6, k=3, errors=True), load(), np.random.default_rng(1))
    assert lost.true_theme.tolist() == drawn.true_theme.tolist()
    best, pairs = score(lost, lost.theme)
    assert 0 < pairs < best < 1
    assert score(lost, np.full(len(lost.theme), -1))[1] == 0.0
    labels = by_library(drawn)
    assert labels.shape == drawn.theme.shape
    assert 0 < score(drawn, labels)[1] < 1


def test_statements_of_a_drawn_study_are_what_was_drawn() -> None:
    drawn = draw(Design(n=6, k=1, errors=True), load(), np.random.default_rng(2))
    statements, embeddings = statements_of(drawn)
    assert len(statements) == len(drawn.theme) == len(embeddings.ids)
    assert [s.transcript for s in statements] == [drawn.study.stories[i] for i in drawn.study.story]
    assert all((s.dimension is None) == (d < 0) for s, d in zip(statements, drawn.dimension, strict=True))


def test_jobs_are_planted_in_what_is_wanted_alone() -> None:
    parameters, wanted = load(), [TAGS.index(tag) for tag in WISHES]

    def together(kind: GroupKind, under: bool) -> float:
        """Mean inner product of the mean vectors of two groups' halves, less that of different groups."""
        found = []
        for seed in range(6):
            drawn = draw(Design(n=60, k=2, own_part=False, kind=kind), parameters, np.random.default_rng(seed))
            rows = np.isin(drawn.study.tag, wanted) == under
            group = np.array(drawn.planted)[drawn.study.story]
            half = drawn.study.story % 2
            means = np.stack([drawn.vectors[rows & (group == g) & (half == h)].mean(axis=0) for g in (0, 1) for h in (0, 1)])
            products = means @ means.T
            found.append((products[0, 1] + products[2, 3] - products[0, 2] - products[1, 3]) / 2)
        return float(np.mean(found))

    assert together("job", True) > 0.005
    assert together("job", False) < 0.003
    assert together("pathway", False) > 0.005


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
