"""The records that hold numpy arrays: nothing else in the schema does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from jtbd_nlp.errors import SchemaError
from jtbd_nlp.schema.labels import Tag
from jtbd_nlp.schema.story import Structure

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Embeddings:
    """Vectors of statements.

    Shape:
        ids: n_statements; vectors: (n_statements, width), float32, rows of norm 1. Row i belongs to `ids[i]`.
    """

    ids: tuple[str, ...]
    vectors: NDArray[np.float32]

    def __post_init__(self) -> None:
        if self.vectors.ndim != 2 or len(self.ids) != self.vectors.shape[0]:
            raise SchemaError(f"Got {len(self.ids)} ids and vectors of shape {self.vectors.shape}; expected (n_statements, width).")

    def rows(self, ids: tuple[str, ...]) -> NDArray[np.float32]:
        """Vectors of these ids, in this order. Shape: (len(ids), width).

        Raises:
            SchemaError: an id has no vector.
        """
        at = self._at
        missing = [name for name in ids if name not in at]
        if missing:
            raise SchemaError(f"Got {len(missing)} statements without a vector, {missing[0]!r} first; embed all of them.")
        return self.vectors[[at[name] for name in ids]]

    @cached_property
    def _at(self) -> Mapping[str, int]:
        """Row of each id."""
        return {name: row for row, name in enumerate(self.ids)}


@dataclass(frozen=True)
class Clustering:
    """Clusters of the statements of one tag: `labels[i]` is the cluster of `ids[i]`, -1 where it belongs nowhere.

    `probabilities[i]`, in [0, 1], is how firmly it belongs (0 where the label is -1). `stabilities[c]` is the stability of cluster c
    under resampling, in [0, 1], empty where it was not measured.
    """

    tag: Tag
    ids: tuple[str, ...]
    labels: tuple[int, ...]
    probabilities: tuple[float, ...]
    stabilities: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if not len(self.ids) == len(self.labels) == len(self.probabilities):
            raise SchemaError(
                f"Got {len(self.ids)} ids, {len(self.labels)} labels, {len(self.probabilities)} probabilities; expected as many of each."
            )


@dataclass(frozen=True, eq=False)
class StoryMatrix:
    """How often each story says each theme.

    Shape:
        counts: (n_stories, n_themes), float64, not negative. Rows follow `stories` (transcript ids), columns `themes` (theme ids).
    """

    stories: tuple[str, ...]
    themes: tuple[str, ...]
    counts: NDArray[np.float64]

    def __post_init__(self) -> None:
        if self.counts.shape != (len(self.stories), len(self.themes)):
            raise SchemaError(f"Got counts of shape {self.counts.shape}; expected ({len(self.stories)}, {len(self.themes)}).")


@dataclass(frozen=True)
class StoryGroups:
    """Groups of stories: `labels[i]` is the group of `stories[i]` (transcript ids, sorted), -1 where it is in none.

    `structure` says whether there are groups at all and why; without groups every label is -1. `stabilities[g]` is how well group g
    survives leaving stories out, in [0, 1].
    """

    stories: tuple[str, ...]
    labels: tuple[int, ...]
    structure: Structure
    stabilities: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if len(self.stories) != len(self.labels):
            raise SchemaError(f"Got {len(self.stories)} stories and {len(self.labels)} labels; expected as many of each.")

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The stories of each group, by label."""
        found = max(self.labels, default=-1) + 1
        return tuple(tuple(s for s, label in zip(self.stories, self.labels, strict=True) if label == g) for g in range(found))
