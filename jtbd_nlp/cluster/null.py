"""Are there groups at all, and how many: every number of groups is compared with what shuffled stories give."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jtbd_nlp.cluster.linkage import cut_into, ward_tree

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Choice:
    """The number of groups that stands out most from the null, and the chance of standing out as much without groups."""

    k: int
    p_value: float


def silhouette(similarity: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    """Mean silhouette (Rousseeuw 1987) on the distance 1 - similarity, in [-1, 1]; a row alone in its group counts 0."""
    import numpy as np

    member = labels[:, None] == np.arange(labels.max() + 1)[None, :]
    sizes = member.sum(axis=0)
    totals = (1.0 - similarity) @ member
    rows = np.arange(len(labels))
    own = totals[rows, labels] / np.maximum(1, sizes[labels] - 1)
    others = totals / sizes
    others[rows, labels] = np.inf
    nearest = others.min(axis=1)
    widths = np.where(sizes[labels] > 1, (nearest - own) / np.maximum(np.maximum(own, nearest), 1e-12), 0.0)
    return float(widths.mean())


def curve(similarity: NDArray[np.float64], ks: Sequence[int]) -> NDArray[np.float64]:
    """Silhouette of each number of groups."""
    import numpy as np

    linked = ward_tree(similarity)
    return np.array([silhouette(similarity, cut_into(linked, k)) for k in ks])


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
    centre, spread = null.mean(axis=0), np.maximum(null.std(axis=0), 1e-9)
    stands_out, by_chance = (seen - centre) / spread, ((null - centre) / spread).max(axis=1)
    p_value = (1 + int((by_chance >= stands_out.max() - 1e-12).sum())) / (n_permutations + 1)
    preferred = stands_out - PULL * np.log(np.array(ks) / expected) ** 2
    return Choice(k=int(ks[int(preferred.argmax())]), p_value=round(p_value, 6))


#: how hard the expected number of groups pulls; in standard deviations of the null at a factor of e
PULL = 10.0
