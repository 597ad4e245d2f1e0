"""How well segments fit what people coded: `python -m benchmarks.segments GOLD...` (a market's folder, or DOCS:ANNOTATIONS).

For each set, in its own punctuation and in lower case without any:

start, end   share of coded spans whose first (last) word is within one word of the first (last) word of a segment
iou80, iou50 share for which some run of neighbouring segments has a word intersection over union of at least .8 (.5)
one50        the same for a single segment, .5
run          mean number of segments in the best run, of spans with iou50
median, max  words of a segment
agree        F1 of the cuts in the text without punctuation, against those in the text with it
"""

from __future__ import annotations

import argparse
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, median

from jtbd_nlp.segment import Segmenter, load_segmenter
from jtbd_nlp.training.dataset import rough
from jtbd_nlp.training.gold import Gold, read_gold, to_transcript, words


@dataclass(frozen=True)
class Cut:
    """One interview: its gold, and its segments as ranges of words."""

    gold: Gold
    segments: tuple[range, ...]


@dataclass(frozen=True)
class Best:
    """The run of neighbouring segments that overlaps a span best."""

    iou: float
    run: int


def cut(gold: Gold, plain: Gold, segmenter: Segmenter) -> Cut:
    """Segment an interview; `plain` tells who is the participant."""
    roles = [turn.role for turn in to_transcript(plain).turns]
    transcript = to_transcript(gold)
    turns = tuple(turn.model_copy(update={"role": role}) for turn, role in zip(transcript.turns, roles, strict=True))
    found = segmenter.segment(transcript.model_copy(update={"turns": turns}))
    starts = [w.start for w in words(gold.text)]
    ranges = (range(bisect_left(starts, s.start), bisect_left(starts, s.end)) for s in found)
    return Cut(gold, tuple(r for r in ranges if r))


def best_run(first: int, last: int, segments: Sequence[range]) -> Best:
    """The run with the highest intersection over union with words [first, last), the shortest of equals."""
    near = [i for i, s in enumerate(segments) if s.start < last and first < s.stop]
    found = [
        (
            max(0, min(last, segments[j].stop) - max(first, segments[i].start))
            / (max(last, segments[j].stop) - min(first, segments[i].start)),
            i - j - 1,
        )
        for i in near
        for j in near
        if i <= j
    ]
    return Best(max(found)[0], -max(found)[1]) if found else Best(0.0, 0)


def figures(cuts: Sequence[Cut]) -> dict[str, float]:
    """The figures of a set of interviews."""
    spans = [(c, s) for c in cuts for s in c.gold.spans]
    best = [best_run(s.first, s.last, c.segments) for c, s in spans]
    lengths = [len(s) for c in cuts for s in c.segments]
    single = [max((_iou(s.first, s.last, r) for r in c.segments if r.start < s.last and s.first < r.stop), default=0.0) for c, s in spans]
    return {
        "spans": len(spans),
        "segments": len(lengths),
        "start": mean(any(abs(r.start - s.first) <= 1 for r in c.segments) for c, s in spans),
        "end": mean(any(abs(r.stop - s.last) <= 1 for r in c.segments) for c, s in spans),
        "iou80": mean(b.iou >= 0.8 for b in best),
        "iou50": mean(b.iou >= 0.5 for b in best),
        "one50": mean(x >= 0.5 for x in single),
        "run": mean(b.run for b in best if b.iou >= 0.5),
        "median": median(lengths),
        "max": max(lengths),
    }


def _iou(first: int, last: int, r: range) -> float:
    return max(0, min(last, r.stop) - max(first, r.start)) / (max(last, r.stop) - min(first, r.start))


def agreement(one: Sequence[Cut], other: Sequence[Cut]) -> float:
    """F1 of the first words of segments, over interviews in which both texts have the same number of words."""
    same = missed = 0
    for a, b in zip(one, other, strict=True):
        if len(words(a.gold.text)) == len(words(b.gold.text)):
            mine, theirs = {s.start for s in a.segments}, {s.start for s in b.segments}
            same += len(mine & theirs)
            missed += len(mine ^ theirs)
    return 2 * same / (2 * same + missed) if same else 0.0


def main() -> None:
    """Print the figures of each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--every", type=int, default=1, help="only every so many-th interview")
    args = parser.parse_args()
    segmenter = load_segmenter()
    for spec in args.gold:
        golds = read_gold([spec])[:: args.every]
        plain = [cut(gold, gold, segmenter) for gold in golds]
        bare = [cut(rough(gold), gold, segmenter) for gold in golds]
        for name, cuts in (("written", plain), ("bare", bare)):
            print(
                spec.rpartition("/")[2],
                name,
                " ".join(f"{k} {v:.3f}" if isinstance(v, float) else f"{k} {v}" for k, v in figures(cuts).items()),
            )
        print(spec.rpartition("/")[2], f"agree {agreement(bare, plain):.3f}")


if __name__ == "__main__":
    main()
