"""What the shipped tagger makes of a coded market."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.simulator.parameters import Errors
from benchmarks.themes import Study as Market, read_study
from jtbd_nlp import load
from jtbd_nlp.cluster import cluster_statements
from jtbd_nlp.config import Config
from jtbd_nlp.pipeline import Pipeline
from jtbd_nlp.schema import STAGES, TAGS, Statement, Tag
from jtbd_nlp.schema.arrays import Embeddings
from jtbd_nlp.training.gold import Gold, GoldSpan
from jtbd_nlp.training.scoring import place, shared_words, tag_scores


@dataclass(frozen=True)
class Tagged:
    """The tagger's statements of a market with their vectors, and the coded span that each meets (story and first word), if any."""

    market: Market
    statements: tuple[Statement, ...]
    embeddings: Embeddings
    meets: dict[str, tuple[str, int]]


@cache
def _pipeline() -> Pipeline:
    return load()


@cache
def tagged(folder: Path) -> Tagged:
    """Tag a market's stories with the shipped tagger."""
    market = read_study(folder)
    statements = tuple(s for t in market.transcripts for s in _pipeline().tag(t))
    meets = {}
    for gold in market.gold:
        for placed in place(gold, [s for s in statements if s.transcript == gold.name]).placed:
            best = max(gold.spans, key=lambda s: shared_words(s.first, s.last, placed.first, placed.last), default=None)
            if best is not None and shared_words(best.first, best.last, placed.first, placed.last):
                meets[placed.statement.id] = (gold.name, best.first)
    return Tagged(market, statements, _pipeline().embed(statements, market.transcripts), meets)


def _first(tags: Sequence[Tag] | frozenset[Tag] | dict[Tag, float]) -> int:
    return next(i for i, tag in enumerate(TAGS) if tag in tags)


def errors(folder: Path) -> Errors:
    """The tagger's errors on one market."""
    done = tagged(folder)
    spans = {(g.name, s.first): s for g in done.market.gold for s in g.spans}
    by_span: dict[tuple[str, int], list[Statement]] = defaultdict(list)
    for s in done.statements:
        if s.id in done.meets:
            by_span[done.meets[s.id]].append(s)
    found, stages = np.zeros((len(TAGS), len(TAGS) + 1)), np.zeros((len(STAGES), len(STAGES)))
    for key, span in spans.items():
        met = by_span.get(key)
        found[_first(span.tags), _kept(span, met) if met else len(TAGS)] += 1
        if met:
            stages[STAGES.index(span.stage or "none"), STAGES.index(met[0].stage or "none")] += 1
    false = [s for s in done.statements if s.id not in done.meets]
    wrong = Counter(_first(s.tags) for s in false)
    scores = tag_scores([place(g, [s for s in done.statements if s.transcript == g.name]) for g in done.market.gold])
    coded = {s.id: s.id for s in done.market.statements}
    return Errors(
        found=_shares(found),
        stages=_shares(stages),
        false=len(false) / len(spans),
        false_tags=tuple(wrong[i] / max(1, len(false)) for i in range(len(TAGS))),
        recall=scores.micro_recall,
        precision=scores.micro_precision,
        right_theme=_right(done.statements, done.embeddings, _planted(done)),
        right_theme_coded=_right(
            done.market.statements, done.market.embeddings, {i: done.market.planted[i] for i in coded if i in done.market.planted}
        ),
    )


def _kept(span: GoldSpan, met: Sequence[Statement]) -> int:
    """First tag of the statement that was found for a span, one with the span's own tag where there is one."""
    tags = [_first(s.tags) for s in met]
    return _first(span.tags) if _first(span.tags) in tags else tags[0]


def _shares(counts: NDArray[np.float64]) -> tuple[tuple[float, ...], ...]:
    """Rows that sum to 1; a row without counts stays on its diagonal."""
    empty = counts.sum(axis=1) == 0
    counts = np.where(empty[:, None], np.eye(*counts.shape), counts)
    return tuple(map(tuple, (counts / counts.sum(axis=1, keepdims=True)).tolist()))


def _planted(done: Tagged) -> dict[str, str]:
    golds: dict[str, Gold] = {g.name: g for g in done.market.gold}
    theme = {(name, s.first): s.theme for name, g in golds.items() for s in g.spans}
    return {i: planted for i, key in done.meets.items() if (planted := theme[key])}


def _right(statements: Sequence[Statement], embeddings: Embeddings, planted: dict[str, str]) -> float:
    """Share of statements with a planted theme that are in a theme of the library whose commonest planted theme is that one."""
    right: set[str] = set()
    for clustering in cluster_statements(statements, embeddings, Config().cluster):
        inside: dict[int, list[str]] = defaultdict(list)
        for name, label in zip(clustering.ids, clustering.labels, strict=True):
            if label >= 0 and name in planted:
                inside[label].append(name)
        for names in inside.values():
            counts = Counter(planted[name] for name in names)
            most = min(counts, key=lambda theme: (-counts[theme], theme))
            right.update(name for name in names if planted[name] == most)
    return len(right) / max(1, len(planted))
