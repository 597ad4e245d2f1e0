"""How alike stories are: by all that is said, under each tag, and at each stage of the timeline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from jtbd_nlp.cluster.storypart import StoryPart, shared_likeness, spectrum, story_part, turn_part
from jtbd_nlp.cluster.study import Study
from jtbd_nlp.schema.job import GroupKind
from jtbd_nlp.schema.labels import STAGES, TAGS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: tags and stages that are looked at together, since each alone is seldom said
TAG_BLOCKS: Final = (
    ("push",),
    ("pull",),
    ("anxiety",),
    ("habit",),
    ("outcome",),
    ("context",),
    ("step",),
    ("tradeoff", "hire", "fire", "solution"),
)
STAGE_BLOCKS: Final = (("first_thought",), ("passive_looking", "active_looking"), ("deciding",), ("first_use", "ongoing_use"), ("none",))
#: directions that vectors are kept in; fewer above MANY stories
ALL_DIRECTIONS, FEW_DIRECTIONS, MANY = 150, 64, 60
#: ways to halve the tags when stories are compared with stories dealt out
SOME_HALVES: Final = 7


@dataclass(frozen=True)
class Blend:
    """How much each view counts: all that is said (each tag block by its share), each tag block, each stage block."""

    shares: tuple[float, ...]
    whole: float
    tags: tuple[float, ...]
    stages: float

    def views(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Weight of each view, and the share of each block of tags and stages in it.

        Shape:
            weights: (n_views,); shares: (n_views, 8 * 5).
        """
        import numpy as np

        weights, shares = [self.whole], [np.repeat(self.shares, len(STAGE_BLOCKS))]
        for block, weight in enumerate(self.tags):
            if weight:
                weights.append(weight)
                shares.append(np.repeat(np.arange(len(TAG_BLOCKS)) == block, len(STAGE_BLOCKS)))
        for block in range(len(STAGE_BLOCKS) if self.stages else 0):
            weights.append(self.stages)
            shares.append(np.tile(np.arange(len(STAGE_BLOCKS)) == block, len(TAG_BLOCKS)))
        return np.array(weights), np.array(shares, dtype=np.float64)


#: Chosen on the training markets (benchmarks/THEMES.md). A pathway is the whole route; a job is what is wanted.
BLENDS: Final[dict[GroupKind, Blend]] = {
    "pathway": Blend(shares=(1.0,) * 8, whole=1.0, tags=(0.25,) * 8, stages=0.4),
    "job": Blend(shares=(0.5, 1.0, 0.25, 0.25, 1.0, 1.0, 0.5, 0.5), whole=1.0, tags=(0.1, 0.4, 0.0, 0.0, 0.5, 0.4, 0.2, 0.0), stages=0.0),
}


@dataclass(frozen=True, eq=False)
class Views:
    """Sums of vectors of each story's statements by tag block and stage block, and how many there are.

    Shape:
        sums: (8, 5, n_stories, width), float64, along the main directions of the study's statements; counts: (8, 5, n_stories),
        float64; spread: width, the share of each direction in the variance of statements.

    Attributes:
        beside: variance of a story's own part that there would be if nothing but statements of the same turn were alike.
    """

    sums: NDArray[np.float64]
    counts: NDArray[np.float64]
    spread: NDArray[np.float64]
    beside: float
    blend: Blend

    def similarity(self) -> NDArray[np.float64]:
        """Weighted mean of the cosines in each view, less what all stories share. Shape: (n_stories, n_stories), ones on the diagonal."""
        import numpy as np

        weights, parts = self.blend.views()
        n, width = self.sums.shape[2:]
        rows = _centred_rows((parts @ self.sums.reshape(len(parts.T), -1)).reshape(-1, n, width), parts @ self.counts.reshape(-1, n))
        beside = (rows * np.sqrt(weights)[:, None, None]).transpose(1, 0, 2).reshape(n, -1)
        total = beside @ beside.T
        scale = np.sqrt(np.maximum(np.diag(total), 1e-9))
        made: NDArray[np.float64] = total / np.outer(scale, scale)
        np.fill_diagonal(made, 1.0)
        return made

    def story_part(self) -> StoryPart:
        """What is each story's own in all that it says, as estimated here."""
        return story_part(self.sums.sum(axis=1), self.counts.sum(axis=1))

    def shared_likeness(self) -> float:
        """How far stories that are alike in some of what they say are alike in the rest, tags counted as much as in all that is said."""
        import numpy as np

        shares = np.array(self.blend.shares)
        return shared_likeness(self.sums.sum(axis=1) * shares[:, None, None], self.counts.sum(axis=1) * shares[:, None], SOME_HALVES)

    def own_variances(self, share: float = 1.0) -> NDArray[np.float64]:
        """Variance, along each direction, of a share of what is each story's own; never less than what comes of statements of the same turn
        being alike, which dealing the blocks out tears apart. Shape: (width,)."""
        least = self.beside * self.spread
        if not share:
            return least
        part = self.story_part()
        own = share * part.effect * spectrum(self.spread, part.directions)
        return own if own.sum() >= least.sum() else least

    def shuffled(self, rng: np.random.Generator, own: NDArray[np.float64]) -> Views:
        """The same without groups: the stories of each tag block are dealt out anew, so what a story pushes no longer goes with what it is
        pulled by; then each new story gets a random part of its own, of variances `own`, since stories differ, and some are alike, also
        where there are no groups.
        """
        import numpy as np

        n = self.sums.shape[2]
        sums, counts = np.empty_like(self.sums), np.empty_like(self.counts)
        for block in range(len(TAG_BLOCKS)):
            order = rng.permutation(n)
            sums[block], counts[block] = self.sums[block][:, order], self.counts[block][:, order]
        if own.any():
            sums += counts[..., None] * (rng.normal(size=(n, len(own))) * np.sqrt(own))
        return Views(sums, counts, self.spread, self.beside, self.blend)


def views_of(study: Study, kind: GroupKind) -> Views:
    """The views of a study's stories."""
    import numpy as np

    n = len(study.stories)
    values, directions = np.linalg.eigh(study.vectors.T @ study.vectors / max(1, len(study.vectors)))
    # An eigenvector's sign is free; the largest component is made positive, so that no other library or thread count draws another null.
    directions = directions * np.sign(directions[np.abs(directions).argmax(axis=0), np.arange(len(values))])
    kept = min(len(values), FEW_DIRECTIONS if n > MANY else ALL_DIRECTIONS)
    vectors, values = study.vectors @ directions[:, -kept:], np.maximum(values[-kept:], 0.0)
    tag_block = np.array([next(b for b, tags in enumerate(TAG_BLOCKS) if tag in tags) for tag in TAGS])[study.tag]
    stage_block = np.array([next(b for b, stages in enumerate(STAGE_BLOCKS) if stage in stages) for stage in STAGES])[study.stage]
    sums = np.zeros((len(TAG_BLOCKS), len(STAGE_BLOCKS), n, vectors.shape[1]))
    counts = np.zeros(sums.shape[:3])
    np.add.at(sums, (tag_block, stage_block, study.story), vectors)
    np.add.at(counts, (tag_block, stage_block, study.story), 1.0)
    beside = turn_part(vectors, tag_block, study.turn, study.story)
    return Views(sums, counts, values / max(float(values.sum()), 1e-12), beside, BLENDS[kind])


def _centred_rows(sums: NDArray[np.float64], counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Means of stories in each view, less the mean over stories, of norm 1; 0 for a story that says nothing there.

    Shape:
        sums: (n_views, n_stories, width); counts: (n_views, n_stories).
    """
    import numpy as np

    says = counts > 0
    means = sums / np.where(says, counts, 1.0)[..., None]
    heard = says.sum(axis=1)
    centre = means.sum(axis=1) / np.maximum(heard, 1)[:, None]
    means -= np.where((heard > 2)[:, None, None] & says[..., None], centre[:, None, :], 0.0)
    norms = np.linalg.norm(means, axis=2, keepdims=True)
    made: NDArray[np.float64] = means / np.where(norms > 0, norms, 1.0)
    return made
