"""Estimates from markets coded by people."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.simulator.parameters import Coded
from benchmarks.themes import Study as Market, read_study
from jtbd_nlp.cluster.study import Study, study_of
from jtbd_nlp.cluster.views import views_of
from jtbd_nlp.schema import DIMENSIONED, DIMENSIONS, STAGES, TAGS
from jtbd_nlp.training.gold import Gold


@dataclass(frozen=True)
class Parts:
    """Parts of the variance of one market's statements, and the scatter of the likeness of pairs of stories.

    Attributes:
        within: variance of the likeness of two stories inside a pair of pathways; between: of the mean likeness of pairs of pathways.
    """

    theme: float
    story: float
    pathway: float
    place: float
    within: float
    between: float


def estimate(folders: Sequence[Path]) -> Coded:
    """Means over markets; own parts of stories for each."""
    markets = [read_study(folder) for folder in folders]
    studies = [study_of(m.statements, m.embeddings) for m in markets]
    parts = [parts_of(m, s) for m, s in zip(markets, studies, strict=True)]
    counts = [_counts(m, f) for m, f in zip(markets, folders, strict=True)]
    sizes = [np.bincount(s.story) for s in studies]
    pathway, within, between = (float(np.mean([getattr(p, name) for p in parts])) for name in ("pathway", "within", "between"))
    group_pairs = 9.0  # stories of a pathway are three, so the mean of a pair of pathways is over nine pairs of stories
    return Coded(
        statements_mean=float(np.mean([n.mean() for n in sizes])),
        statements_sd=float(np.mean([n.std() for n in sizes])),
        tags=tuple(np.mean([np.bincount(s.tag, minlength=len(TAGS)) / len(s.tag) for s in studies], axis=0).tolist()),
        stages=tuple(np.mean([np.bincount(s.stage, minlength=len(STAGES)) / len(s.stage) for s in studies], axis=0).tolist()),
        themes=_mean([c.themes for c in counts]),
        themes_a_story=_mean([c.themes_a_story for c in counts]),
        own_themes=_mean([c.own_themes for c in counts]),
        own=_mean([c.own for c in counts]),
        rank_shares=tuple(np.mean([c.rank_shares for c in counts], axis=0).tolist()),
        theme=_mean([p.theme for p in parts]),
        pathway=pathway,
        place=_mean([p.place for p in parts]),
        directions=_mean([_directions(s.vectors) for s in studies]),
        pathway_directions=pathway**2 / max(between - within / group_pairs, 1e-9),
        story=tuple(p.story for p in parts),
        story_directions=tuple(p.story**2 / p.within for p in parts),
        dimensions=tuple(np.mean([_dimension_shares(m.gold) for m in markets], axis=0).tolist()),
        theme_dimension=theme_dimension([m.gold for m in markets]),
    )


def _dimension_shares(gold: Sequence[Gold]) -> list[float]:
    found = Counter(s.dimension for g in gold for s in g.spans if s.dimension and s.tags & set(DIMENSIONED))
    return [found[d] / found.total() for d in DIMENSIONS]


def theme_dimension(markets: Sequence[Sequence[Gold]]) -> float:
    """Two statements of one theme are of one dimension with chance q^2 + (1 - q^2) r, of two themes of one tag with chance r: q, all markets
    together."""
    same, count = np.zeros(2), np.zeros(2)
    for gold in markets:
        for tag in DIMENSIONED:
            spans = [s for g in gold for s in g.spans if tag in s.tags and s.theme and s.dimension]
            for a, b in combinations(spans, 2):
                apart = int(a.theme != b.theme)
                count[apart] += 1
                same[apart] += a.dimension == b.dimension
    inside, between = same / np.maximum(count, 1)
    return float(np.sqrt(max(0.0, inside - between) / max(1e-9, 1 - between)))


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values))


def _directions(vectors: NDArray[np.float64]) -> float:
    values = np.linalg.eigvalsh(vectors.T @ vectors)
    return float(values.sum() ** 2 / (values**2).sum())


@dataclass(frozen=True)
class Counts:
    """What is counted in one market; see `Coded`."""

    themes: float
    themes_a_story: float
    own_themes: float
    own: float
    rank_shares: tuple[float, ...]


def _counts(market: Market, folder: Path) -> Counts:
    meta = json.loads((folder / "market.json").read_text(encoding="utf-8"))
    planted = market.planted
    own_of = {name: set(p["themes"]) for name, p in meta["pathways"].items()}
    tag_of = {name: t["tag"] for name, t in meta["themes"].items()}
    themed = [(s.transcript, planted[s.id]) for s in market.statements if s.id in planted]
    ranks = [
        sorted(Counter(planted[s.id] for s in market.statements if s.id in planted and t in s.tags).values(), reverse=True)
        for t in DIMENSIONED
    ]
    per_tag = Counter(tag_of.values())
    return Counts(
        themes=_mean([per_tag[t] for t in DIMENSIONED]),
        themes_a_story=len(set(themed)) / len(market.pathways),
        own_themes=_mean([sum(tag_of.get(x) == t for x in own) for own in own_of.values() for t in DIMENSIONED]),
        own=_mean([theme in own_of[market.pathways[story]] for story, theme in themed]),
        rank_shares=tuple(np.mean([np.pad(np.array(r) / sum(r), (0, 10))[:8] for r in ranks if r], axis=0).tolist()),
    )


def parts_of(market: Market, study: Study) -> Parts:
    """Parts of the variance from mean inner products of pairs that share one thing more than others do."""
    upper = np.triu_indices(len(study.story), 1)
    products = (study.vectors @ study.vectors.T)[upper]

    def equal(values: NDArray[np.generic]) -> NDArray[np.bool_]:
        made: NDArray[np.bool_] = (values[:, None] == values[None, :])[upper]
        return made

    def mean(where: NDArray[np.bool_]) -> float:
        return float(products[where].mean())

    turn = np.array([s.turn for s in study.statements])
    near = (np.abs(turn[:, None] - turn[None, :]) <= 1)[upper]
    path = np.array([market.pathways[s.transcript] for s in study.statements])
    planted = market.planted
    theme = np.array([planted.get(s.id, f"none {i}") for i, s in enumerate(study.statements)])
    same_story, same_tag, same_path, same_theme = equal(study.story), equal(study.tag), equal(path), equal(theme)
    elsewhere = ~same_story
    within, between = scatter_of(study, np.array([market.pathways[name] for name in study.stories])).tolist()
    return Parts(
        theme=mean(elsewhere & same_theme) - mean(elsewhere & same_tag & ~same_theme & same_path),
        story=mean(same_story & ~near & ~same_tag) - mean(elsewhere & same_path & ~same_tag),
        pathway=mean(elsewhere & same_path & ~same_tag) - mean(elsewhere & ~same_path & ~same_tag),
        place=mean(same_story & near) - mean(same_story & ~near),
        within=within,
        between=between,
    )


def scatter_of(study: Study, path: NDArray[np.str_]) -> NDArray[np.float64]:
    """Variance of the likeness of stories on different pathways: inside pairs of pathways, and of the means of these pairs.

    Likeness is the mean inner product of statements under different tags. Statements are noise in it, so each variance is the covariance
    over two halves of the tags, averaged over all ways to halve them.
    """
    views = views_of(study, "pathway")
    sums, counts = views.sums.sum(axis=1), views.counts.sum(axis=1)
    one, two = np.triu_indices(len(path), 1)
    code = np.unique(path, return_inverse=True)[1]
    pair = np.minimum(code[one], code[two]) * 100 + np.maximum(code[one], code[two])
    apart = code[one] != code[two]

    def likeness(blocks: list[int]) -> NDArray[np.float64]:
        s, c = sums[blocks], counts[blocks]
        total = s.sum(axis=0) @ s.sum(axis=0).T - np.einsum("bnw,bmw->nm", s, s)
        pairs = np.outer(c.sum(axis=0), c.sum(axis=0)) - c.T @ c
        made: NDArray[np.float64] = (total / np.maximum(pairs, 1.0))[one, two][apart]
        return made

    kinds = [pair[apart] == kind for kind in np.unique(pair[apart])]
    found = []
    for rest in combinations(range(1, len(sums)), len(sums) // 2 - 1):
        half = [0, *rest]
        a, b = likeness(half), likeness([i for i in range(len(sums)) if i not in half])
        means = np.array([[a[k].mean(), b[k].mean()] for k in kinds])
        inside = sum(((a[k] - a[k].mean()) * (b[k] - b[k].mean())).sum() for k in kinds) / (len(a) - len(kinds))
        found.append((inside, np.cov(means.T)[0, 1]))
    return np.mean(found, axis=0)  # type: ignore[no-any-return]
