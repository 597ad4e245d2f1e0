"""What each story says under each tag, as sums of vectors, and how alike that makes stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jtbd_nlp.cluster.units import unit_rows
from jtbd_nlp.schema.arrays import Embeddings
from jtbd_nlp.schema.job import GroupKind
from jtbd_nlp.schema.labels import TAGS
from jtbd_nlp.schema.statement import Statement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: how much each tag says about the route to the hire, and about what is wanted
_WEIGHTS: dict[GroupKind, dict[str, float]] = {
    "pathway": dict.fromkeys(TAGS, 1.0),
    "job": {"outcome": 2.0, "pull": 1.5, "context": 1.0, "push": 0.5, "step": 0.5, "hire": 0.5},
}


@dataclass(frozen=True, eq=False)
class Views:
    """Sums of the centred vectors of each story's statements, by tag. A statement counts under its first tag alone.

    Shape:
        sums: (n_tags, n_stories, width), float64; weights: n_tags.
    """

    stories: tuple[str, ...]
    sums: NDArray[np.float64]
    weights: NDArray[np.float64]

    def similarity(self) -> NDArray[np.float64]:
        """Cosine of what two stories say, after taking away what all say. Shape: (n_stories, n_stories)."""
        import numpy as np

        whole = np.tensordot(self.weights, self.sums, axes=1)
        rows = unit_rows(whole - whole.mean(axis=0))
        made: NDArray[np.float64] = rows @ rows.T
        np.fill_diagonal(made, 1.0)
        return made

    def shuffled(self, rng: np.random.Generator) -> Views:
        """The same, with the stories of each tag dealt out anew: what a story pushes no longer goes with what it is pulled by."""
        import numpy as np

        n = len(self.stories)
        return Views(self.stories, np.stack([block[rng.permutation(n)] for block in self.sums]), self.weights)


def views_of(stories: Sequence[str], statements: Sequence[Statement], embeddings: Embeddings, kind: GroupKind) -> Views:
    """Views of these stories; those without a statement are left out.

    Raises:
        SchemaError: a statement has no vector.
    """
    import numpy as np

    counted = sorted((s for s in statements if s.tags and s.transcript in set(stories)), key=lambda s: (s.transcript, s.start, s.end))
    names = tuple(dict.fromkeys(s.transcript for s in counted))
    row, tags = {name: i for i, name in enumerate(names)}, list(_WEIGHTS[kind])
    sums = np.zeros((len(tags), len(names), embeddings.vectors.shape[1]))
    vectors = embeddings.rows(tuple(s.id for s in counted)).astype(np.float64) if counted else np.zeros((0, sums.shape[2]))
    first = [next((t for t in TAGS if t in s.tags), None) for s in counted]
    for at, tag in enumerate(tags):
        mine = [i for i, t in enumerate(first) if t == tag]
        if mine:
            centred = vectors[mine] - vectors[mine].mean(axis=0)
            for i, vector in zip(mine, centred, strict=True):
                sums[at, row[counted[i].transcript]] += vector
    return Views(names, sums, np.array([_WEIGHTS[kind][t] for t in tags]))
