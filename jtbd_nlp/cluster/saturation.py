"""Enough interviews? Themes heard so far, and an estimate of those that are still unheard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import TYPE_CHECKING, Final

from jtbd_nlp.cluster.thin import thin_places
from jtbd_nlp.schema.arrays import Clustering
from jtbd_nlp.schema.job import Pathway
from jtbd_nlp.schema.labels import Tag
from jtbd_nlp.schema.statement import Statement
from jtbd_nlp.schema.story import Saturation, SaturationPoint, Story

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: below this many interviews nothing is estimated
FEWEST: Final = 3


@dataclass(frozen=True)
class Heard:
    """What was said under one tag: a theme, or, where `alone`, a statement that is in none. `stories`: the interviews that say it."""

    tag: Tag
    stories: frozenset[str]
    alone: bool = False


def heard_in(statements: Sequence[Statement], clusterings: Sequence[Clustering]) -> tuple[Heard, ...]:
    """Themes, and under each tag the statements that are in none: each counts as a theme heard once (equal texts count once).

    Leaving the latter out would leave out nearly all that was said in one interview alone, since a theme takes two statements; and it is from
    these that the estimate says how much is still unheard.
    """
    of = {s.id: s for s in statements}
    found: list[Heard] = []
    for clustering in clusterings:
        said: dict[tuple[int, str], set[str]] = defaultdict(set)
        for name, label in zip(clustering.ids, clustering.labels, strict=True):
            said[label, of[name].text if label < 0 else ""].add(of[name].transcript)
        found += [Heard(clustering.tag, frozenset(said[key]), alone=key[0] < 0) for key in sorted(said)]
    return tuple(found)


def saturation(
    stories: Sequence[str],
    statements: Sequence[Statement],
    clusterings: Sequence[Clustering],
    told: Sequence[Story] = (),
    pathways: Sequence[Pathway] = (),
) -> Saturation:
    """Curve of distinct themes over interviews, and the bias-corrected Chao1 estimate of unheard ones in its form for incidences (Chao2).

    A theme counts once a story; what is in no theme counts as one of its own (`heard_in`). The curve is exact: the mean over all orders of the
    interviews (Mao Tau, Colwell et al. 2004). The 95 % interval is the log-normal one of Chao 1987. The estimate is a lower bound.

    Args:
        stories: ids of all transcripts of the study.
        statements: what they say.
        clusterings: one a tag.
        told: the stories, for who takes the steps; pathways: those that were found. Both only say where the study is thin.
    """
    import numpy as np

    heard = heard_in(statements, clusterings)
    n = len(set(stories))
    said = np.array([len(h.stories) for h in heard], dtype=np.int64)
    once, twice, alone = int((said == 1).sum()), int((said == 2).sum()), sum(h.alone for h in heard)
    curve = tuple(SaturationPoint(interviews=m, themes=themes) for m, themes in enumerate(_curve(n, said), start=1))
    unheard, low, high = chao(n, once, twice) if n >= FEWEST else (0.0, 0.0, 0.0)
    parts = (_estimate(n, len(heard), alone, once, unheard, high), thin_places(n, statements, heard, told, pathways))
    return Saturation(
        curve=curve,
        heard=len(heard),
        alone=alone,
        unheard=unheard,
        unheard_low=low,
        unheard_high=high,
        advice=" ".join(filter(None, parts)),
    )


def _curve(n: int, said: NDArray[np.int64]) -> list[float]:
    """Mean number of themes in 1 to n interviews; `said`: how many of the n say each theme."""
    import numpy as np

    values, copies = np.unique(said, return_counts=True)
    none, points = np.ones(len(values)), []  # chance that none of the interviews so far is among those that say a theme
    for i in range(n):
        none *= np.maximum(0, n - values - i) / (n - i)
        points.append(round(float(copies @ (1 - none)), 4))
    return points


def chao(n: int, once: int, twice: int) -> tuple[float, float, float]:
    """Chao2 after n interviews: themes still unheard, and its 95 % interval; `once`, `twice`: themes heard in one and in two interviews."""
    if n < 2 or once == 0:
        return 0.0, 0.0, 0.0
    shrink = (n - 1) / n
    unheard = shrink * once * (once - 1) / (2 * (twice + 1))
    variance = (
        shrink * once * (once - 1) / (2 * (twice + 1))
        + shrink**2 * once * (2 * once - 1) ** 2 / (4 * (twice + 1) ** 2)
        + shrink**2 * once**2 * twice * (once - 1) ** 2 / (4 * (twice + 1) ** 4)
    )
    if unheard <= 0:
        return 0.0, 0.0, round(1.96 * sqrt(variance), 4)
    spread = exp(1.96 * sqrt(log(1 + variance / unheard**2)))
    return round(unheard, 4), round(unheard / spread, 4), round(unheard * spread, 4)


def brought_by(more: int, n: int, once: int, unheard: float) -> float:
    """New themes that `more` interviews like the n held would bring (Colwell et al. 2012): at most `unheard`, so a lower bound as well."""
    if unheard <= 0 or once == 0 or n == 0:
        return 0.0
    return unheard * (1 - (1 - once / (n * unheard + once)) ** more)


def _estimate(n: int, heard: int, alone: int, once: int, unheard: float, high: float) -> str:
    """What can be said of the unheard, in words."""
    if heard == 0:
        return f"No theme was found in {n} interviews, so nothing can be said about what is still unheard."
    if n < FEWEST:
        return f"With {n} interview{'s' if n != 1 else ''} nothing can be said about what is still unheard. Hold at least {FEWEST}."
    counted = f"{once} of {heard} themes were heard in one interview alone ({alone} of them in one statement that is in no theme)."
    if unheard < 1 and high < max(2.0, 0.1 * heard):
        return f"New interviews are unlikely to bring new themes. {counted}"
    following = brought_by(1, n, once, unheard)
    if unheard < 1:
        return f"Up to {high:.0f} themes may still be unheard. {counted}"
    brings = f"; the next interview is likely to bring about {following:.0f}" if following >= 1 else ""
    return f"At least about {unheard:.0f} themes are still unheard (up to {high:.0f}){brings}. {counted}"
