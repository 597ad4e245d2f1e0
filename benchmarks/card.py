"""The figures of a tagger's card, as Markdown tables.

usage: python -m benchmarks.card NAME=GOLD... [--tagger FOLDER] [--out models/tagger/FIGURES.md]

For example: python -m benchmarks.card real/dev=REAL/dev/docs:REAL/dev/ann clinics=models/corpora/clinics sleep=models/corpora/sleep
The first set is also read in rough form (lower case, no punctuation). Speakers' roles are as coded.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.reliability import bins
from jtbd_nlp.schema import TAGS
from jtbd_nlp.segment import load_segmenter
from jtbd_nlp.tag.encoder import EncoderTagger, load_encoder
from jtbd_nlp.training.dataset import rough
from jtbd_nlp.training.evaluation import Evaluation, evaluate_tagger
from jtbd_nlp.training.gold import Gold, read_gold, to_transcript
from jtbd_nlp.training.scoring import Scored, match, place, shared_words
from jtbd_nlp.weights import find

COMMONEST = 16


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", metavar="NAME=GOLD")
    parser.add_argument("--tagger", type=Path, default=None)
    parser.add_argument("--out", type=Path, default=None)
    args = parser.parse_args()
    sets = {name: read_gold([spec]) for name, _, spec in (given.partition("=") for given in args.gold)}
    text = "\n\n".join(tables(args.tagger or find("tagger"), sets)) + "\n"
    if args.out:
        args.out.write_text(text, encoding="utf-8")
    print(text)


def tables(folder: Path, sets: dict[str, list[Gold]]) -> Iterable[str]:
    """All tables of the card."""
    first = next(iter(sets))
    balanced, careful = (load_encoder(folder, point, 2) for point in ("balanced", "careful"))
    found = {name: evaluate_tagger(balanced, gold) for name, gold in sets.items()}
    yield overview(
        {
            **found,
            f"{first}, rough": evaluate_tagger(balanced, [rough(g) for g in sets[first]]),
            **{f"{name}, careful": evaluate_tagger(careful, gold) for name, gold in sets.items()},
        }
    )
    yield table(["source", "micro F1"], [[name, three(value.micro_f1)] for name, e in found.items() for name, value in e.sources.items()])
    yield by_tag(found, first)
    scored = [placed(balanced, g) for gold in sets.values() for g in gold]
    yield confusions(scored)
    yield reliability(scored)


def overview(found: dict[str, Evaluation]) -> str:
    """One row a set."""
    rows = []
    for name, e in found.items():
        s = e.scores
        micro = f"{three(s.micro_f1)} ({three(e.micro_f1.low)} to {three(e.micro_f1.high)})"
        macro = [three(s.forces_outcome_macro_f1), two(s.dimension_macro_f1), two(s.stage_macro_f1), two(s.phase_macro_f1)]
        rows.append([name, micro, two(s.micro_precision), two(s.micro_recall), *macro, f"{s.length_ratio or 0:.2f}"])
    head = ["set", "micro F1 (95 % interval)", "precision", "recall", "forces+outcome macro F1"]
    return table([*head, "dimension macro F1", "stage macro F1", "phase macro F1", "length ratio"], rows)


def by_tag(found: dict[str, Evaluation], first: str) -> str:
    """One row a tag: precision, recall, F1 and how many were coded, for each set; agreement over words for the first."""
    rows = []
    for tag in TAGS:
        cells = [
            f"{two(s.precision)} / {two(s.recall)} / {two(s.f1)} ({s.gold})"
            for s in (e.scores.tags[tag] for e in found.values() if e.scores.tags)
        ]
        agreement = found[first].agreement.get(tag)
        rows.append([tag, *cells, f"{two(agreement.kappa)}, {two(agreement.alpha)}" if agreement else ""])
    return table(["tag", *(f"{name}: P / R / F1 (coded)" for name in found), f"kappa, alpha over words ({first})"], rows)


def placed(tagger: EncoderTagger, gold: Gold) -> Scored:
    """The tagger's statements of an interview beside the coders'."""
    transcript = to_transcript(gold)
    return place(gold, tagger.tag(transcript, load_segmenter().segment(transcript)))


def confusions(scored: Sequence[Scored]) -> str:
    """Tags that were given where coders gave others, commonest first."""
    seen: Counter[tuple[str, str]] = Counter()
    for one in scored:
        for q in one.placed:
            coded = {tag for s in one.gold.spans if shared_words(s.first, s.last, q.first, q.last) for tag in s.tags}
            for tag in set(q.statement.tags) - coded:
                seen[tag, "nothing" if not coded else next(iter(coded)) if len(coded) == 1 else "several others"] += 1
    rows = sorted(seen.items(), key=lambda item: (-item[1], item[0]))[:COMMONEST]
    return table(["said", "coders said", "times"], [[said, coded, str(n)] for (said, coded), n in rows])


def reliability(scored: Sequence[Scored]) -> str:
    """Decided tags: mean probability and share that coders agree with, in bins of a fifth."""
    decided: list[tuple[float, bool]] = []
    for one in scored:
        for tag in TAGS:
            given = [q for q in one.placed if tag in q.statement.tags]
            hits = match([s for s in one.gold.spans if tag in s.tags], given).predictions
            decided += [(q.statement.tags[tag], j in hits) for j, q in enumerate(given)]
    rows = [[f"{b.low:.1f} to {b.high:.1f}", two(b.mean), two(b.right), str(b.count)] for b in bins(decided, 5)]
    return table(["probability given", "mean", "right", "decisions"], rows)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    from tabulate import tabulate

    return tabulate([list(row) for row in rows], headers=list(head), tablefmt="github", disable_numparse=True)


def two(value: float | None) -> str:
    """Two decimals, without the nought before the point."""
    return "" if value is None else f"{value:.2f}".replace("0.", ".", 1)


def three(value: float) -> str:
    """Three decimals, likewise."""
    return f"{value:.3f}".replace("0.", ".", 1)


if __name__ == "__main__":
    main()
