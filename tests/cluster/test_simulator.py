from __future__ import annotations

import numpy as np

from benchmarks.simulator.__main__ import ours, rand_of
from benchmarks.simulator.draw import Design, draw
from benchmarks.simulator.parameters import load
from jtbd_nlp.cluster.groups import group_stories
from jtbd_nlp.config import ClusterConfig, SynthesiseConfig


def test_a_drawn_study_is_judged() -> None:
    drawn = draw(Design(n=16, k=3), load(), np.random.default_rng(3))
    found = ours(drawn, 39, 0.3)
    assert found.structure.n == 16
    assert found.structure.verdict in ("groups", "no_structure")
    assert rand_of(np.array(drawn.planted), drawn.planted) == 1.0


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
