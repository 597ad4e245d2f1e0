"""How predicted statements are scored against coded ones.

Tags: a predicted statement and a coded span *meet* when they share at least half the words of the shorter one and neither is
more than four times as long as the other. Within a tag they are matched greedily by overlap, each side at most twice.
Precision is over predicted (statement, tag) pairs, recall over coded ones. Dimension, stage and phase: accuracy and macro F1
where tags met (a coded stage `none` is left out). Themes: B-cubed F1 (Amigó et al. 2009) over all coded spans with a
planted theme, a span that was not found being alone. Pathways: adjusted Rand index (Hubert & Arabie 1985).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import comb
from statistics import median

from pydantic import BaseModel, ConfigDict

from jtbd_nlp.schema import DIMENSIONED, TAGS, Pathway, Statement
from jtbd_nlp.training.gold import Gold, GoldSpan, words

ATTRIBUTES = ("dimension", "stage", "phase")


@dataclass(frozen=True, slots=True)
class Placed:
    """A predicted statement as words [first, last) of the gold text; -1 where its words are not there."""

    first: int
    last: int
    statement: Statement


@dataclass(frozen=True)
class Scored:
    """One interview: what people coded beside what was predicted."""

    gold: Gold
    placed: tuple[Placed, ...]


@dataclass(frozen=True)
class Matching:
    """Matched coded spans, matched predictions, and each matched span's best prediction (all indices)."""

    spans: frozenset[int]
    predictions: frozenset[int]
    best: Mapping[int, int]


class TagScore(BaseModel):
    """One tag's figures; `gold` and `predicted` are counts."""

    model_config = ConfigDict(frozen=True)
    precision: float
    recall: float
    f1: float
    gold: int
    predicted: int


class OwnScores(BaseModel):
    """Figures of the user's own labels: one score a label, and all of them pooled."""

    model_config = ConfigDict(frozen=True)
    labels: dict[str, TagScore]
    micro_precision: float
    micro_recall: float
    micro_f1: float


class TagScores(BaseModel):
    """Figures of a tagger. Attributes are None where nothing met; `length_ratio` is the median length of predicted over coded statements."""

    model_config = ConfigDict(frozen=True)
    tags: dict[str, TagScore]
    micro_precision: float
    micro_recall: float
    micro_f1: float
    macro_f1: float
    forces_outcome_macro_f1: float
    dimension_accuracy: float | None
    stage_accuracy: float | None
    phase_accuracy: float | None
    dimension_macro_f1: float | None
    stage_macro_f1: float | None
    phase_macro_f1: float | None
    length_ratio: float | None
    not_in_transcript: int


def place(gold: Gold, statements: Sequence[Statement], *, same_text: bool = True) -> Scored:
    """Find predicted statements in the gold text: by offset where the run's canonical text is the gold text, else by their words, in order."""
    index = words(gold.text)
    text = [w.text for w in index]
    where: dict[str, list[int]] = defaultdict(list)
    for i, word in enumerate(text):
        where[word].append(i)
    out: list[Placed] = []
    last = 0
    for s in statements:
        quote = [w.text for w in words(s.text)]
        if not quote:
            continue
        if same_text and gold.text[s.start : s.end] == s.text:
            inside = [i for i, w in enumerate(index) if w.start >= s.start and w.end <= s.end]
            out.append(Placed(inside[0], inside[-1] + 1, s) if inside else Placed(-1, -1, s))
            continue
        hits = [i for i in where.get(quote[0], ()) if text[i : i + len(quote)] == quote]
        at = next((i for i in hits if i >= last), hits[0] if hits else -1)
        last = max(at, 0) or last
        out.append(Placed(at, at + len(quote), s) if hits else Placed(-1, -1, s))
    return Scored(gold, tuple(out))


def shared_words(a_first: int, a_last: int, b_first: int, b_last: int) -> int:
    """Shared words of two ranges, or 0 where they do not meet."""
    if a_first < 0 or b_first < 0:
        return 0
    a, b = a_last - a_first, b_last - b_first
    shared = min(a_last, b_last) - max(a_first, b_first)
    return shared if shared * 2 >= min(a, b) > 0 and max(a, b) <= 4 * min(a, b) else 0


def match(spans: Sequence[GoldSpan], predictions: Sequence[Placed]) -> Matching:
    """Greedy matching of coded spans and predictions of one tag, each side at most twice."""
    pairs = sorted(
        (
            (shared_words(s.first, s.last, p.first, p.last), i, j)
            for i, s in enumerate(spans)
            for j, p in enumerate(predictions)
            if p.first < s.last and s.first < p.last
        ),
        key=lambda x: (-x[0], x[1], x[2]),
    )
    used_s: Counter[int] = Counter()
    used_p: Counter[int] = Counter()
    best: dict[int, int] = {}
    for shared, i, j in pairs:
        if shared and used_s[i] < 2 and used_p[j] < 2:
            used_s[i] += 1
            used_p[j] += 1
            best.setdefault(i, j)
    return Matching(frozenset(used_s), frozenset(used_p), best)


def own_scores(items: Sequence[Scored]) -> OwnScores | None:
    """Figures of labels of one's own, each over the interviews whose coders used it; None where there are none."""
    names = sorted({label for item in items for label in item.gold.labels})
    per, total = {}, Counter[str]()
    for name in names:
        now = Counter[str]()
        for item in items:
            if name in item.gold.labels:
                g, p = [s for s in item.gold.spans if name in s.labels], [q for q in item.placed if name in q.statement.labels]
                m = match(g, p)
                now += Counter(coded=len(g), predicted=len(p), found=len(m.spans), hits=len(m.predictions))
        per[name] = _score(now)
        total += now
    if not names:
        return None
    every = _score(total)
    return OwnScores(labels=per, micro_precision=every.precision, micro_recall=every.recall, micro_f1=every.f1)


def _score(n: Counter[str]) -> TagScore:
    precision, recall = n["hits"] / max(1, n["predicted"]), n["found"] / max(1, n["coded"])
    return TagScore(precision=precision, recall=recall, f1=_f1(precision, recall), gold=n["coded"], predicted=n["predicted"])


def tag_scores(items: Sequence[Scored]) -> TagScores:
    """Figures over a set of interviews; those whose coders did not use the codebook's tags say nothing of them."""
    items = [item for item in items if item.gold.tagged]
    predicted: Counter[str] = Counter()
    coded: Counter[str] = Counter()
    hit_p: Counter[str] = Counter()
    hit_g: Counter[str] = Counter()
    attributes: dict[str, list[tuple[str, str | None]]] = {k: [] for k in ATTRIBUTES}
    for item in items:
        seen: set[tuple[int, int]] = set()
        for tag in TAGS:
            g = [s for s in item.gold.spans if tag in s.tags]
            p = [q for q in item.placed if tag in q.statement.tags]
            m = match(g, p)
            coded[tag] += len(g)
            predicted[tag] += len(p)
            hit_g[tag] += len(m.spans)
            hit_p[tag] += len(m.predictions)
            for i, j in m.best.items():
                if (g[i].first, g[i].last) in seen:
                    continue
                seen.add((g[i].first, g[i].last))
                for name in ATTRIBUTES:
                    want = getattr(g[i], name)
                    if want and (name != "stage" or want != "none"):
                        attributes[name].append((want, getattr(p[j].statement, name)))
    per = {}
    for tag in TAGS:
        precision = hit_p[tag] / predicted[tag] if predicted[tag] else 0.0
        recall = hit_g[tag] / coded[tag] if coded[tag] else 0.0
        per[tag] = TagScore(precision=precision, recall=recall, f1=_f1(precision, recall), gold=coded[tag], predicted=predicted[tag])
    precision, recall = sum(hit_p.values()) / max(1, sum(predicted.values())), sum(hit_g.values()) / max(1, sum(coded.values()))
    forces = [per[t].f1 for t in DIMENSIONED if per[t].gold]
    every = [v.f1 for v in per.values() if v.gold]
    long_p = [q.last - q.first for item in items for q in item.placed if q.first >= 0 and q.statement.tags]
    long_g = [s.last - s.first for item in items for s in item.gold.spans]
    accuracy = {f"{k}_accuracy": sum(a == b for a, b in v) / len(v) if v else None for k, v in attributes.items()}
    macro = {f"{k}_macro_f1": _macro(v) if v else None for k, v in attributes.items()}
    return TagScores.model_validate(
        {
            "tags": per,
            "micro_precision": precision,
            "micro_recall": recall,
            "micro_f1": _f1(precision, recall),
            "macro_f1": sum(every) / max(1, len(every)),
            "forces_outcome_macro_f1": sum(forces) / max(1, len(forces)),
            **accuracy,
            **macro,
            "length_ratio": median(long_p) / median(long_g) if long_p and long_g else None,
            "not_in_transcript": sum(q.first < 0 for item in items for q in item.placed),
        }
    )


def _f1(p: float, r: float) -> float:
    return 2 * p * r / (p + r) if p + r else 0.0


def _macro(pairs: Sequence[tuple[str, str | None]]) -> float:
    scores = []
    for label in sorted({a for a, _ in pairs}):
        hit = sum(a == b == label for a, b in pairs)
        scores.append(2 * hit / (sum(a == label for a, _ in pairs) + sum(b == label for _, b in pairs)))
    return sum(scores) / len(scores)


class ThemeScore(BaseModel):
    """Themes of one tag: B-cubed F1 over `n` coded spans, themes planted and found."""

    model_config = ConfigDict(frozen=True)
    b_cubed_f1: float
    n: int
    planted: int
    found: int


class MarketScores(BaseModel):
    """Themes and pathways of one market; `pathways` counts planted and found ones."""

    model_config = ConfigDict(frozen=True)
    themes: dict[str, ThemeScore]
    themes_mean: float
    pathway_ari: float
    pathways: tuple[int, int]


def b_cubed(gold: Sequence[Hashable], found: Sequence[Hashable]) -> float:
    """B-cubed F1 of two clusterings of the same items."""
    by_g, by_p, both = Counter(gold), Counter(found), Counter(zip(gold, found, strict=True))
    n = max(1, len(gold))
    p = sum(both[g, q] / by_p[q] for g, q in zip(gold, found, strict=True)) / n
    r = sum(both[g, q] / by_g[g] for g, q in zip(gold, found, strict=True)) / n
    return _f1(p, r)


def adjusted_rand(a: Sequence[Hashable], b: Sequence[Hashable]) -> float:
    """Adjusted Rand index of two partitions of the same items."""
    index = sum(comb(v, 2) for v in Counter(zip(a, b, strict=True)).values())
    sa, sb = (sum(comb(v, 2) for v in Counter(x).values()) for x in (a, b))
    expected, top = sa * sb / max(1, comb(len(a), 2)), (sa + sb) / 2
    return (index - expected) / (top - expected) if top != expected else 1.0


def market_scores(items: Sequence[Scored], pathways: Sequence[Pathway]) -> MarketScores:
    """Themes within each tag, and pathways over the stories of one market."""
    themes: dict[str, ThemeScore] = {}
    for tag in DIMENSIONED:
        planted: list[Hashable] = []
        found: list[Hashable] = []
        for item in items:
            spans = [s for s in item.gold.spans if tag in s.tags and s.theme]
            predictions = [q for q in item.placed if tag in q.statement.tags]
            best = match(spans, predictions).best
            for i, s in enumerate(spans):
                theme = predictions[best[i]].statement.themes.get(tag) if i in best else None
                planted.append(s.theme)
                found.append(theme if theme is not None else ("alone", item.gold.name, s.first))
        if planted:
            named = len({x for x in found if not isinstance(x, tuple)})
            themes[tag] = ThemeScore(b_cubed_f1=b_cubed(planted, found), n=len(planted), planted=len(set(planted)), found=named)
    group = {story: p.id for p in pathways for story in p.stories}
    return MarketScores(
        themes=themes,
        themes_mean=sum(v.b_cubed_f1 * v.n for v in themes.values()) / max(1, sum(v.n for v in themes.values())),
        pathway_ari=adjusted_rand([i.gold.story["pathway"] for i in items], [group.get(i.gold.name, i.gold.name) for i in items]),
        pathways=(len({i.gold.story["pathway"] for i in items}), len(pathways)),
    )
