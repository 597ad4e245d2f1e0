"""Other ways to put statements into themes, on the statements of coded markets; settings are chosen on the training markets."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import product

import numpy as np
from numpy.typing import NDArray

from benchmarks.themes import Study as Market, score_themes
from jtbd_nlp.cluster import cluster_statements
from jtbd_nlp.cluster.linkage import cuts, score_tree
from jtbd_nlp.cluster.similarity import log_odds, pairs_of, story_scores
from jtbd_nlp.cluster.study import study_of
from jtbd_nlp.cluster.units import Units, units_of
from jtbd_nlp.cluster.views import views_of
from jtbd_nlp.config import ClusterConfig
from jtbd_nlp.schema import DIMENSIONED
from jtbd_nlp.schema.arrays import Clustering, Embeddings
from jtbd_nlp.training.scoring import adjusted_rand

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
#: below so many rows UMAP has no spectral start and HDBSCAN's default finds nothing
FEWEST = 10


@dataclass(frozen=True, eq=False)
class Said:
    """The distinct texts of one tag of a market, and what ways may look at.

    Attributes:
        scores: log odds of every pair, as the library has them; text: vectors of the text alone; themes: how many are planted.
        projected: UMAP of the vectors.
    """

    units: Units
    scores: Floats
    text: Floats
    themes: int
    projected: Floats


def said_in(market: Market, text: Embeddings) -> tuple[Said, ...]:
    """What is said under each of the forces and outcomes. `text`: vectors without question and turn."""
    study, planted = study_of(market.statements, market.embeddings), market.planted
    stories = story_scores(views_of(study, "pathway").similarity())
    made = []
    for tag in DIMENSIONED:
        units = units_of(tag, study.statements, market.embeddings)
        names = {planted[s.id] for copies in units.members for s in copies if s.id in planted}
        made.append(
            Said(
                units=units,
                scores=log_odds(pairs_of(units, study, stories)),
                text=units_of(tag, study.statements, text).vectors,
                themes=len(names),
                projected=_umap(units.vectors),
            )
        )
    return tuple(made)


def _umap(vectors: Floats) -> Floats:
    from umap import UMAP

    if len(vectors) < FEWEST:
        return vectors
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = UMAP(n_neighbors=min(15, len(vectors) - 1), n_components=5, min_dist=0.0, metric="cosine", random_state=0, n_jobs=1)
        return np.asarray(model.fit_transform(vectors), dtype=np.float64)


def _hdbscan(rows: Floats, least: int, method: str) -> Ints:
    from hdbscan import HDBSCAN

    if len(rows) <= least:
        return np.full(len(rows), -1)
    model = HDBSCAN(min_cluster_size=least, cluster_selection_method=method, metric="euclidean", core_dist_n_jobs=1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.asarray(model.fit_predict(rows), dtype=np.int64)


def _bertopic(said: Said, vectors: Floats) -> Ints:
    """BERTopic with its own defaults, UMAP seeded."""
    from bertopic import BERTopic
    from umap import UMAP

    if len(vectors) < 2 * FEWEST:
        return np.full(len(vectors), -1)
    logging.getLogger("BERTopic").setLevel(logging.ERROR)
    umap = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", low_memory=False, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        topics, _ = BERTopic(umap_model=umap).fit_transform([copies[0].text for copies in said.units.members], vectors.astype(np.float32))
    return np.array(topics, dtype=np.int64)


def _coded(said: Said, name: str) -> Ints:
    values = [str(getattr(copies[0], name)) for copies in said.units.members]
    return np.unique(np.array(values), return_inverse=True)[1].astype(np.int64)


def _cut(scores: Floats, k: int) -> Ints:
    return cuts(score_tree(scores), [max(1, min(k, len(scores)))])[0] if len(scores) > 1 else np.zeros(len(scores), dtype=np.int64)


Way = Callable[[Said], Ints]


def ways() -> dict[str, dict[str, Way]]:
    """Families of ways; in a family, settings to choose from."""
    grid = [(least, method) for least, method in product((2, 3, 5, 8), ("eom", "leaf"))]
    found: dict[str, dict[str, Way]] = {
        "every statement alone": {"": lambda said: np.full(len(said.scores), -1)},
        "one cluster a tag": {"": lambda said: np.zeros(len(said.scores), dtype=np.int64)},
        "stage alone": {"": lambda said: _coded(said, "stage")},
        "dimension alone": {"": lambda said: _coded(said, "dimension")},
        "HDBSCAN on the vectors": {
            f"min_cluster_size {least}, {method}": lambda said, a=least, b=method: _hdbscan(said.units.vectors, a, b)  # type: ignore[misc]
            for least, method in grid
        },
        "UMAP, then HDBSCAN": {
            f"min_cluster_size {least}, {method}": lambda said, a=least, b=method: _hdbscan(said.projected, a, b)  # type: ignore[misc]
            for least, method in grid
        },
    }
    if find_spec("bertopic"):
        found["BERTopic's defaults, text alone"] = {"": lambda said: _bertopic(said, said.text)}
    found["average linkage, text alone, true number"] = {"": lambda said: _cut(said.text @ said.text.T, said.themes)}
    found["average linkage, our vectors, true number"] = {"": lambda said: _cut(said.units.vectors @ said.units.vectors.T, said.themes)}
    found["average linkage, pair scores, true number"] = {"": lambda said: _cut(said.scores, said.themes)}
    return found


@dataclass(frozen=True)
class Figures:
    """Of one market: B-cubed F1; adjusted Rand of the themes of each tag, weighed by coded spans; mean share of a tag's largest cluster."""

    f1: float
    rand: float
    largest: float


def figures(market: Market, clusterings: tuple[Clustering, ...]) -> Figures:
    """Score clusterings of the forces and outcomes."""
    planted, rand, weight, largest = market.planted, 0.0, 0, []
    for c in clusterings:
        rows = [(planted[i], label if label >= 0 else i) for i, label in zip(c.ids, c.labels, strict=True) if i in planted]
        rand, weight = rand + adjusted_rand([a for a, _ in rows], [b for _, b in rows]) * len(rows), weight + len(rows)
        inside = [label for label in c.labels if label >= 0]
        largest.append(max(map(inside.count, set(inside)), default=0) / max(1, len(c.labels)))
    return Figures(score_themes(market, clusterings), rand / max(1, weight), float(np.mean(largest)))


def _clustering(said: Said, labels: Ints) -> Clustering:
    rows = sorted((s.id, int(labels[i])) for i, copies in enumerate(said.units.members) for s in copies)
    return Clustering(said.units.tag, tuple(i for i, _ in rows), tuple(n for _, n in rows), (1.0,) * len(rows), ())


def compare(training: Sequence[Market], shown: Sequence[Market], texts: Mapping[str, Embeddings], config: ClusterConfig) -> None:
    """Print a row for every way: the mean over the training markets, on which its setting is chosen, and each shown market.

    Args:
        texts: of each market by its name, vectors of the statements without question and turn.
    """
    markets = [*training, *shown]
    said = [said_in(market, texts[market.name]) for market in markets]
    print("themes: B-cubed F1, adjusted Rand, share of a tag's largest cluster\n" + _head(len(training), shown))
    for family, settings in ways().items():
        tried = {
            name: [figures(m, tuple(_clustering(one, way(one)) for one in s)) for m, s in zip(markets, said, strict=True)]
            for name, way in settings.items()
        }
        best = max(tried, key=lambda name: np.mean([f.f1 for f in tried[name][: len(training)]]))
        _line(f"{family}{f' ({best})' if best else ''}", tried[best], len(training))
    library = []
    for market in markets:
        made = cluster_statements(market.statements, market.embeddings, config.model_copy(update={"tags": tuple(DIMENSIONED)}))
        library.append(figures(market, made))
    _line("the library", library, len(training))


def _head(training: int, shown: Sequence[Market]) -> str:
    return f"{'':66}{f'{training} training':>20}" + "".join(f"{m.name:>20}" for m in shown)


def _line(name: str, found: Sequence[Figures], training: int) -> None:
    cells = [np.mean([(f.f1, f.rand, f.largest) for f in found[:training]], axis=0), *((f.f1, f.rand, f.largest) for f in found[training:])]
    print(f"{name:66}" + "".join(f"{a:10.3f}{b:5.2f}{c:5.2f}" for a, b, c in cells), flush=True)
