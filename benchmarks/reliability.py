"""How true the tagger's probabilities are, a tag at a time: a plot, and the expected calibration error.

usage: python -m benchmarks.reliability GOLD... [--tagger FOLDER] [--out docs/figures/reliability.svg]

Every candidate statement of the interviews counts, whatever was decided: the mean probability given in each of ten equal bins against the
share that coders agree with (the scorer's rule of meeting). Gold should be interviews that neither weights nor calibration were fitted on.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
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


def bins(rows: Sequence[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """Mean probability, share right and count of each bin that holds something."""
    out = []
    for n in range(BINS):
        inside = [(p, hit) for p, hit in rows if n / BINS <= p < (n + 1) / BINS or (n == BINS - 1 and p == 1)]
        if inside:
            out.append((sum(p for p, _ in inside) / len(inside), sum(hit for _, hit in inside) / len(inside), len(inside)))
    return out


def calibration_error(rows: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error (Naeini et al. 2015): the bins' distance from truth, weighed by their sizes. In [0, 1]."""
    return sum(abs(p - share) * n for p, share, n in bins(rows)) / max(1, len(rows))


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
        axis.plot([p for p, _, _ in points], [s for _, s, _ in points], color="#23527c", linewidth=1)
        axis.scatter([p for p, _, _ in points], [s for _, s, _ in points], s=[min(120, 6 + n**0.5) for _, _, n in points], color="#23527c")
        axis.set_title(f"{tag} (error {errors[tag]:.3f})", fontsize=9)
    axes.flat[-1].axis("off")
    figure.supxlabel("probability given")
    figure.supylabel("share that coders agree with")
    figure.tight_layout()
    out.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(out, metadata={"Date": None})


if __name__ == "__main__":
    main()
