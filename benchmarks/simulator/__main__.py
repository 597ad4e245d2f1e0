"""How often are pathways claimed without structure, and how well are planted ones found?

usage: python -m benchmarks.simulator [MARKET_FOLDER...] [--studies 1000] [--seed 0] [--permutations 99] [--only null|power|check]
                                      [--story-effect 1.0] [--cell own-true|own-errors|none-true|none-errors] [--sizes 8 12 20 40]

null: studies of 8 to 40 stories whose themes are drawn without regard to the story, with and without a part of the vectors that is each
    story's own, with true tags and with the tagger's errors: share of studies where groups are claimed (level 5 %).
power: 3 or 4 pathways; share claimed, and mean adjusted Rand beside average linkage with k by silhouette and HDBSCAN on the same
    similarities. `ours`: what the library says, nothing where it claims nothing; `grouping`: what it would say if it always claimed.
    `gated`: the rivals where the library claims.
check: drawn studies of twelve stories on four pathways beside the coded markets that are named.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from benchmarks.simulator.draw import Design, Drawn, draw
from benchmarks.simulator.parameters import Parameters, load
from benchmarks.simulator.rivals import by_hdbscan, by_silhouette, rand_of
from jtbd_nlp.cluster.groups import group_study
from jtbd_nlp.cluster.views import views_of
from jtbd_nlp.config import ClusterConfig, SynthesiseConfig
from jtbd_nlp.schema.arrays import StoryGroups

SIZES = (8, 12, 20, 40)
CELLS = {f"{own}-{tags}": (own == "own", tags == "errors") for own in ("none", "own") for tags in ("true", "errors")}


def ours(drawn: Drawn, permutations: int, share: float = ClusterConfig().story_effect, *, always: bool = False) -> StoryGroups:
    """What the library says of a drawn study. `always`: groups are claimed whatever the test says."""
    synthesise = SynthesiseConfig(n_permutations=permutations, n_resamples=10, alpha=0.999999 if always else 0.05)
    return group_study(drawn.study.stories, drawn.study, "pathway", ClusterConfig(story_effect=share), synthesise)


def claimed(parameters: Parameters, cell: str, studies: int, seed: int, permutations: int, share: float) -> float:
    """Share of studies without structure in which groups are claimed."""
    own_part, errors = CELLS[cell]
    count = 0
    for i in range(studies):
        rng = np.random.default_rng((seed, i, own_part, errors))
        design = Design(n=int(rng.integers(8, 41)), k=1, own_part=own_part, errors=errors)
        count += ours(draw(design, parameters, rng), permutations, share).structure.verdict == "groups"
    return count / studies


def found(parameters: Parameters, n: int, errors: bool, studies: int, seed: int, permutations: int, share: float) -> list[float]:
    """Means over studies with structure: claimed, ours, grouping, by silhouette, HDBSCAN, and the two rivals where ours claims."""
    rows = []
    for i in range(studies):
        rng = np.random.default_rng((seed, i, n, errors))
        drawn = draw(Design(n=n, k=3 + i % 2, errors=errors), parameters, rng)
        free, similarity = ours(drawn, permutations, share, always=True), views_of(drawn.study, "pathway").similarity()
        sure = free.structure.p_value is not None and free.structure.p_value <= 0.05 and free.structure.k > 1
        grouping, *rivals = (
            rand_of(labels, drawn.planted) for labels in (np.array(free.labels), by_silhouette(similarity), by_hdbscan(similarity))
        )
        rows.append([sure, grouping * sure, grouping, *rivals, *(rival * sure for rival in rivals)])
    return np.mean(np.array(rows, dtype=float), axis=0).tolist()  # type: ignore[no-any-return]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("markets", nargs="*", type=Path)
    parser.add_argument("--studies", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--permutations", type=int, default=99)
    parser.add_argument("--story-effect", type=float, default=ClusterConfig().story_effect)
    parser.add_argument("--only", choices=("null", "power", "check"))
    parser.add_argument("--sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--cell", choices=tuple(CELLS))
    given = parser.parse_args()
    parameters, rest = load(), (given.studies, given.seed, given.permutations, given.story_effect)
    if given.only in (None, "null"):
        print(f"{'without structure':20}{'studies':>8}{'claimed':>9}")
        for cell in (given.cell,) if given.cell else CELLS:
            print(f"{cell:20}{given.studies:8}{claimed(parameters, cell, *rest):9.3f}", flush=True)
    if given.only in (None, "power"):
        print(
            f"{'n':>3} {'tags':8}{'studies':>8}{'power':>7}{'ours':>7}{'grouping':>10}{'silhouette':>12}{'HDBSCAN':>9}{'gated: silhouette':>19}{'HDBSCAN':>9}"
        )
        for n in given.sizes:
            for errors in (False, True):
                a, b, c, d, e, f, g = found(parameters, n, errors, *rest)
                print(
                    f"{n:3} {'errors' if errors else 'true':8}{given.studies:8}{a:7.2f}{b:7.2f}{c:10.2f}{d:12.2f}{e:9.2f}{f:19.2f}{g:9.2f}",
                    flush=True,
                )
    if given.only == "check":
        from benchmarks.simulator.likeness import check

        check(parameters, given.markets, given.studies, given.seed)


if __name__ == "__main__":
    main()
