"""How true the tagger's probabilities are, a tag at a time: a plot, and the expected calibration error.

usage: python -m benchmarks.reliability GOLD... [--tagger FOLDER] [--out docs/figures/reliability.svg]

Every candidate statement of the interviews counts, whatever was decided: the mean probability given in each of ten equal bins against the
share that coders agree with (the scorer's rule of meeting). Gold should be interviews that neither weights nor calibration were fitted on.
"""

from __future__ import annotations

import argparse
import json
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from jtbd_nlp.schema import TAGS
from jtbd_nlp.tag.decode import decode
from jtbd_nlp.tag.encoder import load_encoder
from jtbd_nlp.training.calibrate import Held
from jtbd_nlp.training.gold import read_gold
from jtbd_nlp.training.project import score_held
from jtbd_nlp.training.scoring import match, place
from jtbd_nlp.weights import find

BINS = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--tagger", type=Path, default=None)
    parser.add_argument("--out", type=Path, default=Path("docs/figures/reliability.svg"))
    args = parser.parse_args()
    tagger = load_encoder(args.tagger or find("tagger"), "balanced", 2)
    everything = tagger.meta.model_copy(update={"operating_points": {"all": dict.fromkeys(TAGS, 0.0)}})
    given: dict[str, list[tuple[float, bool]]] = {tag: [] for tag in TAGS}
    for held in score_held(tagger, read_gold(args.gold)):
        collect(held, everything, given)
    errors = {tag: round(calibration_error(rows), 4) for tag, rows in given.items()}
    draw(given, errors, args.out)
    print(json.dumps({"candidates": len(given[TAGS[0]]), "expected_calibration_error": errors}, indent=1))


def collect(held: Held, meta: object, given: dict[str, list[tuple[float, bool]]]) -> None:
    """Add (probability, whether a coder gave the tag) of every candidate of an interview."""
    scored = place(held.gold, decode(held.transcript, held.segments, held.scores, meta, "all"))  # type: ignore[arg-type]
    for tag in TAGS:
        hits = match([s for s in scored.gold.spans if tag in s.tags], scored.placed).predictions
        given[tag] += [(float(q.statement.scores[tag]), j in hits) for j, q in enumerate(scored.placed)]


@dataclass(frozen=True)
class Bin:
    """Decisions whose probabilities lie in [low, high), 1 in the last: their mean, the share of them that are right, and how many there are."""

    low: float
    high: float
    mean: float
    right: float
    count: int


def bins(rows: Iterable[tuple[float, bool]], number: int = BINS) -> list[Bin]:
    """Equal bins over [0, 1] that hold something, in order. `rows`: a probability, and whether what it was given for is right."""
    edges = [n / number for n in range(1, number)]
    inside: dict[int, list[tuple[float, bool]]] = {}
    for p, hit in rows:
        inside.setdefault(bisect_right(edges, p), []).append((p, hit))
    return [
        Bin(n / number, (n + 1) / number, sum(p for p, _ in mine) / len(mine), sum(hit for _, hit in mine) / len(mine), len(mine))
        for n, mine in sorted(inside.items())
    ]


def calibration_error(rows: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error (Naeini et al. 2015): the bins' distance from truth, weighed by their sizes. In [0, 1]."""
    return sum(abs(b.mean - b.right) * b.count for b in bins(rows)) / max(1, len(rows))


def draw(given: dict[str, list[tuple[float, bool]]], errors: dict[str, float], out: Path) -> None:
    """One small diagram a tag; dots are as large as their bins are full."""
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    plt.rcParams["svg.hashsalt"] = "jtbd"
    figure, axes = plt.subplots(3, 4, figsize=(10, 7.5), sharex=True, sharey=True)
    for axis, tag in zip(axes.flat, TAGS, strict=False):
        points = bins(given[tag])
        axis.plot([0, 1], [0, 1], color="#bbbbbb", linewidth=1)
        x, y = [b.mean for b in points], [b.right for b in points]
        axis.plot(x, y, color="#23527c", linewidth=1)
        axis.scatter(x, y, s=[min(120, 6 + b.count**0.5) for b in points], color="#23527c")
        axis.set_title(f"{tag} (error {errors[tag]:.3f})", fontsize=9)
    axes.flat[-1].axis("off")
    figure.supxlabel("probability given")
    figure.supylabel("share that coders agree with")
    figure.tight_layout()
    out.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(out, metadata={"Date": None})


if __name__ == "__main__":
    main()
