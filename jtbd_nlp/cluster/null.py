"""Are there groups at all, and how many: every number of groups is compared with what shuffled stories give."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jtbd_nlp.cluster.linkage import cuts, ward_tree

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Choice:
    """The number of groups that stands out most from the null, and the chance of standing out as much without groups."""

    k: int
    p_value: float


def silhouettes(similarity: NDArray[np.float64], cuts: Sequence[NDArray[np.int64]]) -> NDArray[np.float64]:
    """Mean silhouette (Rousseeuw 1987) of each of several groupings, on the distance 1 - similarity, in [-1, 1]; a row alone in its group
    counts 0. Labels are numbered from 0 without gaps.
    """
    import numpy as np

    labels = np.stack(cuts)
    groups = int(labels.max()) + 1
    member = (labels[:, :, None] == np.arange(groups)).astype(np.float64)
    sizes = member.sum(axis=1)
    totals = np.matmul(1.0 - similarity, member)
    size = np.take_along_axis(sizes, labels, axis=1)
    own = np.take_along_axis(totals, labels[:, :, None], axis=2)[:, :, 0] / np.maximum(1.0, size - 1)
    others = np.where((sizes[:, None, :] > 0) & (member == 0), totals / np.maximum(sizes, 1.0)[:, None, :], np.inf)
    nearest = others.min(axis=2)
    nearest = np.where(np.isfinite(nearest), nearest, own)  # one group alone has no other
    widths = np.where(size > 1, (nearest - own) / np.maximum(np.maximum(own, nearest), 1e-12), 0.0)
    made: NDArray[np.float64] = widths.mean(axis=1)
    return made


def silhouette(similarity: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    """Mean silhouette of one grouping; see `silhouettes`."""
    return float(silhouettes(similarity, [labels])[0])


def curve(similarity: NDArray[np.float64], ks: Sequence[int]) -> NDArray[np.float64]:
    """Silhouette of each number of groups."""
    return silhouettes(similarity, cuts(ward_tree(similarity), ks))


def choose(
    observed: NDArray[np.float64],
    shuffled: Callable[[np.random.Generator], NDArray[np.float64]],
    ks: Sequence[int],
    *,
    expected: float,
    n_permutations: int,
    random_state: int,
) -> Choice:
    """Permutation test over all numbers of groups at once (the largest of the standardised silhouettes, as in Westfall and Young 1993).

    Args:
        observed: similarity of the stories; shuffled: gives that of stories without groups.
        expected: number of groups that is preferred where several stand out alike.
    """
    import numpy as np

    rng = np.random.default_rng(random_state)
    seen = curve(observed, ks)
    null = np.stack([curve(shuffled(rng), ks) for _ in range(n_permutations)])
    both = np.vstack([seen, null])  # standardised with what was seen among them, so that without groups it is one draw like any other
    centre, spread = both.mean(axis=0), np.maximum(both.std(axis=0), 1e-9)
    stands_out, by_chance = (seen - centre) / spread, ((null - centre) / spread).max(axis=1)
    p_value = (1 + int((by_chance >= stands_out.max() - 1e-12).sum())) / (n_permutations + 1)
    preferred = stands_out - PULL * np.log(np.array(ks) / expected) ** 2
    return Choice(k=int(ks[int(preferred.argmax())]), p_value=round(p_value, 6))


def exceeded(seen: float, shuffled: Callable[[np.random.Generator], float], *, n_permutations: int, random_state: int) -> float:
    """Chance that a study without structure gives as much as was seen, by `n_permutations` draws of it, in (0, 1]."""
    import numpy as np

    rng = np.random.default_rng(random_state)
    above = sum(shuffled(rng) >= seen - 1e-15 for _ in range(n_permutations))
    return round((1 + above) / (n_permutations + 1), 6)


#: how hard the expected number of groups pulls; in standard deviations of the null at a factor of e
PULL = 10.0
