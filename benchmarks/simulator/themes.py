"""Themes of drawn studies against the planted ones, beside other ways to cluster the same vectors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from math import comb

import numpy as np
from numpy.typing import NDArray

from benchmarks.simulator.draw import Design, Drawn, draw
from benchmarks.simulator.parameters import Parameters
from jtbd_nlp.cluster import cluster_statements
from jtbd_nlp.cluster.linkage import cuts, score_tree
from jtbd_nlp.cluster.units import unit_rows
from jtbd_nlp.config import ClusterConfig
from jtbd_nlp.schema import DIMENSIONED, DIMENSIONS, STAGES, TAGS, Statement
from jtbd_nlp.schema.arrays import Embeddings
from jtbd_nlp.training.scoring import b_cubed

Ints = NDArray[np.int64]
#: of the vectors of one tag's statements (rows of norm 1) and the number of themes planted among them, a label each (-1: none)
Way = Callable[[NDArray[np.float64], int], Ints]


def statements_of(drawn: Drawn) -> tuple[list[Statement], Embeddings]:
    """The statements of a drawn study as the library takes them; row i has id `s` and i, and words that say nothing."""
    study, made = drawn.study, []
    for i, (story, tag, stage, dimension) in enumerate(zip(study.story, study.tag, study.stage, drawn.dimension, strict=True)):
        text = f"statement {i:06}"
        made.append(
            Statement(
                id=f"s{i:06}",
                transcript=study.stories[story],
                turn=i,
                speaker="P",
                start=i * 20,
                end=i * 20 + len(text),
                text=text,
                tags={TAGS[tag]: 1.0},
                stage=STAGES[stage],
                dimension=DIMENSIONS[dimension] if dimension >= 0 else None,
            )
        )
    return made, Embeddings(ids=tuple(s.id for s in made), vectors=unit_rows(drawn.vectors).astype(np.float32))


def by_library(drawn: Drawn) -> Ints:
    """Label of each statement in the themes of its tag."""
    statements, embeddings = statements_of(drawn)
    config = ClusterConfig(tags=tuple(DIMENSIONED), n_resamples=2)
    labels = np.full(len(statements), -1)
    for clustering in cluster_statements(statements, embeddings, config):
        labels[[int(name[1:]) for name in clustering.ids]] = clustering.labels
    return labels


def by_way(drawn: Drawn, way: Way) -> Ints:
    """The same by another way, one tag at a time."""
    vectors, labels = unit_rows(drawn.vectors), np.full(len(drawn.theme), -1)
    for tag in map(TAGS.index, DIMENSIONED):
        rows = np.flatnonzero(drawn.study.tag == tag)
        if len(rows) > 1:
            labels[rows] = way(vectors[rows], len(np.unique(drawn.true_theme[drawn.true_tag == tag])))
    return labels


def averaged(vectors: NDArray[np.float64], themes: int) -> Ints:
    """Average linkage of cosines, true number of clusters."""
    return cuts(score_tree(vectors @ vectors.T), [min(themes, len(vectors))])[0]


def dense(vectors: NDArray[np.float64], _: int) -> Ints:
    """HDBSCAN with its defaults, without UMAP."""
    from hdbscan import HDBSCAN

    if len(vectors) < 6:
        return np.full(len(vectors), -1)
    return np.asarray(HDBSCAN(core_dist_n_jobs=1).fit_predict(vectors), dtype=np.int64)


WAYS: dict[str, Way] = {
    "average, true number": averaged,
    "HDBSCAN": dense,
    "one cluster a tag": lambda vectors, _: np.zeros(len(vectors), dtype=np.int64),
    "every one alone": lambda vectors, _: np.full(len(vectors), -1),
}


def score(drawn: Drawn, labels: Ints) -> tuple[float, float]:
    """B-cubed F1 and F1 of pairs, over all statements that a coder would have, weighed over the forces and outcomes by their number;
    one that was not found under its tag is alone."""
    total, hit, found, planted = 0.0, 0, 0, 0
    weight = 0
    for tag in map(TAGS.index, DIMENSIONED):
        true = np.flatnonzero(drawn.true_tag == tag)
        rows = np.flatnonzero((drawn.study.tag == tag) & (drawn.source >= 0) & (labels >= 0))
        label = dict(zip(drawn.source[rows].tolist(), labels[rows].tolist(), strict=True))
        guess: list[Hashable] = [label.get(i, ("alone", i)) for i in true.tolist()]
        themes = drawn.true_theme[true].tolist()
        total, weight = total + b_cubed(themes, guess) * len(true), weight + len(true)
        hit, found, planted = hit + _pairs(list(zip(themes, guess, strict=True))), found + _pairs(guess), planted + _pairs(themes)
    return total / max(1, weight), 2 * hit / max(1, found + planted)


def _pairs(items: Sequence[Hashable]) -> int:
    return sum(comb(count, 2) for count in Counter(items).values())


def compare(parameters: Parameters, sizes: Sequence[int], studies: int, seed: int) -> None:
    """Print a row for every size, with true tags and with errors: the means over studies on three or four pathways."""
    names = ("library", *WAYS)
    print("B-cubed F1, F1 of pairs\n" + f"{'n':>3} {'tags':8}{'studies':>8}" + "".join(f"{name:>22}" for name in names))
    for n in sizes:
        for errors in (False, True):
            rows = []
            for i in range(studies):
                drawn = draw(Design(n=n, k=3 + i % 2, errors=errors), parameters, np.random.default_rng((seed, i, n, errors)))
                rows.append([score(drawn, labels) for labels in (by_library(drawn), *(by_way(drawn, way) for way in WAYS.values()))])
            means = np.mean(np.array(rows), axis=0)
            print(f"{n:3} {_tags(errors):8}{studies:8}" + "".join(f"{a:16.3f}{b:6.3f}" for a, b in means), flush=True)


def _tags(errors: bool) -> str:
    return "errors" if errors else "true"
