"""Other ways to group stories, on coded markets: the matrix of stories and themes, mean vectors, and weights learned on other markets."""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.simulator.rivals import by_silhouette, rand_of
from benchmarks.themes import Study as Market
from jtbd_nlp.cluster import cluster_statements, group_stories, story_matrix
from jtbd_nlp.cluster.linkage import cuts, score_tree, ward_tree
from jtbd_nlp.cluster.null import silhouettes
from jtbd_nlp.cluster.study import study_of
from jtbd_nlp.cluster.units import unit_rows
from jtbd_nlp.cluster.views import TAG_BLOCKS, Blend, Views, views_of
from jtbd_nlp.config import Config
from jtbd_nlp.schema import TAGS
from jtbd_nlp.schema.arrays import Embeddings
from jtbd_nlp.schema.job import GroupKind

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
RIDGE = 30.0


@dataclass(frozen=True, eq=False)
class Told:
    """The stories of one market, sorted by name.

    Attributes:
        planted: pathway of each; counts: how often each says each theme of the library; coded: the same with the planted themes; means: mean
            vector of the text under each tag, side by side; likeness: of pathways and of jobs, as the library compares stories;
            views: likeness by one view each; claimed, untested: groups of the library, pathways and jobs.
    """

    planted: tuple[int, ...]
    counts: Floats
    coded: Floats
    means: Floats
    likeness: Mapping[GroupKind, Floats]
    views: tuple[Floats, ...]
    claimed: Mapping[GroupKind, Ints]
    untested: Mapping[GroupKind, Ints]

    @property
    def k(self) -> int:
        """How many pathways are planted."""
        return len(set(self.planted))


def told_in(market: Market, text: Embeddings, config: Config) -> Told:
    """Prepare a market. `text`: vectors of the statements without question and turn."""
    study, planted = study_of(market.statements, market.embeddings), market.planted
    names = study.stories
    code = {name: i for i, name in enumerate(sorted(set(market.pathways.values())))}
    clusterings = cluster_statements(market.statements, market.embeddings, config.cluster)
    columns: dict[str, Floats] = defaultdict(lambda: np.zeros(len(names)))
    for s in market.statements:
        if s.id in planted:
            columns[planted[s.id]][names.index(s.transcript)] += 1
    flat = study_of(market.statements, text)
    means = np.zeros((len(names), len(TAGS), flat.vectors.shape[1]))
    np.add.at(means, (flat.story, flat.tag), flat.vectors)
    kinds: tuple[GroupKind, ...] = ("pathway", "job")
    views = {kind: views_of(study, kind) for kind in kinds}
    always = config.synthesise.model_copy(update={"alpha": 0.999999, "n_permutations": 39, "n_resamples": 10})

    def grouped(kind: GroupKind, sure: bool) -> Ints:
        test = config.synthesise if sure else always
        found = group_stories(names, market.statements, market.embeddings, cluster=config.cluster, synthesise=test, kind=kind)
        return np.array(found.labels)

    return Told(
        planted=tuple(code[market.pathways[name]] for name in names),
        counts=story_matrix(names, market.statements, clusterings).counts,
        coded=np.stack([columns[name] for name in sorted(columns)], axis=1),
        means=unit_rows(means.reshape(-1, means.shape[2])).reshape(len(names), -1),
        likeness={kind: views[kind].similarity() for kind in kinds},
        views=tuple(_by_view(views["pathway"])),
        claimed={kind: grouped(kind, True) for kind in kinds},
        untested={kind: grouped(kind, False) for kind in kinds},
    )


def _by_view(views: Views) -> list[Floats]:
    """Likeness by all that is said, by each block of tags, and by the stages together."""
    one, none = (1.0,) * len(TAG_BLOCKS), (0.0,) * len(TAG_BLOCKS)
    tags = [tuple(float(i == b) for i in range(len(TAG_BLOCKS))) for b in range(len(TAG_BLOCKS))]
    blends = [Blend(one, 1.0, none, 0.0), *(Blend(one, 0.0, t, 0.0) for t in tags), Blend(one, 0.0, none, 1.0)]
    return [replace(views, blend=blend).similarity() for blend in blends]


def weighed(counts: Floats) -> Floats:
    """Square-rooted counts times inverse document frequency, themes that nobody says left out, rows of norm 1."""
    heard = (counts > 0).sum(axis=0)
    return unit_rows((np.sqrt(counts) * np.log(len(counts) / np.maximum(1, heard)))[:, heard > 0])


def jaccard(counts: Floats) -> Floats:
    """Share of the themes of two stories that both say."""
    says = (counts > 0).astype(np.float64)
    both = says @ says.T
    made: Floats = both / np.maximum(1.0, says.sum(axis=1)[:, None] + says.sum(axis=1)[None, :] - both)
    return made


def _ward(rows: Floats, k: int | None) -> Ints:
    """Ward of rows; None chooses the number by the silhouette."""
    similarity = rows @ rows.T
    if k is not None:
        return cuts(ward_tree(similarity), [k])[0]
    found = cuts(ward_tree(similarity), range(2, len(rows) // 2 + 1))
    return found[int(silhouettes(similarity, found).argmax())]


def _averaged(similarity: Floats, k: int) -> Ints:
    return cuts(score_tree(similarity), [k])[0]


def _dense(rows: Floats, least: int) -> Ints:
    from hdbscan import HDBSCAN

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.asarray(HDBSCAN(min_cluster_size=least, core_dist_n_jobs=1).fit_predict(rows), dtype=np.int64)


WAYS: dict[str, Callable[[Told], Ints]] = {
    "planted themes: Ward on root counts x idf, true number": lambda t: _ward(weighed(t.coded), t.k),
    "planted themes: average linkage on Jaccard, true number": lambda t: _averaged(jaccard(t.coded), t.k),
    "library's themes: Ward on root counts x idf, true number": lambda t: _ward(weighed(t.counts), t.k),
    "library's themes: Ward on root counts x idf, by silhouette": lambda t: _ward(weighed(t.counts), None),
    "library's themes: average linkage on Jaccard, true number": lambda t: _averaged(jaccard(t.counts), t.k),
    "library's themes: average linkage on Jaccard, by silhouette": lambda t: by_silhouette(jaccard(t.counts)),
    "library's themes: HDBSCAN, min_cluster_size 2": lambda t: _dense(weighed(t.counts), 2),
    "library's themes: HDBSCAN, min_cluster_size 3": lambda t: _dense(weighed(t.counts), 3),
    "mean vectors a tag, text alone: Ward, true number": lambda t: _ward(t.means - t.means.mean(axis=0), t.k),
    "library's likeness: Ward, true number": lambda t: cuts(ward_tree(t.likeness["pathway"]), [t.k])[0],
    "library, untested": lambda t: t.untested["pathway"],
    "library": lambda t: t.claimed["pathway"],
    "library's likeness of jobs: Ward, true number": lambda t: cuts(ward_tree(t.likeness["job"]), [t.k])[0],
    "library, jobs, untested": lambda t: t.untested["job"],
    "library, jobs": lambda t: t.claimed["job"],
}


def features(told: Told) -> Floats:
    """Of every pair of stories: likeness by each view, of the profiles over all themes, and by shared themes; standardised in the market.

    Shape: (n_pairs, n_features).
    """
    pairs = np.triu_indices(len(told.planted), 1)
    profile = weighed(told.counts)
    columns = np.stack([m[pairs] for m in (*told.views, told.likeness["pathway"], profile @ profile.T, jaccard(told.counts))], axis=1)
    made: Floats = (columns - columns.mean(axis=0)) / np.maximum(columns.std(axis=0), 1e-9)
    return made


def same(told: Told) -> NDArray[np.bool_]:
    """Whether the stories of each pair are on one pathway."""
    one, two = np.triu_indices(len(told.planted), 1)
    planted = np.array(told.planted)
    made: NDArray[np.bool_] = planted[one] == planted[two]
    return made


def learned(told: Sequence[Told], columns: Sequence[int]) -> Floats:
    """Ridge regression of sameness on features, every market weighing the same. Shape: (n_columns,)."""
    gram: Floats = RIDGE * np.eye(len(columns))
    target: Floats = np.zeros(len(columns))
    for one in told:
        x, y = features(one)[:, columns], same(one).astype(np.float64)
        gram = gram + x.T @ x * (66 / len(y))
        target = target + x.T @ (y - y.mean()) * (66 / len(y))
    made: Floats = np.linalg.solve(gram, target).astype(np.float64)
    return made


def area(scores: Floats, truth: NDArray[np.bool_]) -> float:
    """Area under the ROC curve."""
    above = scores[truth][:, None] - scores[~truth][None, :]
    return float((above > 0).mean() + (above == 0).mean() / 2)


def by_learned(training: Sequence[Told], shown: Sequence[Told], columns: Sequence[int]) -> list[tuple[float, float]]:
    """Adjusted Rand (average linkage, true number) and area under the curve of each market with weights of the other training markets."""
    found = []
    for one in (*training, *shown):
        scores = features(one)[:, columns] @ learned([t for t in training if t is not one], columns)
        full = np.zeros((len(one.planted),) * 2)
        full[np.triu_indices(len(full), 1)] = scores
        found.append((rand_of(_averaged(full + full.T, one.k), one.planted), area(scores, same(one))))
    return found


def compare(training: Sequence[Market], shown: Sequence[Market], texts: Mapping[str, Embeddings], config: Config) -> None:
    """Print a row for every way: mean adjusted Rand over the training markets, and that of each shown market."""
    told = [told_in(market, texts[market.name], config) for market in (*training, *shown)]
    n = len(training)
    print(f"\nstories: adjusted Rand\n{'':66}{f'{n} training':>14}" + "".join(f"{m.name:>14}" for m in shown))
    for name, way in WAYS.items():
        rands = [rand_of(way(t), t.planted) for t in told]
        print(f"{name:66}" + "".join(f"{value:14.3f}" for value in (np.mean(rands[:n]), *rands[n:])), flush=True)
    if n < 2:
        return
    print("learned on the other training markets, average linkage, true number: adjusted Rand, area under the curve")
    width = features(told[0]).shape[1]
    sets = {"likeness alone": [width - 3], "views": list(range(width - 3)), "profile over all themes": [width - 2, width - 1]}
    sets |= {"likeness and profile": [width - 3, width - 2, width - 1], "all": list(range(width))}
    for name, columns in sets.items():
        found = by_learned(told[:n], told[n:], columns)
        print(f"{name:66}" + "".join(f"{a:9.3f}{b:5.2f}" for a, b in (np.mean(found[:n], axis=0), *found[n:])), flush=True)
