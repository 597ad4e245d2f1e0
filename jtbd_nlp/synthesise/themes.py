"""Themes: clusters of statements with a title from their own words, exemplars, support."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jtbd_nlp.config import SynthesiseConfig
from jtbd_nlp.schema import DIMENSIONS, STAGES, Dimension, Quoter, Stage, Statement, Support, Tag, Theme, Transcript, theme_id
from jtbd_nlp.schema.arrays import Clustering, Embeddings
from jtbd_nlp.synthesise.headings import Near, heading, led, surest
from jtbd_nlp.synthesise.phrases import sentence_case
from jtbd_nlp.synthesise.syntax import Parse
from jtbd_nlp.synthesise.titles import Weighted
from jtbd_nlp.synthesise.words import Rarity


@dataclass(frozen=True)
class ThemeSet:
    """Themes sorted by id; per tag, ids of clustered tags' statements in no theme; all statements, with `themes` filled, in the order of the
    result: by transcript, start, end."""

    themes: tuple[Theme, ...]
    unclustered: Mapping[Tag, tuple[str, ...]]
    statements: tuple[Statement, ...]


def make_themes(
    statements: Sequence[Statement],
    clusterings: Sequence[Clustering],
    embeddings: Embeddings,
    transcripts: Sequence[Transcript],
    parse: Parse,
    config: SynthesiseConfig,
) -> ThemeSet:
    """Themes of all clusterings (one a tag). Nothing depends on the order of any argument.

    Raises:
        SchemaError: a clustered statement has no vector.
    """
    by_id = {s.id: s for s in statements}
    quoter = Quoter.over(tuple(transcripts))
    rarity = Rarity(statements, parse)
    themes: list[Theme] = []
    unclustered: dict[Tag, tuple[str, ...]] = {}
    where: dict[str, dict[Tag, str]] = defaultdict(dict)
    for clustering in sorted(clusterings, key=lambda c: c.tag):
        members: dict[int, list[str]] = defaultdict(list)
        for statement, label in zip(clustering.ids, clustering.labels, strict=True):
            members[label].append(statement)
        unclustered[clustering.tag] = tuple(sorted(members.pop(-1, [])))
        for label, ids in sorted(members.items()):
            ranked = _ranked([by_id[i] for i in ids], embeddings)
            stability = clustering.stabilities[label] if label < len(clustering.stabilities) else None
            theme = _theme(clustering.tag, ranked, len(transcripts), stability, quoter, parse, rarity, embeddings, config)
            themes.append(theme)
            for i in ids:
                where[i][clustering.tag] = theme.id
    filled = [s.model_copy(update={"themes": dict(sorted(where[s.id].items()))}) if s.id in where else s for s in statements]
    return ThemeSet(
        tuple(sorted(themes, key=lambda t: t.id)),
        dict(sorted(unclustered.items())),
        tuple(sorted(filled, key=lambda s: (s.transcript, s.start, s.end))),
    )


def _ranked(members: Sequence[Statement], embeddings: Embeddings) -> list[Weighted]:
    """Members by nearness to their mean, nearest first; ties by id."""
    import numpy as np

    ordered = sorted(members, key=lambda s: s.id)
    vectors = embeddings.rows(tuple(s.id for s in ordered)).astype(np.float64)
    mean = vectors.mean(axis=0)
    near = vectors @ mean / max(float(np.linalg.norm(mean)), 1e-12)
    weighted = [Weighted(s, round(float(c), 6)) for s, c in zip(ordered, near, strict=True)]
    return sorted(weighted, key=lambda w: (-w.centrality, w.statement.id))


def _theme(
    tag: Tag,
    ranked: Sequence[Weighted],
    n: int,
    stability: float | None,
    quoter: Quoter,
    parse: Parse,
    rarity: Rarity,
    embeddings: Embeddings,
    config: SynthesiseConfig,
) -> Theme:
    members = [w.statement for w in ranked]
    shown = heading(
        ranked, quoter, parse, rarity, config.max_title_words, tag, near=_near(members, embeddings), count_others=True
    ) or quoter.quoted(members[0])
    by_id = {s.id: s for s in members}
    named = [by_id[e.statement] for e in shown.evidence if e.statement is not None]
    ids = tuple(sorted(s.id for s in members))
    return Theme(
        id=theme_id(tag, ids),
        tag=tag,
        title=led(tag, sentence_case(" ".join(shown.text.split())), named),
        title_evidence=shown.evidence,
        statements=ids,
        exemplars=tuple(s.id for s in _exemplars(named, [*(w.statement for w in surest(ranked, tag)), *members], config.n_exemplars)),
        support=Support(k=len({s.transcript for s in members}), n=n),
        stability=stability,
        dimension=_commonest_dimension(members),
        stage=_commonest_stage(members),
    )


def _near(members: Sequence[Statement], embeddings: Embeddings) -> Near:
    """Nearness by the cosine of vectors; 0 where it is below."""
    import numpy as np

    rows = {s.id: place for place, s in enumerate(members)}
    vectors = embeddings.rows(tuple(rows)).astype(np.float64)

    def near(one: Statement, other: Statement) -> float:
        return round(min(1.0, max(0.0, float(vectors[rows[one.id]] @ vectors[rows[other.id]]))), 6)

    return near


def _exemplars(named: Sequence[Statement], members: Sequence[Statement], n: int) -> list[Statement]:
    """Those that the title names, then others up to `n`, from as many interviews as there are, no text twice."""
    chosen = list({s.text: s for s in named}.values())[:n]
    for fresh in (True, False):
        for statement in members:
            if len(chosen) >= n:
                break
            if any(c.text == statement.text for c in chosen) or (fresh and any(c.transcript == statement.transcript for c in chosen)):
                continue
            chosen.append(statement)
    return chosen


def _commonest_dimension(members: Sequence[Statement]) -> Dimension | None:
    counts = Counter(s.dimension for s in members)
    named: list[Dimension] = [d for d in DIMENSIONS if counts[d]]
    return min(named, key=lambda d: (-counts[d], DIMENSIONS.index(d)), default=None)


def _commonest_stage(members: Sequence[Statement]) -> Stage:
    counts: Counter[Stage] = Counter(s.stage for s in members if s.stage is not None and s.stage != "none")
    return min(counts, key=lambda s: (-counts[s], STAGES.index(s))) if counts else "none"
