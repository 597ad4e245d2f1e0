"""From the scores of segments, and of runs of neighbouring segments, to statements."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from jtbd_nlp.schema import DIMENSIONED, DIMENSIONS, PHASES, STAGES, TAGS, Segment, Statement, Tag, Transcript, statement_id
from jtbd_nlp.tag.meta import TaggerMeta

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_AT_DIMENSION = len(TAGS)
_AT_STAGE = _AT_DIMENSION + len(DIMENSIONS)
_AT_PHASE = _AT_STAGE + len(STAGES)
_AT_JOIN = _AT_PHASE + len(PHASES)
_AT_OWN = _AT_JOIN + 1


@dataclass(frozen=True, slots=True)
class Run:
    """Segments [first, last) of a transcript, in order and in one turn."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Scores:
    """Logits of every run that was scored: single segments, and the longer runs that a window held."""

    rows: Mapping[Run, Sequence[float]]

    def row(self, run: Run) -> Sequence[float]:
        """A run's logits; where no window held it whole, the mean of its segments'."""
        found = self.rows.get(run)
        if found is not None:
            return found
        singles = [self.rows[one] for i in range(run.first, run.last) if (one := Run(i, i + 1)) in self.rows]
        return [sum(column) / len(singles) for column in zip(*singles, strict=True)]


def runs(segments: Sequence[Segment], scores: Scores, meta: TaggerMeta) -> list[Run]:
    """Join neighbouring segments of a turn that say one thing; runs cover all scored segments and do not overlap."""
    lengths = [len(_WORD.findall(s.text)) for s in segments]
    out: list[Run] = []
    for i, segment in enumerate(segments):
        if Run(i, i + 1) not in scores.rows:
            continue
        joins = (
            out
            and out[-1].last == i
            and segments[i - 1].turn == segment.turn
            and _sigmoid(scores.rows[Run(i, i + 1)][_AT_JOIN]) >= meta.join_at
        )
        if joins and i + 1 - out[-1].first <= meta.max_run and sum(lengths[out[-1].first : i + 1]) <= meta.max_words:
            out[-1] = Run(out[-1].first, i + 1)
        else:
            out.append(Run(i, i + 1))
    return out


def decode(transcript: Transcript, segments: Sequence[Segment], scores: Scores, meta: TaggerMeta, point: str) -> tuple[Statement, ...]:
    """Statements of a transcript: runs with at least one tag, or label of one's own, decided at the operating point."""
    thresholds = meta.point(point)
    own = meta.own
    limits = own.operating_points[point] if own else {}
    tags = TAGS if own is None or own.codebook else ()
    out = []
    for run in runs(segments, scores, meta):
        row = scores.row(run)
        probability: dict[Tag, float] = {
            tag: round(meta.calibration[tag].probability(row[i]) if tag in meta.calibration else _sigmoid(row[i]), 4)
            for i, tag in enumerate(tags)
        }
        decided = {tag: p for tag, p in probability.items() if p >= thresholds[tag]}
        labels = {name: p for name, p in own.probabilities(row[_AT_OWN:]).items() if p >= limits[name]} if own else {}
        if not decided and not labels:
            continue
        first, last = segments[run.first], segments[run.last - 1]
        time = transcript.time_of(first.start, last.end)
        stage = list(row[_AT_STAGE:_AT_PHASE])
        stage[STAGES.index("none")] += meta.none_bias
        out.append(
            Statement(
                id=statement_id(transcript.id, first.start, last.end),
                transcript=transcript.id,
                turn=first.turn,
                speaker=transcript.turns[first.turn].speaker,
                start=first.start,
                end=last.end,
                text=transcript.text[first.start : last.end],
                tags=decided,
                labels=labels,
                scores=probability,
                undecided=tuple(tag for tag, p in probability.items() if meta.no_below.get(tag, 1.01) <= p < thresholds[tag]),
                dimension=DIMENSIONS[_best(row[_AT_DIMENSION:_AT_STAGE])] if any(tag in decided for tag in DIMENSIONED) else None,
                stage=STAGES[_best(stage)] if tags else None,
                phase=PHASES[_best(row[_AT_PHASE:_AT_JOIN])] if "step" in decided else None,
                time=(time.start_s, time.end_s) if time else None,
            )
        )
    return tuple(out)


def tag_with(
    score: Callable[[Transcript, Sequence[Segment]], Scores],
    transcript: Transcript,
    segments: Sequence[Segment],
    meta: TaggerMeta,
    point: str,
) -> tuple[Statement, ...]:
    """Statements of a transcript from what gives the logits of its segments, which may come in any order."""
    ordered = sorted(segments, key=lambda s: (s.start, s.end))
    return decode(transcript, ordered, score(transcript, ordered), meta, point)


def _best(values: Sequence[float]) -> int:
    return max(range(len(values)), key=lambda i: values[i])


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))
