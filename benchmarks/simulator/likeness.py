"""Are drawn studies like coded ones? The same figures of both."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.simulator.coded import scatter_of
from benchmarks.simulator.draw import Design, draw
from benchmarks.simulator.parameters import Parameters
from benchmarks.simulator.rivals import rand_of
from benchmarks.simulator.tagged import tagged
from benchmarks.themes import read_study
from jtbd_nlp.cluster.linkage import cuts, ward_tree
from jtbd_nlp.cluster.study import Study, study_of
from jtbd_nlp.cluster.views import views_of

NAMES = ("same pathway, area under the curve", "adjusted Rand at four groups", "own part", "scatter of pairs x 1e5", "statements")


def figures(study: Study, path: Sequence[str]) -> list[float]:
    """Figures of one study, in the order of NAMES."""
    views = views_of(study, "pathway")
    similarity = views.similarity()
    pairs = np.triu_indices(len(path), 1)
    same = np.array([path[i] == path[j] for i, j in zip(*(p.tolist() for p in pairs), strict=True)])
    likeness = similarity[pairs]
    above = likeness[same][:, None] - likeness[~same][None, :]
    area = float((above > 0).mean() + (above == 0).mean() / 2)
    code = {name: i for i, name in enumerate(sorted(set(path)))}
    rand = rand_of(cuts(ward_tree(similarity), [4])[0], tuple(code[name] for name in path))
    return [area, rand, views.story_part().effect, 1e5 * float(scatter_of(study, np.array(path))[0]), len(study.vectors) / len(path)]


def check(parameters: Parameters, folders: Sequence[Path], studies: int, seed: int) -> None:
    """Print the means of the figures over coded markets and over drawn studies; with the tagger's statements, beside each market."""
    print(f"{'':24}" + "".join(f"{name:>38}" for name in NAMES))

    def line(name: str, rows: list[list[float]]) -> None:
        print(f"{name:24}" + "".join(f"{value:38.3f}" for value in np.mean(rows, axis=0)), flush=True)

    def drawn(errors: bool) -> list[list[float]]:
        rows = []
        for i in range(studies):
            made = draw(Design(n=12, k=4, errors=errors), parameters, np.random.default_rng((seed, i, errors)))
            rows.append(figures(made.study, [str(g) for g in made.planted]))
        return rows

    coded = []
    for folder in folders:
        market = read_study(folder)
        study = study_of(market.statements, market.embeddings)
        coded.append(figures(study, [market.pathways[name] for name in study.stories]))
    if coded:
        line(f"{len(coded)} coded markets", coded)
    line("drawn, true tags", drawn(False))
    for folder in folders[-1:]:
        done = tagged(folder)
        study = study_of(done.statements, done.embeddings)
        line(f"{folder.name}, tagged", [figures(study, [done.market.pathways[name] for name in study.stories])])
    line("drawn, with errors", drawn(True))
