"""Whether "enough interviews?" can be believed: `python -m benchmarks.saturation [MARKET...] [--draws 20] [--seed 0] [--found]`.

Of each coded market half of the interviews are drawn, `--draws` times. From what they say under the forces and outcomes it is estimated how
many new themes the other half brings, and that is compared with what it brings. Two ways to count are compared: `themes` only those that two
statements say, and `all` that was said, each statement of no theme as a theme heard once, as the library counts. With `--found` the themes are
not the planted ones but those that the library finds among all statements of the market (some minutes a market).
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.recombined import CORPORA
from jtbd_nlp.cluster.saturation import brought_by, chao
from jtbd_nlp.schema import DIMENSIONED
from jtbd_nlp.training.gold import read_market

#: per interview, what each of its statements says: a theme, or something of its own
Said = Mapping[str, Sequence[str]]


def planted(market: Path) -> Said:
    """What people coded: the planted theme of each statement of a force or an outcome, or, where it has none, itself."""
    said: dict[str, list[str]] = defaultdict(list)
    for gold in read_market(market):
        for place, span in enumerate(gold.spans):
            said[gold.name] += [f"{tag} {span.theme or f'{gold.name} {place}'}" for tag in DIMENSIONED if tag in span.tags]
    return said


def found(market: Path) -> Said:
    """What the library finds among all of a market's coded statements."""
    from benchmarks.themes import read_study
    from jtbd_nlp.cluster import cluster_statements
    from jtbd_nlp.config import ClusterConfig

    study = read_study(market)
    where = {s.id: s.transcript for s in study.statements}
    said: dict[str, list[str]] = defaultdict(list)
    for clustering in cluster_statements(study.statements, study.embeddings, ClusterConfig(tags=DIMENSIONED, n_resamples=2)):
        for name, label in zip(clustering.ids, clustering.labels, strict=True):
            said[where[name]].append(f"{clustering.tag} {label if label >= 0 else name}")
    return said


def halves(said: Said, whole: bool, rng: random.Random) -> tuple[float, float, int]:
    """New themes that the other half brings: estimated from a half drawn at random, the upper end of the estimate, and as it is."""
    names = sorted(said)
    half = rng.sample(names, len(names) // 2)
    rest = [name for name in names if name not in half]
    least = 1 if whole else 2
    everywhere, here = Counter(k for name in names for k in said[name]), Counter(k for name in half for k in said[name])
    stories = Counter(k for name in half for k in set(said[name]) if here[k] >= least)
    once, twice = (sum(k == times for k in stories.values()) for times in (1, 2))
    unheard, _, high = chao(len(half), once, twice)
    brought = sum(everywhere[k] >= least > here[k] for k in everywhere)
    return brought_by(len(rest), len(half), once, unheard), brought_by(len(rest), len(half), once, high), brought


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("markets", nargs="*", type=Path)
    options.add_argument("--draws", type=int, default=20)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--found", action="store_true")
    given = options.parse_args()
    folders = given.markets or sorted(p.parent for p in CORPORA.glob("*/market.json"))
    studies = {p.name: found(p) if given.found else planted(p) for p in folders if given.found or _is_planted(p)}
    print(
        "| counted | draws | estimated | brought | mean error | brought more than estimated | more than the upper end |\n|---|---|---|---|---|---|---|"
    )
    for way, whole in (("themes", False), ("all", True)):
        rng = random.Random(given.seed)
        rows = [halves(said, whole, rng) for said in studies.values() for _ in range(given.draws)]
        n = len(rows)
        estimated, brought = sum(r[0] for r in rows) / n, sum(r[2] for r in rows) / n
        error = sum(abs(r[0] - r[2]) for r in rows) / n
        above, beyond = sum(r[2] > r[0] for r in rows) / n, sum(r[2] > r[1] for r in rows) / n
        print(f"| {way} | {n} | {estimated:.1f} | {brought:.1f} | {error:.1f} | {above:.2f} | {beyond:.2f} |")


def _is_planted(market: Path) -> bool:
    return any(span.theme for gold in read_market(market) for span in gold.spans)


if __name__ == "__main__":
    main()
