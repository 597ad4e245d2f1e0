"""How often are pathways claimed without structure, and how well are planted ones found?

usage: python -m benchmarks.simulator [--studies 100] [--seed 0] [--permutations 99] [--only null|power] [--story-effect 1.0]

Without structure: studies of 8 to 40 stories whose themes are drawn without regard to the story, with and without a part of the vectors
that is each story's own, with true tags and with a tagger's errors: share of studies where groups are claimed (level 5 %).
With structure: 3 or 4 pathways; power, and mean adjusted Rand beside average linkage with k by silhouette and HDBSCAN on the same similarities.
"""

from __future__ import annotations

import argparse

import numpy as np
from numpy.typing import NDArray

from benchmarks.simulator.draw import Design, Drawn, draw
from benchmarks.simulator.parameters import Parameters, load
from jtbd_nlp.cluster.groups import decide
from jtbd_nlp.cluster.linkage import cut_into, score_tree
from jtbd_nlp.cluster.null import silhouette
from jtbd_nlp.cluster.views import views_of
from jtbd_nlp.config import Config, SynthesiseConfig
from jtbd_nlp.schema.arrays import StoryGroups
from jtbd_nlp.training.scoring import adjusted_rand


def ours(drawn: Drawn, permutations: int, share: float) -> StoryGroups:
    """What the library says of a drawn study."""
    config = Config()
    views = views_of(drawn.study, "pathway")
    effect = share * views.story_effect()
    names = drawn.study.stories
    return decide(
        names,
        names,
        views.similarity(),
        lambda rng: views.shuffled(rng, effect).similarity(),
        cluster=config.cluster,
        synthesise=SynthesiseConfig(n_permutations=permutations, n_resamples=10),
    )


def rand_of(labels: NDArray[np.int64], planted: tuple[int, ...]) -> float:
    """Adjusted Rand; a story in no group is one of its own."""
    found = [int(label) if label >= 0 else f"alone {i}" for i, label in enumerate(labels)]
    return adjusted_rand(list(planted), found)


def by_silhouette(similarity: NDArray[np.float64]) -> NDArray[np.int64]:
    """Average linkage, k with the best silhouette."""
    linked = score_tree(similarity)
    cuts = [cut_into(linked, k) for k in range(2, max(3, len(similarity) // 2 + 1))]
    return max(cuts, key=lambda labels: silhouette(similarity, labels))


def by_hdbscan(similarity: NDArray[np.float64]) -> NDArray[np.int64]:
    """HDBSCAN with its smallest clusters."""
    from hdbscan import HDBSCAN

    distance = np.maximum(0.0, 1.0 - similarity)
    np.fill_diagonal(distance, 0.0)
    return np.asarray(HDBSCAN(min_cluster_size=2, metric="precomputed", allow_single_cluster=False).fit_predict(distance), dtype=np.int64)


def without_structure(p: Parameters, studies: int, seed: int, permutations: int, share: float) -> None:
    """Print the share of claims where there is nothing to claim."""
    print(f"{'stories of their own':22}{'tags':12}{'studies':>8}{'claimed':>9}")
    for own_part in (False, True):
        for errors in (False, True):
            claimed = 0
            for i in range(studies):
                rng = np.random.default_rng((seed, i, own_part, errors))
                design = Design(n=int(rng.integers(8, 41)), k=1, own_part=own_part, errors=errors)
                claimed += ours(draw(design, p, rng), permutations, share).structure.verdict == "groups"
            print(
                f"{'yes' if own_part else 'no':22}{'with errors' if errors else 'true':12}{studies:8}{claimed / studies:9.3f}", flush=True
            )


def with_structure(p: Parameters, studies: int, seed: int, permutations: int, share: float) -> None:
    """Print power and adjusted Rand."""
    print(f"{'n':>3} {'tags':12}{'studies':>8}{'power':>7}{'ours':>7}{'ours where claimed':>20}{'by silhouette':>15}{'HDBSCAN':>9}")
    for n in (8, 12, 20, 40):
        for errors in (False, True):
            rows = []
            for i in range(studies):
                rng = np.random.default_rng((seed, i, n, errors))
                drawn = draw(Design(n=n, k=3 + i % 2, errors=errors), p, rng)
                found, similarity = ours(drawn, permutations, share), views_of(drawn.study, "pathway").similarity()
                claimed = found.structure.verdict == "groups"
                rand = rand_of(np.array(found.labels), drawn.planted)
                rows.append(
                    (
                        claimed,
                        rand,
                        rand if claimed else np.nan,
                        rand_of(by_silhouette(similarity), drawn.planted),
                        rand_of(by_hdbscan(similarity), drawn.planted),
                    )
                )
            power, rand, sure, rival, density = np.nanmean(np.array(rows, dtype=float), axis=0)
            print(
                f"{n:3} {'with errors' if errors else 'true':12}{studies:8}{power:7.2f}{rand:7.2f}{sure:20.2f}{rival:15.2f}{density:9.2f}",
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--studies", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--permutations", type=int, default=99)
    parser.add_argument("--story-effect", type=float, default=Config().cluster.story_effect)
    parser.add_argument("--only", choices=("null", "power"))
    arguments = parser.parse_args()
    if arguments.only != "power":
        without_structure(load(), arguments.studies, arguments.seed, arguments.permutations, arguments.story_effect)
    if arguments.only != "null":
        with_structure(load(), arguments.studies, arguments.seed, arguments.permutations, arguments.story_effect)


if __name__ == "__main__":
    main()
