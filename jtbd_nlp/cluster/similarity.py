"""Do these two statements of one tag say the same thing? Log odds of it, for every pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from jtbd_nlp.cluster.study import Study
from jtbd_nlp.cluster.units import Units, unit_rows
from jtbd_nlp.schema.labels import STAGES

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
    """What is known of every pair of units, each (n_units, n_units), float64."""

    cosine: NDArray[np.float64]
    dimension: NDArray[np.float64]
    stage: NDArray[np.float64]
    story: NDArray[np.float64]
    stories: NDArray[np.float64]


def log_odds(pairs: Pairs, weights: PairWeights = WEIGHTS) -> NDArray[np.float64]:
    """Log odds that two units say the same thing. Shape: (n_units, n_units), symmetric."""
    made = weights.intercept + weights.cosine * pairs.cosine + weights.dimension * pairs.dimension + weights.stage * pairs.stage
    return made + weights.story * pairs.story + weights.stories * pairs.stories


def pairs_of(units: Units, study: Study, stories: NDArray[np.float64] | None) -> Pairs:
    """Compare every two units. `stories`: standardised similarity of the study's stories (`story_scores`); None where not known."""
    import numpy as np

    n = len(units.members)
    vectors = units.vectors - units.vectors.sum(axis=0) / (n + PRIOR_TEXTS)
    rows = unit_rows(vectors @ study.main)
    row = {name: i for i, name in enumerate(study.stories)}
    said = np.zeros((n, len(study.stories)))
    for unit, copies in enumerate(units.members):
        for statement in copies:
            said[unit, row[statement.transcript]] += 1.0 / len(copies)
    same = (said @ said.T) > 0
    dimension = [_commonest([s.dimension or "" for s in copies]) for copies in units.members]
    stage = np.array([STAGES.index(_commonest([s.stage or "none" for s in copies])) for copies in units.members])
    known = (stage[:, None] != _NONE) & (stage[None, :] != _NONE)
    return Pairs(
        cosine=rows @ rows.T,
        dimension=np.array([[float(a == b and a != "") for b in dimension] for a in dimension]).reshape(n, n),
        stage=np.where(known, np.abs(stage[:, None] - stage[None, :]) / (_NONE - 1), 0.0),
        story=same.astype(np.float64),
        stories=np.zeros((n, n)) if stories is None else np.where(same, 0.0, said @ stories @ said.T),
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
