"""Draws a study: statements with tags, stages, themes and vectors, and the pathway or job of each story."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.simulator.parameters import Coded, Errors, Parameters
from jtbd_nlp.cluster.study import Study
from jtbd_nlp.cluster.units import unit_rows
from jtbd_nlp.schema import DIMENSIONED, DIMENSIONS, TAGS
from jtbd_nlp.schema.job import GroupKind

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
#: what people after the same job share: what they want and the circumstance they want it in
WISHES = ("pull", "outcome", "context")


@dataclass(frozen=True, eq=False)
class Drawn:
    """A study and what was planted.

    Attributes:
        planted: pathway (or job) of each story; theme: true theme of each statement of the study (-1: nobody coded it).
        true_tag, true_theme: of each statement that a coder would have, found or not; source: the one of these that a statement is, or -1.
        dimension: index of DIMENSIONS, -1 where the tag has none.

    Shape:
        vectors: (n_statements, width), as an embedder gives them; the rest n_statements, but for `true_tag` and `true_theme`.
    """

    study: Study
    planted: tuple[int, ...]
    theme: Ints
    true_tag: Ints
    true_theme: Ints
    source: Ints
    dimension: Ints
    vectors: Floats


@dataclass(frozen=True)
class Design:
    """n stories in k groups (1: no structure). `own_part`: stories have a part of their own; `errors`: the tagger's are put on top; `kind`:
    groups are pathways, heard in all that a story says, or jobs, heard in WISHES alone, there as strongly as pathways are."""

    n: int
    k: int
    own_part: bool = True
    errors: bool = False
    kind: GroupKind = "pathway"


@dataclass(frozen=True, eq=False)
class Said:
    """Statements of a study; all of n_statements rows. `around`: what a vector has of its story and place; `source`: see `Drawn`."""

    story: Ints
    tag: Ints
    stage: Ints
    turn: Ints
    theme: Ints
    vectors: Floats
    around: Floats
    source: Ints


def draw(design: Design, parameters: Parameters, rng: np.random.Generator) -> Drawn:
    """One study. The part that is a story's own is of one of the markets, drawn at random."""
    group = rng.permutation(np.arange(design.n) % design.k)
    true = said = _say(design, group, parameters.coded, rng)
    if design.errors:
        said = _mistaken(true, parameters.tagger, rng)
    vectors = said.vectors.copy()
    for tag in np.unique(said.tag):
        vectors[said.tag == tag] -= vectors[said.tag == tag].mean(axis=0)
    stories, rows = np.unique(said.story, return_inverse=True)
    study = Study(
        (), tuple(f"s{i:03}" for i in stories), rows, said.tag, said.stage, said.turn, unit_rows(vectors), np.eye(vectors.shape[1])
    )
    return Drawn(
        study=study,
        planted=tuple(int(g) for g in group[stories]),
        theme=said.theme,
        true_tag=true.tag,
        true_theme=true.theme,
        source=said.source,
        dimension=_dimensions(said, parameters.coded, rng.spawn(1)[0]),
        vectors=said.vectors,
    )


def _dimensions(said: Said, p: Coded, rng: np.random.Generator) -> Ints:
    """A dimension for each theme, and for each statement mostly that of its theme."""
    shares = np.array(p.dimensions) / sum(p.dimensions)
    of_theme = rng.choice(len(DIMENSIONS), p=shares, size=int(said.theme.max(initial=0)) + 1)
    any_one = rng.choice(len(DIMENSIONS), p=shares, size=len(said.tag))
    typical = (rng.random(len(said.tag)) < p.theme_dimension) & (said.theme >= 0)
    has = np.isin(said.tag, [TAGS.index(tag) for tag in DIMENSIONED])
    made: Ints = np.where(has, np.where(typical, of_theme[said.theme], any_one), -1)
    return made


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
    routed_rows = np.isin(tag, [TAGS.index(t) for t in WISHES]) if design.kind == "job" else np.ones(m, dtype=bool)
    if grouped:
        mine = np.argsort(rng.random((design.k, len(TAGS), themes)), axis=2)[:, :, : max(1, round(p.own_themes))]
        planted = mine[group[story], tag, rng.integers(mine.shape[2], size=m)]
        theme = np.where((rng.random(m) < p.own) & routed_rows, planted, theme)
    around = _part(rng, own, design.n, width, p.story_directions[market])[story]
    around = around + _part(rng, p.place, int(places.max()) + 1, width)[places]
    vectors = around + _part(rng, p.theme, len(TAGS) * themes, width)[tag * themes + theme]
    if grouped:
        vectors = vectors + _part(rng, routed, design.k, width, p.pathway_directions)[group[story]] * routed_rows[:, None]
    rest = 1.0 - p.theme - routed * routed_rows - p.place - own
    vectors = vectors + _part(rng, 1.0, m, width) * np.sqrt(np.maximum(0.0, rest))[:, None]
    return Said(story, tag, stage, places, tag * themes + theme, vectors, around, np.arange(m))


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
        np.concatenate([said.turn[kept], said.turn[false]]),
        np.concatenate([said.theme[kept], np.full(len(false), -1)]),
        np.concatenate([kept, np.full(len(false), -1)]),
    )
    story, tag, stage, turn, theme, source = (column[order] for column in joined)
    vectors = np.concatenate([said.vectors[kept], said.around[false] + _part(rng, spare, len(false), width)])[order]
    around = np.concatenate([said.around[kept], said.around[false]])[order]
    return Said(story, tag, stage, turn, theme, vectors, around, source)


def _pick(chances: Floats, rng: np.random.Generator) -> Ints:
    """One column a row, by the chances of the row."""
    edges = np.cumsum(chances, axis=1)
    picked: Ints = (rng.random(len(chances))[:, None] * edges[:, -1:] > edges).sum(axis=1)
    last: Ints = np.minimum(picked, chances.shape[1] - 1)
    return last
