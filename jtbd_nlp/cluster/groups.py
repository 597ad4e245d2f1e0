"""Stories that belong together, or the finding that they do not fall into groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jtbd_nlp.cluster.linkage import cuts, ward_tree
from jtbd_nlp.cluster.null import choose, exceeded
from jtbd_nlp.cluster.study import Study, study_of
from jtbd_nlp.cluster.units import unit_rows
from jtbd_nlp.cluster.views import views_of
from jtbd_nlp.config import ClusterConfig, SynthesiseConfig
from jtbd_nlp.schema.arrays import Embeddings, StoryGroups
from jtbd_nlp.schema.base import content_id
from jtbd_nlp.schema.job import GroupKind
from jtbd_nlp.schema.statement import Statement
from jtbd_nlp.schema.story import Structure

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Shuffled = Callable[["np.random.Generator"], "NDArray[np.float64]"]


@dataclass(frozen=True)
class Compared:
    """A figure of a study, and what draws it from shuffled ones."""

    seen: float
    shuffled: Callable[[np.random.Generator], float]


def group_stories(
    stories: Sequence[str],
    statements: Sequence[Statement],
    embeddings: Embeddings,
    *,
    cluster: ClusterConfig,
    synthesise: SynthesiseConfig,
    kind: GroupKind = "pathway",
) -> StoryGroups:
    """Groups of stories by what they say: all of it for pathways, what they want for jobs.

    A function of the set of statements. Stories without statements are in no group.

    Raises:
        SchemaError: a statement has no vector.
    """
    names = frozenset(stories)
    study = study_of([s for s in statements if s.transcript in names], embeddings)
    if len(study.stories) < synthesise.min_stories:
        return too_few(stories, len(study.stories), synthesise)
    if len(study.stories) > cluster.max_stories:
        kept = frozenset(sorted(study.stories, key=lambda name: content_id("sample", (name,)))[: cluster.max_stories])
        sample = study_of([s for s in study.statements if s.transcript in kept], embeddings)
        return with_rest(group_study(tuple(kept), sample, kind, cluster, synthesise), stories, study)
    return group_study(stories, study, kind, cluster, synthesise)


def group_study(stories: Sequence[str], study: Study, kind: GroupKind, cluster: ClusterConfig, synthesise: SynthesiseConfig) -> StoryGroups:
    """Groups of the stories of a study that is prepared; `group_stories` with the bounds on their number left out."""
    views = views_of(study, kind)
    own, turns = views.own_variances(cluster.story_effect), views.own_variances(0.0)
    return decide(
        stories,
        study.stories,
        views.similarity(),
        lambda rng: views.shuffled(rng, own).similarity(),
        alike=Compared(views.shared_likeness(), lambda rng: views.shuffled(rng, turns).shared_likeness())
        if cluster.suggest_groups
        else None,
        cluster=cluster,
        synthesise=synthesise,
    )


def with_rest(found: StoryGroups, stories: Sequence[str], study: Study) -> StoryGroups:
    """Stories beyond the sample that was grouped join the group whose mean vector is nearest."""
    import numpy as np

    names = tuple(sorted(set(stories)))
    label = dict(zip(found.stories, found.labels, strict=True))
    if found.structure.k:
        means = np.zeros((len(study.stories), study.vectors.shape[1]))
        np.add.at(means, study.story, study.vectors)
        means = unit_rows(means)
        known = np.array([label.get(name, -1) for name in study.stories])
        centres = unit_rows(np.stack([means[known == g].mean(axis=0) for g in range(found.structure.k)]))
        nearest = (means @ centres.T).argmax(axis=1)
        label = {name: label.get(name, int(near)) for name, near in zip(study.stories, nearest, strict=True)}
    rest = "; each other story joined the nearest group." if found.structure.k else "."
    reason = f"{found.structure.reason} Found on a sample of {len(found.stories)} of {len(study.stories)} stories{rest}"
    structure = found.structure.model_copy(update={"reason": reason, "n": len(study.stories)})
    return StoryGroups(names, tuple(label.get(name, -1) for name in names), structure, found.stabilities)


def too_few(stories: Sequence[str], told: int, synthesise: SynthesiseConfig) -> StoryGroups:
    """The verdict on a study that is too small to be grouped."""
    names = tuple(sorted(set(stories)))
    reason = f"{told} of {len(names)} stories have statements; grouping needs at least {synthesise.min_stories}."
    return StoryGroups(stories=names, labels=(-1,) * len(names), structure=Structure(verdict="too_few", reason=reason, n=told, k=0))


def decide(
    stories: Sequence[str],
    told: Sequence[str],
    similarity: NDArray[np.float64],
    shuffled: Shuffled,
    *,
    alike: Compared | None = None,
    cluster: ClusterConfig,
    synthesise: SynthesiseConfig,
) -> StoryGroups:
    """Test, choose the number of groups, cut, and measure how stable each group is. Rows of `similarity` follow `told`.

    `alike`: whether stories that are alike in some of what they say are alike in the rest. Groups that do not stand out from `shuffled` are a
    suggestion where they are; without it there is none.
    """
    n, names = len(told), tuple(sorted(set(stories)))
    ks = range(2, max(3, min(n // 2, cluster.max_groups) + 1))
    trials = min(synthesise.n_permutations, max(39, 20_000 // n))
    seed, limit = synthesise.random_state, synthesise.alpha
    choice = choose(similarity, shuffled, ks, expected=cluster.expected_groups, n_permutations=trials, random_state=seed)
    labels = _without_singles(cuts(ward_tree(similarity), [choice.k])[0])
    k = int(labels.max(initial=-1)) + 1
    firm = choice.p_value <= limit
    chance = 1.0 if firm or k < 2 or alike is None else exceeded(alike.seen, alike.shuffled, n_permutations=trials, random_state=seed)
    if k < 2 or not (firm or chance <= limit):
        reason = f"Stories without groups look as clearly grouped as these in {choice.p_value:.0%} of trials (limit {limit:.0%}), so no groups are claimed."
        if firm:
            reason = f"The {n} stories differ, but fewer than two groups of two or more stand out, so no groups are claimed."
        structure = Structure(verdict="no_structure", reason=reason, p_value=choice.p_value, n=n, k=0)
        return StoryGroups(stories=names, labels=(-1,) * len(names), structure=structure)
    of = dict(zip(told, labels.tolist(), strict=True))
    left = int((labels < 0).sum())
    alone = f"; {left} stand alone." if left else "."
    if firm:
        reason = f"{n} stories fall into {k} groups more clearly than shuffled ones (p = {choice.p_value:.3f}){alone}"
    else:
        reason = (
            f"{n} stories may fall into {k} groups{alone} Those that are alike in some of what they say are alike in the rest (p = {chance:.3f}), but "
            f"stories that merely have a subject each look as clearly grouped in {choice.p_value:.0%} of trials (limit {limit:.0%}): take the groups as a suggestion."
        )
    return StoryGroups(
        stories=names,
        labels=tuple(of.get(name, -1) for name in names),
        structure=Structure(verdict="groups", reason=reason, p_value=choice.p_value, n=n, k=k, firm=firm),
        stabilities=_stabilities(similarity, labels, choice.k, synthesise),
    )


def _without_singles(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    import numpy as np

    kept, out = 0, np.full(labels.shape, -1, dtype=np.int64)
    for label in range(int(labels.max()) + 1):
        inside = labels == label
        if inside.sum() > 1:
            out[inside] = kept
            kept += 1
    return out


def _stabilities(similarity: NDArray[np.float64], labels: NDArray[np.int64], k: int, synthesise: SynthesiseConfig) -> tuple[float, ...]:
    """Mean Jaccard of a group with its best match (Hennig 2007), over leaving out each story and over samples of four fifths."""
    import numpy as np

    n, groups = len(labels), int(labels.max(initial=-1)) + 1
    rng = np.random.default_rng(synthesise.random_state)
    every = np.arange(n)
    left_out = [np.delete(every, i) for i in range(min(n, synthesise.n_resamples))]
    sampled = [np.sort(rng.choice(n, size=max(3, round(0.8 * n)), replace=False)) for _ in range(synthesise.n_resamples)]
    totals, seen = np.zeros(groups), np.zeros(groups)
    for rows in left_out + sampled:
        found = cuts(ward_tree(similarity[np.ix_(rows, rows)]), [min(k, len(rows) - 1)])[0]
        for group in range(groups):
            mine = labels[rows] == group
            if mine.any():
                scores = [(mine & (found == f)).sum() / (mine | (found == f)).sum() for f in np.unique(found[mine])]
                totals[group] += max(scores)
                seen[group] += 1
    return tuple(round(float(t / s), 4) if s else 0.0 for t, s in zip(totals, seen, strict=True))
