"""Enough interviews? Themes heard so far, and an estimate of those that are still unheard."""

from __future__ import annotations

from math import exp, log, sqrt
from typing import TYPE_CHECKING

from jtbd_nlp.schema.arrays import StoryMatrix
from jtbd_nlp.schema.story import Saturation, SaturationPoint

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def saturation(matrix: StoryMatrix) -> Saturation:
    """Curve of distinct themes over interviews, and the bias-corrected Chao1 estimate of unheard ones in its form for incidences (Chao2).

    The curve is exact: the mean over all orders of the interviews (Mao Tau, Colwell et al. 2004). The 95 % interval is the log-normal
    one of Chao 1987. A theme counts once a story.
    """
    present = matrix.counts > 0
    n, said = present.shape[0], present.sum(axis=0)
    said = said[said > 0]
    heard, once, twice = len(said), int((said == 1).sum()), int((said == 2).sum())
    curve = tuple(SaturationPoint(interviews=m, themes=heard_by) for m, heard_by in enumerate(_curve(n, said), start=1))
    unheard, low, high = _chao(n, once, twice)
    return Saturation(
        curve=curve, heard=heard, unheard=unheard, unheard_low=low, unheard_high=high, advice=_advice(n, heard, once, unheard, high)
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


def _chao(n: int, once: int, twice: int) -> tuple[float, float, float]:
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


def _advice(n: int, heard: int, once: int, unheard: float, high: float) -> str:
    if heard == 0:
        return f"No theme was found in {n} interviews, so nothing can be said about what is still unheard."
    if n < 3:
        return f"With {n} interview{'s' if n != 1 else ''} nothing can be said about what is still unheard. Hold at least three."
    share = once / heard
    tail = f"{once} of {heard} themes were said in one interview alone."
    if unheard < 1 and high < max(2.0, 0.1 * heard):
        return f"New interviews are unlikely to bring new themes. {tail}"
    about = (
        f"About {unheard:.0f} themes may still be unheard (up to {high:.0f})."
        if unheard >= 1
        else f"Up to {high:.0f} themes may still be unheard."
    )
    kind = (
        "Look for stories unlike those heard: other situations, other alternatives fired."
        if share > 0.5
        else "A few more stories like these would fill the gaps."
    )
    return f"{about} {tail} {kind}"
