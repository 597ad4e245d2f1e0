"""How often each story says each theme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from jtbd_nlp.schema.arrays import Clustering, StoryMatrix
from jtbd_nlp.schema.statement import Statement
from jtbd_nlp.schema.themes import theme_id


def story_matrix(stories: Sequence[str], statements: Sequence[Statement], clusterings: Sequence[Clustering]) -> StoryMatrix:
    """Stories x themes, both sorted by id; a theme's id is that of its statements. Stories that say no theme have a row of zeros."""
    import numpy as np

    where = {s.id: s.transcript for s in statements}
    row = {name: i for i, name in enumerate(sorted(set(stories)))}
    said: dict[str, list[str]] = {}
    for clustering in clusterings:
        inside: dict[int, list[str]] = defaultdict(list)
        for name, label in zip(clustering.ids, clustering.labels, strict=True):
            if label >= 0:
                inside[label].append(name)
        for members in inside.values():
            said[theme_id(clustering.tag, tuple(sorted(members)))] = [where[name] for name in members]
    themes = sorted(said)
    counts = np.zeros((len(row), len(themes)))
    for column, theme in enumerate(themes):
        for story in said[theme]:
            counts[row[story], column] += 1
    return StoryMatrix(stories=tuple(row), themes=tuple(themes), counts=counts)
