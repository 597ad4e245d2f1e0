"""Settings of a tagger from held-out interviews by cross-validation: what is reported of an interview was never chosen on it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from jtbd_nlp.schema import TAGS
from jtbd_nlp.tag.meta import TaggerMeta
from jtbd_nlp.training.calibrate import UNKNOWN, Count, Held, Thresholds, calibrate, careful_threshold, count, placed, total, tune_none
from jtbd_nlp.training.scoring import Scored

FOLDS = 5


@dataclass(frozen=True)
class Fold:
    """Interviews that settings are chosen on, and those that they are tried on."""

    chosen_on: tuple[Held, ...]
    tried_on: tuple[Held, ...]


@dataclass(frozen=True)
class Settled:
    """A tagger's settings, and what to report of them.

    Attributes:
        meta: the settings, for all that comes.
        placed: for each operating point the held-out interviews, each decided on with settings from folds that it is not in; empty where
            there are too few interviews for folds.
    """

    meta: TaggerMeta
    placed: Mapping[str, Sequence[Scored]]


def folds(held: Sequence[Held], number: int = FOLDS) -> list[Fold]:
    """Deal interviews to folds, by name, in whatever order they come; each source is spread as evenly as it goes.

    Args:
        held: The interviews. What has one name (an interview in two forms, say) stays together.
        number: How many folds; fewer where there are fewer interviews.

    Returns:
        The folds; none where there are fewer than two interviews.
    """
    sources: dict[str, str] = {}
    for one in held:
        sources[one.gold.name] = min(one.gold.source, sources.get(one.gold.name, one.gold.source))
    order = sorted(sources, key=lambda name: (sources[name], hashlib.sha256(name.encode("utf-8")).hexdigest()))
    number = min(number, len(order))
    if number < 2:
        return []
    fold = {name: n % number for n, name in enumerate(order)}
    ordered = sorted(held, key=_place)
    return [
        Fold(tuple(h for h in ordered if fold[h.gold.name] != n), tuple(h for h in ordered if fold[h.gold.name] == n))
        for n in range(number)
    ]


def _place(held: Held) -> tuple[str, str]:
    return held.gold.name, held.gold.source


def settle(held: Sequence[Held], blank: TaggerMeta) -> Settled:
    """Choose joining, calibration and thresholds, and say how the choice does on interviews that it was not made on.

    Joining, calibration and the bias of stage `none` are those of all interviews together. The balanced threshold is the median of the
    folds' choices; the careful one is the lowest at which precision holds over all interviews, each counted with the calibration of the
    folds that it is not in. With fewer than two interviews all is chosen on what there is, and nothing is reported.
    """
    held = sorted(held, key=_place)
    tried = [(fold, tune_none(fold.chosen_on, calibrate(fold.chosen_on, blank))) for fold in folds(held)]
    meta = tune_none(held, calibrate(held, blank, _supported(tried) if tried else None))
    points = meta.operating_points if tried else {}
    return Settled(meta, {point: [s for fold, chosen in tried for s in placed(fold.tried_on, chosen, point)] for point in points})


def _supported(tried: Sequence[tuple[Fold, TaggerMeta]]) -> Thresholds:
    """The thresholds that the folds support together."""
    counts = [count(fold.tried_on, chosen) for fold, chosen in tried]
    tags = [chosen.operating_points["balanced"][TAGS[0]] for _, chosen in tried]
    own = [chosen.own.operating_points["balanced"][chosen.own.names[0]] for _, chosen in tried if chosen.own]
    return Thresholds(_points(tags, [c.tags for c in counts]), _points(own, [c.own for c in counts]))


def _points(balanced: Sequence[float], counts: Sequence[Sequence[Count]]) -> dict[str, float]:
    together = [total(at_one) for at_one in zip(*counts, strict=True)]
    if not any(c.coded for c in together):
        return dict(UNKNOWN)
    middle = round(median(balanced), 2)
    return {"balanced": middle, "careful": careful_threshold(together, middle)}
