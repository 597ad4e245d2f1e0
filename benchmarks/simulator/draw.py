"""Draws a study: statements with tags, stages, themes and vectors, and the pathway of each story."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.simulator.parameters import Coded, Errors, Parameters
from jtbd_nlp.cluster.study import Study
from jtbd_nlp.cluster.units import unit_rows
from jtbd_nlp.schema import TAGS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Drawn:
    """A study, what was planted (the pathway of each story), and the true theme of each of its statements (-1: nobody coded it)."""

    study: Study
    planted: tuple[int, ...]
    theme: Ints


@dataclass(frozen=True)
class Design:
    """n stories in k pathways (1: no structure). `own_part`: stories have a part of their own; `errors`: the tagger's are put on top."""

    n: int
    k: int
    own_part: bool = True
    errors: bool = False


@dataclass(frozen=True, eq=False)
class Said:
    """Statements of a study before a tagger has seen them; all of n_statements rows. `around`: what a vector has of its story and place."""

    story: Ints
    tag: Ints
    stage: Ints
    theme: Ints
    vectors: Floats
    around: Floats


def draw(design: Design, parameters: Parameters, rng: np.random.Generator) -> Drawn:
    """One study. The part that is a story's own is of one of the markets, drawn at random."""
    group = rng.permutation(np.arange(design.n) % design.k)
    said = _say(design, group, parameters.coded, rng)
    if design.errors:
        said = _mistaken(said, parameters.tagger, rng)
    vectors = said.vectors.copy()
    for tag in np.unique(said.tag):
        vectors[said.tag == tag] -= vectors[said.tag == tag].mean(axis=0)
    stories, rows = np.unique(said.story, return_inverse=True)
    study = Study((), tuple(f"s{i:03}" for i in stories), rows, said.tag, said.stage, unit_rows(vectors), np.eye(vectors.shape[1]))
    return Drawn(study, tuple(int(g) for g in group[stories]), said.theme)


def _part(rng: np.random.Generator, variance: float, rows: int, width: int, directions: float | None = None) -> Floats:
    """Random vectors of a variance, along a few directions of their own where `directions` is given."""
    d = width if directions is None else int(np.clip(round(directions), 1, width))
    made: Floats = rng.normal(size=(rows, d)) * np.sqrt(max(0.0, variance) / d)
    return made if directions is None else made @ np.linalg.qr(rng.normal(size=(width, d)))[0].T


def _say(design: Design, group: Ints, p: Coded, rng: np.random.Generator) -> Said:
    width, themes, grouped = round(p.directions), round(p.themes), design.k > 1
    market = int(rng.integers(len(p.story)))
    own = p.story[market] if design.own_part else 0.0
    routed = p.pathway if grouped else 0.0
    sizes = np.maximum(6, np.round(rng.normal(p.statements_mean, p.statements_sd, size=design.n))).astype(np.int64)
    story = np.repeat(np.arange(design.n), sizes)
    order = np.concatenate([np.arange(size) for size in sizes])
    places = np.unique(story * 1_000 + order // 2, return_inverse=True)[1]
    m = len(story)
    tag, stage, theme = (
        rng.choice(len(s), p=np.array(s) / sum(s), size=m).astype(np.int64) for s in (p.tags, p.stages, p.rank_shares[:themes])
    )
    if grouped:
        mine = np.argsort(rng.random((design.k, len(TAGS), themes)), axis=2)[:, :, : max(1, round(p.own_themes))]
        planted = mine[group[story], tag, rng.integers(mine.shape[2], size=m)]
        theme = np.where(rng.random(m) < p.own, planted, theme)
    around = _part(rng, own, design.n, width, p.story_directions[market])[story]
    around = around + _part(rng, p.place, int(places.max()) + 1, width)[places]
    vectors = around + _part(rng, p.theme, len(TAGS) * themes, width)[tag * themes + theme]
    if grouped:
        vectors = vectors + _part(rng, routed, design.k, width, p.pathway_directions)[group[story]]
    vectors = vectors + _part(rng, 1.0 - p.theme - routed - p.place - own, m, width)
    return Said(story, tag, stage, theme, vectors, around)


def _mistaken(said: Said, e: Errors, rng: np.random.Generator) -> Said:
    """Statements that the tagger finds, under the tag and stage that it gives them, and those that it makes of what nobody coded."""
    m, width = said.vectors.shape
    tag = _pick(np.array(e.found)[said.tag], rng)
    stage = _pick(np.array(e.stages)[said.stage], rng)
    kept = np.flatnonzero(tag < len(TAGS))
    false = np.sort(rng.integers(m, size=rng.poisson(e.false * m)))
    spare = max(0.0, 1.0 - float((said.around**2).sum(axis=1).mean()))
    order = np.argsort(np.concatenate([kept, false]), kind="stable")
    joined = (
        np.concatenate([said.story[kept], said.story[false]]),
        np.concatenate([tag[kept], _pick(np.tile(e.false_tags, (len(false), 1)), rng)]),
        np.concatenate([stage[kept], said.stage[false]]),
        np.concatenate([said.theme[kept], np.full(len(false), -1)]),
    )
    story, tag, stage, theme = (column[order] for column in joined)
    vectors = np.concatenate([said.vectors[kept], said.around[false] + _part(rng, spare, len(false), width)])[order]
    around = np.concatenate([said.around[kept], said.around[false]])[order]
    return Said(story, tag, stage, theme, vectors, around)


def _pick(chances: Floats, rng: np.random.Generator) -> Ints:
    """One column a row, by the chances of the row."""
    edges = np.cumsum(chances, axis=1)
    picked: Ints = (rng.random(len(chances))[:, None] * edges[:, -1:] > edges).sum(axis=1)
    last: Ints = np.minimum(picked, chances.shape[1] - 1)
    return last
