"""Statements that say the same thing: one clustering a tag."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from jtbd_nlp.cluster.density import density_labels, project
from jtbd_nlp.cluster.exact import exact_labels, without_small
from jtbd_nlp.cluster.sample import join_nearest, sample_rows
from jtbd_nlp.cluster.similarity import log_odds, pairs_of, story_scores
from jtbd_nlp.cluster.stability import stabilities
from jtbd_nlp.cluster.study import Study, study_of
from jtbd_nlp.cluster.units import Units, units_of
from jtbd_nlp.cluster.views import views_of
from jtbd_nlp.config import ClusterConfig
from jtbd_nlp.schema.arrays import Clustering, Embeddings
from jtbd_nlp.schema.labels import TAGS
from jtbd_nlp.schema.statement import Statement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def cluster_statements(statements: Sequence[Statement], embeddings: Embeddings, config: ClusterConfig) -> tuple[Clustering, ...]:
    """One clustering a tag of `config.tags` that has statements, in the order of the codebook.

    A function of the set of statements: their order means nothing; equal texts count once and share a label. Labels are numbered from 0
    by the first text, in code point order, of each cluster; -1 is a statement that belongs nowhere. Ids are sorted. Where a tag has more
    than `config.max_texts` distinct texts, clusters and their stabilities are those of a sample of as many, and the others join the nearest.

    Raises:
        SchemaError: a statement has no vector.
    """
    study = study_of(statements, embeddings)
    said = {tag for s in study.statements for tag in s.tags}
    scores = story_scores(views_of(study, "pathway").similarity()) if 0 < len(study.stories) <= config.max_stories else None
    wanted = [tag for tag in TAGS if tag in config.tags and tag in said]
    return tuple(_cluster(units_of(tag, study.statements, embeddings), study, scores, config) for tag in wanted)


def _cluster(units: Units, study: Study, stories: NDArray[np.float64] | None, config: ClusterConfig) -> Clustering:
    import numpy as np

    weights = np.array([len(copies) for copies in units.members], dtype=np.int64)
    relabel: Callable[[NDArray[np.int64]], NDArray[np.int64]]
    if len(units.members) < config.small_n:
        scores = log_odds(pairs_of(units, study, stories))
        labels = exact_labels(scores, weights, config)
        strengths = _strengths(scores, labels)

        def relabel(rows: NDArray[np.int64]) -> NDArray[np.int64]:
            return exact_labels(scores[np.ix_(rows, rows)], weights[rows], config)

        stable = stabilities(labels, units.stories, relabel, config)
    else:
        chosen = sample_rows([copies[0].text for copies in units.members], config.max_texts)
        points = project(units.vectors[chosen], config)
        raw, firm = density_labels(points, config)
        found = without_small(raw, weights[chosen], config.min_cluster_size)

        def relabel(rows: NDArray[np.int64]) -> NDArray[np.int64]:
            return density_labels(points[rows], config)[0]

        stable = stabilities(found, [units.stories_of(row) for row in chosen], relabel, config)
        joined, strengths = join_nearest(units.vectors, chosen, found, firm, config)
        order = list(dict.fromkeys(joined[joined >= 0].tolist()))
        labels = np.array([*np.argsort(order), -1], dtype=np.int64)[joined]
        stable = tuple(stable[label] for label in order) if stable else ()
    rows = sorted((s.id, int(labels[i]), float(strengths[i])) for i, copies in enumerate(units.members) for s in copies)
    return Clustering(
        tag=units.tag,
        ids=tuple(name for name, _, _ in rows),
        labels=tuple(label for _, label, _ in rows),
        probabilities=tuple(round(strength, 6) if label >= 0 else 0.0 for _, label, strength in rows),
        stabilities=stable,
    )


def _strengths(scores: NDArray[np.float64], labels: NDArray[np.int64]) -> NDArray[np.float64]:
    """How firmly a row belongs, in [0, 1]: its mean probability with its cluster, over that of the cluster's closest row."""
    import numpy as np

    out, chances = np.zeros(len(labels)), 1.0 / (1.0 + np.exp(-scores))
    np.fill_diagonal(chances, 0.0)
    for label in range(int(labels.max(initial=-1)) + 1):
        inside = np.flatnonzero(labels == label)
        means = chances[np.ix_(inside, inside)].sum(axis=1)
        out[inside] = means / means.max() if len(inside) > 1 else 1.0
    return out
