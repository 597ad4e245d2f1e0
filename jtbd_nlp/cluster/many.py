"""Many statements: two ways to find themes on a sample of them, the one that sets its themes further apart, and what the others join."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jtbd_nlp.cluster.density import density_labels, project
from jtbd_nlp.cluster.exact import Linked, closeness, linked, separation, strengths, without_small
from jtbd_nlp.cluster.sample import join_nearest, sample_rows
from jtbd_nlp.cluster.similarity import log_odds, pairs_between, told_of
from jtbd_nlp.cluster.stability import stabilities
from jtbd_nlp.cluster.study import Study
from jtbd_nlp.cluster.units import Units
from jtbd_nlp.config import ClusterConfig

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: of so many texts at the most every two are compared
PAIRED = 2_000
#: texts that are compared with these at a time
BLOCK = 500


@dataclass(frozen=True, eq=False)
class Found:
    """Themes of one tag's texts: a label each, -1 for none; strength in [0, 1] each; stability of each theme."""

    labels: NDArray[np.int64]
    strengths: NDArray[np.float64]
    stable: tuple[float, ...]


def found_in_many(
    units: Units, study: Study, stories: NDArray[np.float64] | None, weights: NDArray[np.int64], config: ClusterConfig
) -> Found:
    """UMAP and HDBSCAN on `max_texts` texts, or linkage of pair scores on PAIRED of them where that sets the themes further apart.

    Statements that lie densely give tight themes to HDBSCAN. Those of real interviews mostly do not, and it then leaves most of them out or
    puts them into one.
    """
    import numpy as np

    texts = [copies[0].text for copies in units.members]
    chosen, paired = sample_rows(texts, config.max_texts), sample_rows(texts, min(config.max_texts, PAIRED))
    points = project(units.vectors[chosen], config)
    raw, firm = density_labels(points, config)
    dense = without_small(raw, weights[chosen], config.min_cluster_size)
    told = told_of(units, study, paired)
    scores = log_odds(pairs_between(told, told, stories))
    pairwise = linked(scores, weights[paired], config)
    if separation(scores, dense[np.searchsorted(chosen, paired)]) < separation(scores, pairwise.labels):
        return _by_pairs(units, study, stories, weights, config, paired, scores, pairwise)

    def relabel(rows: NDArray[np.int64]) -> NDArray[np.int64]:
        return density_labels(points[rows], config)[0]

    stable = stabilities(dense, [units.stories_of(row) for row in chosen], relabel, config)
    return _ordered(*join_nearest(units.vectors, chosen, dense, firm, config), stable)


def _by_pairs(
    units: Units,
    study: Study,
    stories: NDArray[np.float64] | None,
    weights: NDArray[np.int64],
    config: ClusterConfig,
    paired: NDArray[np.int64],
    scores: NDArray[np.float64],
    pairwise: Linked,
) -> Found:
    """The themes of the sample, and of each other text the one whose members it is likest to, unless the next is as near."""
    import numpy as np

    known, k = pairwise.labels, int(pairwise.labels.max(initial=-1)) + 1

    def relabel(rows: NDArray[np.int64]) -> NDArray[np.int64]:
        return linked(scores[np.ix_(rows, rows)], weights[paired][rows], config, most=pairwise.k).labels

    stable = stabilities(known, [units.stories_of(row) for row in paired], relabel, config)
    labels, close = np.full(len(units.members), -1, dtype=np.int64), np.zeros(len(units.members))
    labels[paired], close[paired] = known, closeness(scores, known)
    member = (known[:, None] == np.arange(k)[None, :]).astype(np.float64)
    sizes, told = member.sum(axis=0), told_of(units, study, paired)
    rest = np.setdiff1d(np.arange(len(labels)), paired)
    for first in range(0, len(rest) if k else 0, BLOCK):
        rows = rest[first : first + BLOCK]
        near = log_odds(pairs_between(told_of(units, study, rows), told, stories))
        means = np.round(near @ member / sizes, 9)
        best = means.argmax(axis=1)
        second = np.sort(means, axis=1)[:, -2] if k > 1 else np.full(len(rows), -np.inf)
        labels[rows] = np.where(means.max(axis=1) - second < pairwise.least, -1, best)
        close[rows] = ((1.0 / (1.0 + np.exp(-near))) @ member / sizes)[np.arange(len(rows)), best]
    return _ordered(labels, strengths(close, labels), stable)


def _ordered(labels: NDArray[np.int64], firm: NDArray[np.float64], stable: tuple[float, ...]) -> Found:
    """Themes numbered by their first text."""
    import numpy as np

    order = list(dict.fromkeys(labels[labels >= 0].tolist()))
    return Found(
        np.array([*np.argsort(order), -1], dtype=np.int64)[labels], firm, tuple(stable[label] for label in order) if stable else ()
    )
