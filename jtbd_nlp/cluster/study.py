"""All statements of a study, prepared once: in order, centred, with the places that clustering looks at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jtbd_nlp.cluster.units import unit_rows
from jtbd_nlp.schema.arrays import Embeddings
from jtbd_nlp.schema.labels import STAGES, TAGS
from jtbd_nlp.schema.statement import Statement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: directions that are kept where vectors are projected: the main ones of the study
DIRECTIONS = 64
#: power of the variances by which the main directions are stressed; 0.5 would be the principal components themselves times their spread
STRESS = 0.25


@dataclass(frozen=True, eq=False)
class Study:
    """Statements sorted by transcript and place, each under its first tag.

    Shape:
        story, tag, stage: n_statements, int64; indices into `stories`, TAGS and STAGES (no stage counts as `none`).
        turn: n_statements, int64; numbers the turns in which anything was said, of all stories.
        vectors: (n_statements, width), float64: less the mean of all statements under the same first tag, scaled to norm 1.
        main: (width, at most DIRECTIONS): projects a difference of vectors onto the main directions of the study, the larger ones stressed.
    """

    statements: tuple[Statement, ...]
    stories: tuple[str, ...]
    story: NDArray[np.int64]
    tag: NDArray[np.int64]
    stage: NDArray[np.int64]
    turn: NDArray[np.int64]
    vectors: NDArray[np.float64]
    main: NDArray[np.float64]


def study_of(statements: Sequence[Statement], embeddings: Embeddings) -> Study:
    """Prepare a study; statements without a tag are left out.

    Raises:
        SchemaError: a statement has no vector.
    """
    import numpy as np

    tagged = tuple(sorted((s for s in statements if s.tags), key=lambda s: (s.transcript, s.start, s.end, s.id)))
    stories = tuple(dict.fromkeys(s.transcript for s in tagged))
    row = {name: i for i, name in enumerate(stories)}
    tag = np.array([next(i for i, t in enumerate(TAGS) if t in s.tags) for s in tagged], dtype=np.int64)
    vectors = embeddings.rows(tuple(s.id for s in tagged)).astype(np.float64)
    for value in range(len(TAGS)):
        under = tag == value
        if under.any():
            vectors[under] -= vectors[under].mean(axis=0)
    vectors = unit_rows(vectors)
    return Study(
        statements=tagged,
        stories=stories,
        story=np.array([row[s.transcript] for s in tagged], dtype=np.int64),
        tag=tag,
        stage=np.array([STAGES.index(s.stage or "none") for s in tagged], dtype=np.int64),
        turn=np.cumsum(
            [i > 0 and (s.transcript, s.turn) != (tagged[i - 1].transcript, tagged[i - 1].turn) for i, s in enumerate(tagged)],
            dtype=np.int64,
        ),
        vectors=vectors,
        main=_main_directions(vectors),
    )


def _main_directions(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    values, directions = np.linalg.eigh(vectors.T @ vectors / max(1, len(vectors)))
    made: NDArray[np.float64] = directions[:, -DIRECTIONS:] * np.maximum(values[-DIRECTIONS:], 0.0) ** STRESS
    return made
