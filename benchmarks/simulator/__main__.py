"""How often are pathways (or jobs) claimed without structure, and how well are planted ones, and planted themes, found?

usage: python -m benchmarks.simulator [MARKET_FOLDER...] [--studies 1000] [--seed 0] [--permutations 99] [--only null|power|themes|check]
                                      [--kind pathway|job] [--story-effect 1.0] [--sizes 8 12 20 40]
                                      [--cell own-true|own-errors|none-true|none-errors] [--shipped]

null: studies of 8 to 40 stories (or of each of `--sizes`) whose themes are drawn without regard to the story, with and without a part
    of the vectors that is each story's own, with true tags and with the tagger's errors: share of studies where groups are given
    (level 5 % without such parts), and where they are firm, not a suggestion (level 5 % with them).
power: 3 or 4 groups; share where they are given, and mean adjusted Rand beside average linkage with k by silhouette and HDBSCAN on the same
    similarities. `ours`: what the library says, nothing where it claims nothing; `grouping`: what it would say if it always claimed.
    `gated`: the rivals where the library gives groups.
themes: B-cubed F1 and F1 of pairs of the themes of studies with structure, beside other ways on the same vectors.
check: drawn studies of twelve stories on four pathways beside the coded markets that are named.

`--kind job`: the groups are of what people want, planted in their wishes and circumstances alone. `--story-effect`: how strict
the test is, without suggestions. `--shipped`: errors are those of the tagger that ships now, not of the one that methods were compared on.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.simulator.draw import Design, Drawn, draw
from benchmarks.simulator.parameters import Parameters, load
from benchmarks.simulator.rivals import by_hdbscan, by_silhouette, rand_of
from jtbd_nlp.cluster.groups import group_study
from jtbd_nlp.cluster.views import views_of
from jtbd_nlp.config import ClusterConfig, SynthesiseConfig
from jtbd_nlp.schema.arrays import StoryGroups
from jtbd_nlp.schema.job import GroupKind

SIZES = (8, 12, 20, 40)
CELLS = {f"{own}-{tags}": (own == "own", tags == "errors") for own in ("none", "own") for tags in ("true", "errors")}


def ours(drawn: Drawn, permutations: int, share: float | None = None, *, always: bool = False, kind: GroupKind = "pathway") -> StoryGroups:
    """What the library says of a drawn study. `share`: of the stories' own parts that the null keeps, None is the library's, which gives
    suggestions too; `always`: groups are claimed whatever the test says."""
    synthesise = SynthesiseConfig(n_permutations=permutations, n_resamples=10, alpha=0.999999 if always else 0.05)
    config = ClusterConfig() if share is None else ClusterConfig(story_effect=share, suggest_groups=False)
    return group_study(drawn.study.stories, drawn.study, kind, config, synthesise)


@dataclass(frozen=True)
class Trials:
    """How drawn studies are judged."""

    studies: int
    seed: int
    permutations: int
    share: float | None = None
    kind: GroupKind = "pathway"


def claimed(parameters: Parameters, cell: str, trials: Trials, size: int | None = None) -> tuple[float, float]:
    """Share of studies without structure in which groups are given, and in which they are firm."""
    own_part, errors = CELLS[cell]
    count = firm = 0
    for i in range(trials.studies):
        rng = np.random.default_rng((trials.seed, i, own_part, errors))
        n = int(rng.integers(8, 41))
        drawn = draw(Design(n=size or n, k=1, own_part=own_part, errors=errors), parameters, rng)
        structure = ours(drawn, trials.permutations, trials.share, kind=trials.kind).structure
        count += structure.verdict == "groups"
        firm += structure.verdict == "groups" and structure.firm
    return count / trials.studies, firm / trials.studies


def found(parameters: Parameters, n: int, errors: bool, trials: Trials) -> list[float]:
    """Means over studies with structure: claimed, ours, grouping, by silhouette, HDBSCAN, and the two rivals where ours claims."""
    rows = []
    for i in range(trials.studies):
        rng = np.random.default_rng((trials.seed, i, n, errors))
        drawn = draw(Design(n=n, k=3 + i % 2, errors=errors, kind=trials.kind), parameters, rng)
        free = ours(drawn, trials.permutations, trials.share, always=True, kind=trials.kind)
        similarity = views_of(drawn.study, trials.kind).similarity()
        sure = ours(drawn, trials.permutations, trials.share, kind=trials.kind).structure.k > 1
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
    parser.add_argument("--story-effect", type=float)
    parser.add_argument("--kind", choices=("pathway", "job"), default="pathway")
    parser.add_argument("--only", choices=("null", "power", "themes", "check"))
    parser.add_argument("--sizes", nargs="*", type=int, default=())
    parser.add_argument("--cell", choices=tuple(CELLS))
    parser.add_argument("--shipped", action="store_true")
    given = parser.parse_args()
    parameters, trials = load(shipped=given.shipped), Trials(given.studies, given.seed, given.permutations, given.story_effect, given.kind)
    if given.only in (None, "null"):
        print_claimed(parameters, (given.cell,) if given.cell else tuple(CELLS), given.sizes, trials)
    if given.only in (None, "power"):
        print_found(parameters, given.sizes or SIZES, trials)
    if given.only == "themes":
        from benchmarks.simulator.themes import compare

        compare(parameters, given.sizes or SIZES, given.studies, given.seed)
    if given.only == "check":
        from benchmarks.simulator.likeness import check

        check(parameters, given.markets, given.studies, given.seed)


def print_claimed(parameters: Parameters, cells: Sequence[str], sizes: Sequence[int], trials: Trials) -> None:
    """A line for every cell and size."""
    print(f"{'without structure':20}{'n':>8}{'studies':>8}{'given':>9}{'firm':>9}")
    for cell in cells:
        for size in sizes or (None,):
            count, firm = claimed(parameters, cell, trials, size)
            print(f"{cell:20}{size or '8 to 40':>8}{trials.studies:8}{count:9.3f}{firm:9.3f}", flush=True)


def print_found(parameters: Parameters, sizes: Sequence[int], trials: Trials) -> None:
    """A line for every size, with true tags and with errors."""
    print(
        f"{'n':>3} {'tags':8}{'studies':>8}{'power':>7}{'ours':>7}{'grouping':>10}{'silhouette':>12}{'HDBSCAN':>9}{'gated: silhouette':>19}{'HDBSCAN':>9}"
    )
    for n in sizes:
        for errors in (False, True):
            a, b, c, d, e, f, g = found(parameters, n, errors, trials)
            print(
                f"{n:3} {'errors' if errors else 'true':8}{trials.studies:8}{a:7.2f}{b:7.2f}{c:10.2f}{d:12.2f}{e:9.2f}{f:19.2f}{g:9.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
