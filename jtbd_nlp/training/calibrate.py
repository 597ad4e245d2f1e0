"""Calibration, operating points and the joining threshold, from interviews that the weights were not fitted on.

What is chosen here fits the interviews that it was chosen on; `jtbd_nlp.training.folds` says how it does on others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from jtbd_nlp.schema import STAGES, TAGS, Segment, Transcript
from jtbd_nlp.tag.decode import Scores, decode, runs
from jtbd_nlp.tag.meta import Calibration, OwnLabels, TaggerMeta
from jtbd_nlp.training.gold import Gold
from jtbd_nlp.training.model import WIDTH
from jtbd_nlp.training.scoring import Placed, Scored, TagScores, match, place, tag_scores

GRID = tuple(round(0.02 * i, 2) for i in range(4, 48))
#: at the careful point: a little above 0.80, so that 0.80 holds on interviews that were not counted
CAREFUL = 0.85
NO_SHARE = 0.05
#: thresholds where no held-out interview has what they are for, and the least that a balanced one may be
UNKNOWN = {"balanced": 0.5, "careful": 0.8}
LEAST = 0.1
_TAG_COLUMNS: Final[dict[str, int]] = {tag: i for i, tag in enumerate(TAGS)}


@dataclass(frozen=True)
class Held:
    """A held-out interview and the raw scores of its segments."""

    gold: Gold
    transcript: Transcript
    segments: tuple[Segment, ...]
    scores: Scores


def placed(held: Sequence[Held], meta: TaggerMeta, point: str) -> list[Scored]:
    """What these settings decide on held-out interviews, beside their codes."""
    return [place(h.gold, decode(h.transcript, h.segments, h.scores, meta, point)) for h in held]


def evaluate_held(held: Sequence[Held], meta: TaggerMeta, point: str) -> TagScores:
    """Figures of these settings on held-out interviews."""
    return tag_scores(placed(held, meta, point))


@dataclass(frozen=True)
class Thresholds:
    """One threshold an operating point, for all tags and for all of the user's own labels."""

    tags: Mapping[str, float]
    own: Mapping[str, float]


def calibrate(held: Sequence[Held], meta: TaggerMeta, thresholds: Thresholds | None = None) -> TaggerMeta:
    """Fit calibration and thresholds on held-out interviews.

    Joining is chosen first (by micro F1 at one common threshold), then Platt's slope and intercept a tag (Platt 1999), then one
    threshold on the calibrated probability for all tags: half of the best micro F1 for `balanced` (Lipton et al. 2014; the maximum itself
    is flat and moves about), and the lowest from which precision holds for `careful`. A threshold a tag was worse on interviews that it was not chosen on: there are too few of a rare tag.
    The user's own labels, where the tagger has any, are done in the same way by themselves.

    Args:
        held: The interviews.
        meta: The tagger's settings before.
        thresholds: Thresholds that were chosen otherwise; None: they are chosen here.
    """
    own, meta = meta.own, meta.model_copy(update={"own": None})
    tagged = [h for h in held if h.gold.tagged]
    if own is None or own.codebook:
        meta = _joining(tagged, meta)
        fit = _fit(_pools(tagged, meta), _TAG_COLUMNS)
        points = thresholds.tags if thresholds else fit.points()
        meta = meta.model_copy(
            update={
                "calibration": fit.calibration,
                "operating_points": {point: dict.fromkeys(TAGS, t) for point, t in points.items()},
                "no_below": {tag: _no_below(fit.counts[tag], points["balanced"]) for tag in TAGS},
            }
        )
    else:
        meta = meta.model_copy(update={"operating_points": {point: dict.fromkeys(TAGS, 1.01) for point in UNKNOWN}})
    return meta if own is None else meta.model_copy(update={"own": _own(held, meta, own, thresholds)})


def _own(held: Sequence[Held], meta: TaggerMeta, own: OwnLabels, thresholds: Thresholds | None) -> OwnLabels:
    """Calibration and thresholds of the user's own labels, from the interviews whose coders used them."""
    fit = _fit(_pools(held, meta), _own_columns(own))
    points = thresholds.own if thresholds else fit.points()
    return own.model_copy(
        update={"calibration": fit.calibration, "operating_points": {point: dict.fromkeys(own.names, t) for point, t in points.items()}}
    )


@dataclass(frozen=True)
class Counts:
    """Counts at each threshold of GRID: of all tags together, and of all of the user's own labels; empty where there are none."""

    tags: tuple[Count, ...]
    own: tuple[Count, ...]


def count(held: Sequence[Held], meta: TaggerMeta) -> Counts:
    """What settings give on interviews, those that they were chosen on or others, at each threshold that might have been chosen."""
    own, bare = meta.own, meta.model_copy(update={"own": None})
    tagged = [h for h in held if h.gold.tagged]
    tags = _tallies(_pools(tagged, bare), _TAG_COLUMNS, meta.calibration) if own is None or own.codebook else {}
    labels = _tallies(_pools(held, bare), _own_columns(own), own.calibration) if own else {}
    return Counts(_pooled(tags), _pooled(labels))


def balanced_threshold(counts: Sequence[Count]) -> float | None:
    """Half of the best F1; None where nothing is coded."""
    return max(LEAST, round(max(c.f1 for c in counts) / 2, 2)) if any(c.coded for c in counts) else None


def careful_threshold(counts: Sequence[Count], balanced: float) -> float:
    """The lowest threshold above the balanced one at which precision holds."""
    return next((t for t, c in zip(GRID, counts, strict=True) if t > balanced and c.precision >= CAREFUL), GRID[-1])


@dataclass(frozen=True)
class _Pool:
    """All statements that an interview's segments make, whatever they say, and their logits in the same order."""

    scored: Scored
    logits: list[Sequence[float]]

    def knows(self, name: str) -> bool:
        return self.scored.gold.tagged if name in TAGS else name in self.scored.gold.labels


def _pools(held: Sequence[Held], meta: TaggerMeta) -> list[_Pool]:
    everything = meta.model_copy(update={"operating_points": {"all": dict.fromkeys(TAGS, 0.0)}, "calibration": {}})
    return [
        _Pool(
            place(h.gold, decode(h.transcript, h.segments, h.scores, everything, "all")),
            [h.scores.row(run) for run in runs(h.segments, h.scores, everything)],
        )
        for h in held
    ]


@dataclass(frozen=True)
class _Fit:
    """Calibration of each name, and its counts at each threshold of GRID."""

    calibration: Mapping[str, Calibration]
    counts: Mapping[str, tuple[Count, ...]]

    def points(self) -> Mapping[str, float]:
        pooled = _pooled(self.counts)
        balanced = balanced_threshold(pooled)
        return UNKNOWN if balanced is None else {"balanced": balanced, "careful": careful_threshold(pooled, balanced)}


def _own_columns(own: OwnLabels) -> dict[str, int]:
    return {name: WIDTH + i for i, name in enumerate(own.names)}


def _fit(pools: Sequence[_Pool], columns: Mapping[str, int]) -> _Fit:
    calibration = {name: _platt([pool for pool in pools if pool.knows(name)], name, column) for name, column in columns.items()}
    return _Fit(calibration, _tallies(pools, columns, calibration))


def _tallies(pools: Sequence[_Pool], columns: Mapping[str, int], calibration: Mapping[Any, Calibration]) -> dict[str, tuple[Count, ...]]:
    out = {}
    for name, column in columns.items():
        known, mine = [pool for pool in pools if pool.knows(name)], calibration.get(name, Calibration())
        probability = [[mine.probability(row[column]) for row in pool.logits] for pool in known]
        out[name] = tuple(_counts(known, probability, name, t) for t in GRID)
    return out


def _pooled(counts: Mapping[str, tuple[Count, ...]]) -> tuple[Count, ...]:
    return tuple(total([rows[i] for rows in counts.values()]) for i in range(len(GRID))) if counts else ()


@dataclass(frozen=True, slots=True)
class Count:
    """Hits among predictions and among coded spans, and how many of each there are."""

    hits: int
    predicted: int
    found: int
    coded: int

    @property
    def precision(self) -> float:
        """Share of predictions that are right."""
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def f1(self) -> float:
        """F1 of the scorer."""
        recall = self.found / self.coded if self.coded else 0.0
        return 2 * self.precision * recall / (self.precision + recall) if self.precision + recall else 0.0


def _joining(held: Sequence[Held], meta: TaggerMeta) -> TaggerMeta:
    best, best_f1 = meta, -1.0
    for join_at in (0.35, 0.45, 0.55, 0.65, 0.75, 1.01):
        for threshold in (0.3, 0.4, 0.5):
            tried = meta.model_copy(
                update={"join_at": join_at, "calibration": {}, "operating_points": {"one": dict.fromkeys(TAGS, threshold)}}
            )
            f1 = evaluate_held(held, tried, "one").micro_f1
            if f1 > best_f1:
                best, best_f1 = tried, f1
    return best


def _platt(pools: Sequence[_Pool], name: str, column: int) -> Calibration:
    from sklearn.linear_model import LogisticRegression

    x, y = [], []
    for pool in pools:
        hit = match([s for s in pool.scored.gold.spans if s.carries(name)], pool.scored.placed).predictions
        x += [[pool.logits[j][column]] for j in range(len(pool.scored.placed))]
        y += [int(j in hit) for j in range(len(pool.scored.placed))]
    if not 5 <= sum(y) < len(y):
        return Calibration()
    model = LogisticRegression(C=10.0).fit(x, y)
    return Calibration(slope=round(max(0.2, float(model.coef_[0][0])), 4), intercept=round(float(model.intercept_[0]), 4))


def _counts(pools: Sequence[_Pool], probability: Sequence[Sequence[float]], name: str, threshold: float) -> Count:
    hits = predicted = found = coded = 0
    for pool, ps in zip(pools, probability, strict=True):
        spans = [s for s in pool.scored.gold.spans if s.carries(name)]
        picked: list[Placed] = [q for q, p in zip(pool.scored.placed, ps, strict=True) if p >= threshold]
        m = match(spans, picked)
        hits, predicted = hits + len(m.predictions), predicted + len(picked)
        found, coded = found + len(m.spans), coded + len(spans)
    return Count(hits, predicted, found, coded)


def total(counts: Sequence[Count]) -> Count:
    """Counts taken together."""
    return Count(*(sum(getattr(c, name) for c in counts) for name in ("hits", "predicted", "found", "coded")))


def _no_below(counts: Sequence[Count], balanced: float) -> float:
    """The highest probability under which at most NO_SHARE of the coded spans found at the lowest threshold lie."""
    top = counts[0].found
    safe = [t for t, c in zip(GRID, counts, strict=True) if c.found >= (1 - NO_SHARE) * top]
    return min(max(safe, default=GRID[0]), balanced)


def tune_none(held: Sequence[Held], meta: TaggerMeta) -> TaggerMeta:
    """Choose the bias of stage `none` by the mean of the macro F1 over stages with and without coded `none`."""
    best, best_value = meta, -1.0
    for bias in (0.0, -0.5, -1.0, -1.5, -2.0):
        tried = meta.model_copy(update={"none_bias": bias})
        value = _stage_value(held, tried)
        if value > best_value:
            best, best_value = tried, value
    return best


def _stage_value(held: Sequence[Held], meta: TaggerMeta) -> float:
    pairs: list[tuple[str, str | None]] = []
    for h in held:
        scored = place(h.gold, decode(h.transcript, h.segments, h.scores, meta, "balanced"))
        for tag in TAGS:
            spans = [s for s in h.gold.spans if tag in s.tags]
            picked = [q for q in scored.placed if tag in q.statement.tags]
            pairs += [(spans[i].stage or "none", picked[j].statement.stage) for i, j in match(spans, picked).best.items()]

    def macro(chosen: Sequence[tuple[str, str | None]]) -> float:
        scores = []
        for label in STAGES:
            total = sum(a == label for a, _ in chosen) + sum(b == label for _, b in chosen)
            if any(a == label for a, _ in chosen):
                scores.append(2 * sum(a == b == label for a, b in chosen) / total)
        return sum(scores) / max(1, len(scores))

    return (macro(pairs) + macro([p for p in pairs if p[0] != "none"])) / 2
