"""Do these two statements of one tag say the same thing? Log odds of it, for every pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from jtbd_nlp.cluster.study import Study
from jtbd_nlp.cluster.units import Units, unit_rows
from jtbd_nlp.schema.labels import DIMENSIONS, STAGES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class PairWeights:
    """Logistic regression over pairs of statements of one tag.

    Attributes:
        cosine: of the vectors, centred within the tag and projected on the main directions of the study.
        dimension: both of the same dimension; stage: distance of the stages in [0, 1]; story: both said in the same story.
        stories: similarity of the two stories, in standard deviations over the pairs of stories of the study.
    """

    intercept: float
    cosine: float
    dimension: float
    stage: float
    story: float
    stories: float


#: fitted on the planted themes of the ten training markets by `python -m benchmarks.pairs`
WEIGHTS: Final = PairWeights(intercept=-1.886, cosine=1.897, dimension=0.583, stage=-0.434, story=0.582, stories=0.275)
#: the mean of a tag is taken from its vectors only as far as there are enough to know it: as if this many at 0 had been added
PRIOR_TEXTS: Final = 5.0
_NONE: Final = STAGES.index("none")


@dataclass(frozen=True, eq=False)
class Pairs:
    """What is known of pairs of units, each a matrix with a row and a column for every unit, float64."""

    cosine: NDArray[np.float64]
    dimension: NDArray[np.float64]
    stage: NDArray[np.float64]
    story: NDArray[np.float64]
    stories: NDArray[np.float64]


def log_odds(pairs: Pairs, weights: PairWeights = WEIGHTS) -> NDArray[np.float64]:
    """Log odds that two units say the same thing. Shape: (n_units, n_units), symmetric."""
    made = weights.intercept + weights.cosine * pairs.cosine + weights.dimension * pairs.dimension + weights.stage * pairs.stage
    return made + weights.story * pairs.story + weights.stories * pairs.stories


@dataclass(frozen=True, eq=False)
class Told:
    """What of units is compared.

    Shape:
        rows: (n, at most 64), norm 1: vectors, centred within the tag, along the main directions of the study; said: (n, n_stories), sparse, share
        of a unit's copies that each story says; dimension, stage: (n,), int64, dimension -1 where there is none.
    """

    rows: NDArray[np.float64]
    said: Any
    dimension: NDArray[np.int64]
    stage: NDArray[np.int64]


def pairs_of(units: Units, study: Study, stories: NDArray[np.float64] | None) -> Pairs:
    """Compare every two units. `stories`: standardised similarity of the study's stories (`story_scores`); None where not known."""
    told = told_of(units, study)
    return pairs_between(told, told, stories)


def told_of(units: Units, study: Study, chosen: NDArray[np.int64] | None = None) -> Told:
    """What is compared of the units, or of the `chosen` rows of them; the mean that is taken off is that of all."""
    import numpy as np
    from scipy.sparse import csr_array

    members = units.members if chosen is None else tuple(units.members[i] for i in chosen.tolist())
    vectors = units.vectors if chosen is None else units.vectors[chosen]
    row = {name: i for i, name in enumerate(study.stories)}
    said = [(1.0 / len(copies), unit, row[s.transcript]) for unit, copies in enumerate(members) for s in copies]
    share, unit, story = (np.array(column) for column in zip(*said, strict=True))
    dimension = [_commonest([s.dimension or "" for s in copies]) for copies in members]
    return Told(
        rows=unit_rows((vectors - units.vectors.sum(axis=0) / (len(units.members) + PRIOR_TEXTS)) @ study.main),
        said=csr_array((share, (unit, story)), shape=(len(members), len(study.stories))),
        dimension=np.array([DIMENSIONS.index(name) if name else -1 for name in dimension], dtype=np.int64),
        stage=np.array([STAGES.index(_commonest([s.stage or "none" for s in copies])) for copies in members], dtype=np.int64),
    )


def pairs_between(a: Told, b: Told, stories: NDArray[np.float64] | None) -> Pairs:
    """Compare each unit of one set with each of another. Shape of all: (n of a, n of b)."""
    import numpy as np

    same = (a.said @ b.said.T).toarray() > 0
    known = (a.stage[:, None] != _NONE) & (b.stage[None, :] != _NONE)
    return Pairs(
        cosine=a.rows @ b.rows.T,
        dimension=((a.dimension[:, None] == b.dimension[None, :]) & (a.dimension[:, None] >= 0)).astype(np.float64),
        stage=np.where(known, np.abs(a.stage[:, None] - b.stage[None, :]) / (_NONE - 1), 0.0),
        story=same.astype(np.float64),
        stories=np.zeros(same.shape) if stories is None else np.where(same, 0.0, (a.said @ stories) @ b.said.T),
    )


def story_scores(similarity: NDArray[np.float64]) -> NDArray[np.float64]:
    """Similarities of stories in standard deviations from their mean over pairs; 0 with fewer than three stories."""
    import numpy as np

    n = similarity.shape[0]
    if n < 3:
        return np.zeros((n, n))
    pairs = similarity[np.triu_indices(n, 1)]
    made: NDArray[np.float64] = (similarity - pairs.mean()) / max(float(pairs.std()), 1e-9)
    return made


def _commonest(names: list[str]) -> str:
    return min(sorted(set(names)), key=lambda name: -names.count(name))
