"""Statements that say the same thing: one clustering a tag."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from jtbd_nlp.cluster.exact import closeness, linked, strengths
from jtbd_nlp.cluster.many import Found, found_in_many
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
    than `config.max_texts` distinct texts (or PAIRED of `many.py`, where pairs are compared), clusters and their stabilities are those of a
    sample of as many, and the others join the nearest.

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
    if len(units.members) < config.small_n:
        found = _found_in_few(log_odds(pairs_of(units, study, stories)), units, weights, config)
    else:
        found = found_in_many(units, study, stories, weights, config)
    labels, firm = found.labels, found.strengths
    rows = sorted((s.id, int(labels[i]), float(firm[i])) for i, copies in enumerate(units.members) for s in copies)
    return Clustering(
        tag=units.tag,
        ids=tuple(name for name, _, _ in rows),
        labels=tuple(label for _, label, _ in rows),
        probabilities=tuple(round(strength, 6) if label >= 0 else 0.0 for _, label, strength in rows),
        stabilities=found.stable,
    )


def _found_in_few(scores: NDArray[np.float64], units: Units, weights: NDArray[np.int64], config: ClusterConfig) -> Found:
    import numpy as np

    whole = linked(scores, weights, config)

    def relabel(rows: NDArray[np.int64]) -> NDArray[np.int64]:
        return linked(scores[np.ix_(rows, rows)], weights[rows], config, most=whole.k).labels

    stable = stabilities(whole.labels, units.stories, relabel, config)
    return Found(whole.labels, strengths(closeness(scores, whole.labels), whole.labels), stable)
