"""Draws a study: statements with tags, stages, themes and vectors, and the pathway of each story."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.simulator.parameters import Parameters
from jtbd_nlp.cluster.study import Study
from jtbd_nlp.cluster.units import unit_rows
from jtbd_nlp.schema import TAGS


@dataclass(frozen=True)
class Drawn:
    """A study and what was planted: the pathway of each story."""

    study: Study
    planted: tuple[int, ...]


@dataclass(frozen=True)
class Design:
    """n stories in k pathways (1: no structure). `own_part`: stories have a part of their own; `errors`: the tagger's are put on top."""

    n: int
    k: int
    own_part: bool = True
    errors: bool = False


def draw(design: Design, p: Parameters, rng: np.random.Generator) -> Drawn:
    """One study."""
    width, n_themes = round(p.directions), round(p.themes)
    group = rng.permutation(np.arange(design.n) % design.k)

    def part(variance: float, *shape: int) -> NDArray[np.float64]:
        return rng.normal(size=(*shape, width)) * np.sqrt(max(0.0, variance) / width)

    themes, route = part(p.theme, len(TAGS), n_themes), part(p.pathway, design.k)
    own = part(p.story if design.own_part else 0.0, design.n)
    mine = [[rng.choice(n_themes, size=max(1, round(p.own_themes)), replace=False) for _ in TAGS] for _ in range(design.k)]
    chance = np.array(p.rank_shares[:n_themes]) / sum(p.rank_shares[:n_themes])
    rest = max(0.0, 1.0 - p.theme - p.pathway - p.place - (p.story if design.own_part else 0.0))
    rows: list[tuple[int, int, int]] = []
    vectors: list[NDArray[np.float64]] = []
    for story in range(design.n):
        m = max(6, round(rng.normal(p.statements_mean, p.statements_sd)))
        places = part(p.place, m)
        for at in range(m):
            tag = int(rng.choice(len(TAGS), p=np.array(p.tags) / sum(p.tags)))
            stage = int(rng.choice(len(p.stages), p=np.array(p.stages) / sum(p.stages)))
            grouped = design.k > 1 and rng.random() < p.own
            theme = int(rng.choice(mine[group[story]][tag])) if grouped else int(rng.choice(n_themes, p=chance))
            vector = themes[tag, theme] + own[story] + places[at // 2] + part(rest)
            vector = vector + (route[group[story]] if design.k > 1 else 0.0)
            if not design.errors:
                rows.append((story, tag, stage))
                vectors.append(vector)
                continue
            if rng.random() < p.recall:
                rows.append((story, tag, stage))
                vectors.append(vector)
            if rng.random() < p.recall * (1 / p.precision - 1):
                wrong = int(rng.choice(len(TAGS), p=np.array(p.tags) / sum(p.tags)))
                rows.append((story, wrong, stage))
                vectors.append(own[story] + places[at // 2] + part(rest + p.theme))
    story_at, tag_at, stage_at = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    matrix = np.array(vectors)
    for value in np.unique(tag_at):
        matrix[tag_at == value] -= matrix[tag_at == value].mean(axis=0)
    names = tuple(f"s{i:03}" for i in range(design.n))
    study = Study((), names, story_at, tag_at, stage_at, unit_rows(matrix), np.eye(width))
    return Drawn(study, tuple(int(g) for g in group))
