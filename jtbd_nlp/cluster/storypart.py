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
HALVES: Final = 35
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
    effect = _effect(sums, counts)
    n = sums.shape[1]
    if effect <= 0 or n < 3:
        return StoryPart(effect, float("inf"))
    scatter = shared_likeness(sums, counts, HALVES if n <= MANY_STORIES else FEW_HALVES)
    return StoryPart(effect, max(LEAST_DIRECTIONS, effect**2 / scatter) if scatter > 0 else float("inf"))


def shared_likeness(sums: NDArray[np.float64], counts: NDArray[np.float64], most: int = FEW_HALVES) -> float:
    """How far stories that are alike in one half of the tags are alike in the other: covariance, over pairs of stories, of their mean inner
    product in the two halves, averaged over at most so many ways to halve the tags. About 0 where what a story says under a tag has
    nothing to do with what it says under another.

    Shape:
        sums: (n_blocks, n_stories, width), float64; counts: (n_blocks, n_stories), float64.
    """
    import numpy as np

    blocks = sums.shape[0]
    halves = [(0, *rest) for rest in combinations(range(1, blocks), blocks // 2 - 1)]
    return float(np.mean([_covariance(sums, counts, half) for half in halves[:: -(-len(halves) // most)]]))


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


def turn_part(vectors: NDArray[np.float64], block: NDArray[np.int64], turn: NDArray[np.int64], story: NDArray[np.int64]) -> float:
    """What statements of one turn under different tags have in common beyond statements of one story, as if it were spread over all pairs of
    the story: the part of `StoryPart.effect` that comes of it.

    Shape:
        vectors: (n_statements, width), float64; block, turn, story: n_statements, int64.
    """
    near, near_pairs = _pairs(vectors, block, turn)
    every, every_pairs = _pairs(vectors, block, story)
    return _excess(near, near_pairs, every, every_pairs) * near_pairs / max(1.0, every_pairs)


def _pairs(vectors: NDArray[np.float64], block: NDArray[np.int64], inside: NDArray[np.int64]) -> tuple[float, float]:
    """Sum of inner products of statements that lie in the same unit under different tags, and how many pairs they are."""
    import numpy as np

    def squares(label: NDArray[np.int64]) -> tuple[float, float]:
        units, rows = np.unique(label, return_inverse=True)
        sums, counts = np.zeros((len(units), vectors.shape[1])), np.bincount(rows)
        np.add.at(sums, rows, vectors)
        return float((sums**2).sum()), float((counts**2).sum())

    whole, parts = squares(inside), squares(inside * (int(block.max(initial=0)) + 1) + block)
    return whole[0] - parts[0], whole[1] - parts[1]


def _effect(sums: NDArray[np.float64], counts: NDArray[np.float64]) -> float:
    inside = float((sums.sum(axis=0) ** 2).sum() - (sums**2).sum())
    inside_pairs = float((counts.sum(axis=0) ** 2).sum() - (counts**2).sum())
    blocks = sums.sum(axis=1)
    every = float((blocks.sum(axis=0) ** 2).sum() - (blocks**2).sum())
    every_pairs = float(counts.sum() ** 2 - (counts.sum(axis=1) ** 2).sum())
    return _excess(inside, inside_pairs, every, every_pairs)


def _excess(inside: float, inside_pairs: float, every: float, every_pairs: float) -> float:
    """How much larger a mean is over the pairs inside units than over the others, by sums over both and over all; 0 where one kind is missing."""
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
