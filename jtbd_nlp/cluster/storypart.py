"""What every story has of its own: a tendency in all it says, which makes some stories alike by chance where no groups are."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: above this many stories few of the ways to halve the tags are enough
MANY_STORIES: Final = 60
FEW_HALVES: Final = 3
#: bounds of the effective number of directions; below, a study of few stories has not the pairs to tell
LEAST_DIRECTIONS: Final = 6.0


@dataclass(frozen=True)
class StoryPart:
    """A story's own part of its statements' vectors (of norm 1).

    Attributes:
        effect: its variance, in [0, 1].
        directions: over how many directions it spreads, as the participation ratio; fewer make stories alike by chance more often.
            Infinite where nothing says that it spreads less than statements do.
    """

    effect: float
    directions: float


def story_part(sums: NDArray[np.float64], counts: NDArray[np.float64]) -> StoryPart:
    """Moment estimates from statements under different tags, which share no theme.

    `effect`: mean inner product of two such statements of one story, less that of two of different stories. `directions`: the squared
    effect over the variance, from one pair of stories to another, of their mean inner product; statements are noise in it, so it is
    the covariance over two halves of the tags, averaged over the ways to halve them. Groups of stories, where there are any, count as own
    parts: the estimate errs towards more chance likeness, never towards claiming.

    Shape:
        sums: (n_blocks, n_stories, width), float64; sums of the vectors of each story's statements by block of tags.
        counts: (n_blocks, n_stories), float64; how many statements there are.
    """
    import numpy as np

    effect = _effect(sums, counts)
    n, blocks = sums.shape[1], range(1, sums.shape[0])
    if effect <= 0 or n < 3:
        return StoryPart(effect, float("inf"))
    halves = [(0, *rest) for rest in combinations(blocks, sums.shape[0] // 2 - 1)]
    if n > MANY_STORIES:
        halves = halves[:: len(halves) // FEW_HALVES + 1]
    found = [_covariance(sums, counts, half) for half in halves]
    scatter = float(np.mean(found))
    return StoryPart(effect, max(LEAST_DIRECTIONS, effect**2 / scatter) if scatter > 0 else float("inf"))


def spectrum(spread: NDArray[np.float64], directions: float) -> NDArray[np.float64]:
    """Shares of the variance that sum to 1: those of statements raised to the power that leaves so many effective directions."""
    import numpy as np

    def powered(power: float) -> NDArray[np.float64]:
        raised = np.maximum(spread, 0.0) ** power
        made: NDArray[np.float64] = raised / max(float(raised.sum()), 1e-300)
        return made

    low, high = 1.0, 12.0
    if 1.0 / float((powered(low) ** 2).sum()) <= directions:
        return powered(low)
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if 1.0 / float((powered(middle) ** 2).sum()) > directions else (low, middle)
    return powered(low)


def _effect(sums: NDArray[np.float64], counts: NDArray[np.float64]) -> float:
    inside = float((sums.sum(axis=0) ** 2).sum() - (sums**2).sum())
    inside_pairs = float((counts.sum(axis=0) ** 2).sum() - (counts**2).sum())
    blocks = sums.sum(axis=1)
    every = float((blocks.sum(axis=0) ** 2).sum() - (blocks**2).sum())
    every_pairs = float(counts.sum() ** 2 - (counts.sum(axis=1) ** 2).sum())
    if inside_pairs <= 0 or every_pairs <= inside_pairs:
        return 0.0
    return max(0.0, inside / inside_pairs - (every - inside) / (every_pairs - inside_pairs))


def _covariance(sums: NDArray[np.float64], counts: NDArray[np.float64], half: tuple[int, ...]) -> float:
    """Over pairs of stories: covariance of their mean inner products in one half of the tags and in the other."""
    import numpy as np

    upper = np.triu_indices(sums.shape[1], 1)
    other = tuple(b for b in range(sums.shape[0]) if b not in half)
    products, pairs = [], []
    for blocks in (list(half), list(other)):
        products.append(_across(sums[blocks])[upper])
        pairs.append(_across(counts[blocks][..., None])[upper])
    known = (pairs[0] > 0.5) & (pairs[1] > 0.5)
    if known.sum() < 2:
        return 0.0
    weights = np.sqrt(pairs[0][known] * pairs[1][known])
    weights /= weights.sum()
    means = [p[known] / c[known] for p, c in zip(products, pairs, strict=True)]
    one, two = (m - float(weights @ m) for m in means)
    return float(weights @ (one * two))


def _across(parts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Inner products of every two stories, summed over pairs of different blocks. Shape: (n_stories, n_stories)."""
    total = parts.sum(axis=0)
    made: NDArray[np.float64] = total @ total.T
    for block in parts:
        made = made - block @ block.T
    return made
