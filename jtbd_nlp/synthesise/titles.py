"""Titles made from members' own words: the clause that says best, and understandably alone, what statements have in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from jtbd_nlp.schema import Statement, Tag, content_id
from jtbd_nlp.synthesise.phrases import Phrase, sentences
from jtbd_nlp.synthesise.syntax import SUBJECTS, Parse, Syntax
from jtbd_nlp.synthesise.words import Rarity, content, lemmas

_POINTING: Final = frozenset("it that this he she they them him her there those these one such so here same".split())
_FEW: Final = 4
#: length of a title of two phrases over that of one, and how much worse than the first the second may be
_PAIR: Final = 1.6
_MARGIN: Final = 0.8
#: members that are read for the words that they share
MOST: Final = 200
#: words that make a clause sound like its tag (function words and verbs of the codebook's definitions)
_CUES: Final[Mapping[Tag, frozenset[str]]] = {
    "push": frozenset(
        "not n't never no nobody nothing too still only again wrong lost had without late hours every more less couldn't".split()
    ),
    "pull": frozenset("can could already now itself themselves without by first knows shows see like easy quick better minutes".split()),
    "anxiety": frozenset(
        "if afraid worry worried fear scared nervous might may risk wonder doubt sure trust would will 'll wo what lose expensive".split()
    ),
    "habit": frozenset("always every years never used same fine works still own since know knew only ever anyway".split()),
    "outcome": frozenset("want wanted like without know able nobody nothing that never be".split()),
}


@dataclass(frozen=True, slots=True)
class Weighted:
    """A statement and how typical it is of what is to be named, in [0, 1]."""

    statement: Statement
    centrality: float


def best_phrase(members: Sequence[Weighted], parse: Parse, rarity: Rarity, max_words: int, tag: Tag | None = None) -> Phrase | None:
    """The words, at most `max_words` of one member, that cover what the members share, sound like `tag` and can be read alone.

    Of more than `MOST` members the most typical ones are read.
    """
    ranked = _ranked(members, parse, rarity, max_words, tag)
    return ranked[0][1] if ranked else None


def title_phrases(members: Sequence[Weighted], parse: Parse, rarity: Rarity, max_words: int, tag: Tag | None = None) -> tuple[Phrase, ...]:
    """The best phrase, and where there is one nearly as good a second of another participant that says it in other words: two voices tell what
    members have in common where one would be that person's way of putting it. Together they are at most `_PAIR` times `max_words` long."""
    ranked = _ranked(members, parse, rarity, max_words, tag)
    if not ranked:
        return ()
    (best, first), *others = ranked
    words, room = lemmas(first.text, parse), _PAIR * max_words - len(first.text.split())
    for score, other in others:
        theirs = lemmas(other.text, parse)
        if score < best - _MARGIN:
            break
        fits = len(other.text.split()) <= room and other.statement.transcript != first.statement.transcript
        if fits and len(words & theirs) <= len(words | theirs) / 2:
            return (first, other)
    return (first,)


def _ranked(members: Sequence[Weighted], parse: Parse, rarity: Rarity, max_words: int, tag: Tag | None) -> list[tuple[float, Phrase]]:
    """All phrases that members offer, each with its score, best first."""
    if not members:
        return []
    if len(members) > MOST:
        members = sorted(members, key=lambda m: (-m.centrality, content_id("sample", (m.statement.id,))))[:MOST]
    shared = _shared([m.statement for m in members], parse, rarity)
    low, high = min(m.centrality for m in members), max(m.centrality for m in members)
    candidates = [
        (round(_score(p, parse, rarity, shared, (m.centrality - low) / (high - low) if high > low else 0.5, tag), 6), p)
        for m in members
        for p in sentences(m.statement, parse, max_words)
    ]
    return sorted(candidates, key=lambda c: (-c[0], c[1].text.lower(), c[1].statement.id, c[1].start))


def clarity(phrase: Phrase, parse: Parse) -> float:
    """How well a clause reads without its surroundings, about in [-2, 1]: names things instead of pointing at them, is whole, has a subject."""
    syntax = Syntax(parse(phrase.statement.text))
    span = range(phrase.first, phrase.last)
    score = 0.0
    named = sum(1 for i in span if content(syntax.tokens[i]) is not None)
    score += 0.2 * min(named, _FEW)
    score -= 0.22 * sum(
        1
        for i in span
        if syntax.lower(i) in _POINTING and syntax.tokens[i].pos in ("PRON", "DET", "ADV") and syntax.tokens[i].dep != "expl"
    )
    score -= 0.45 * sum(1 for i in span if syntax.tokens[i].pos == "PROPN" and syntax.tokens[i].text[:1].isupper())
    subject = next((c for c in syntax.children(phrase.verb, *SUBJECTS) if c in span), None) if phrase.verb is not None else None
    if subject is None:
        score -= 0.6
    elif syntax.lower(subject) in _POINTING:
        score -= 0.3
    verb = syntax.tokens[phrase.verb] if phrase.verb is not None else None
    if verb is not None and verb.dep in ("relcl", "acl"):
        score -= 0.4
    if verb is not None and verb.lemma in ("say", "think", "know", "mean", "tell", "ask", "guess", "remember"):
        score -= 0.35
    words = syntax.words(phrase.first, phrase.last)
    score -= 0.25 * max(0, 4 - words) + 0.1 * max(0, 6 - words)
    if any(syntax.tokens[i].text in '?"“”:' for i in span) or syntax.parsed.text[phrase.end : phrase.end + 1] == "?":
        score -= 0.5
    score -= 0.15 * sum(1 for i in span if syntax.tokens[i].text == ",")
    if phrase.verb is not None and any(
        c not in span and syntax.lower(c) in ("when", "if", "because", "while", "as", "than")
        for c in syntax.children(phrase.verb, "mark", "advmod")
    ):
        score -= 0.5  # half of a condition
    if any(syntax.tokens[i].head not in span and syntax.tokens[i].dep == "mark" for i in span):
        score -= 0.3
    if syntax.lower(phrase.first) in ("how", "what", "why", "which", "who", "whose", "where", "whether", "than"):
        score -= 0.8
    if subject is not None and any(c < subject for c in syntax.children(phrase.verb or 0, "aux")):
        score -= 0.5  # a question
    return score - (0.35 if _cut_short(phrase, syntax) else 0.0)


def _score(phrase: Phrase, parse: Parse, rarity: Rarity, shared: Mapping[str, float], centrality: float, tag: Tag | None) -> float:
    syntax = Syntax(parse(phrase.statement.text))
    inside = {lemma for i in range(phrase.first, phrase.last) if (lemma := content(syntax.tokens[i])) is not None}
    best = sum(sorted(shared.values(), reverse=True)[:_FEW]) or 1.0
    coverage = sum(sorted((shared.get(lemma, 0.0) for lemma in inside), reverse=True)[:_FEW]) / best
    part = 1 - syntax.words(phrase.first, phrase.last) / max(1, syntax.words(0, len(syntax.tokens)))
    cues = sum(1 for i in range(phrase.first, phrase.last) if syntax.lower(i) in _CUES.get(tag, ())) if tag else 0
    domain = sum(sorted((min(1.0, 2 * rarity.spread(lemma)) for lemma in inside), reverse=True)[:3])
    # what one person alone puts so is an image or a name more often than the thing itself
    singular = sum(1 for lemma in inside if rarity.alone(lemma))
    value = 0.3 * domain + 1.2 * coverage + 0.8 * centrality + 0.8 * clarity(phrase, parse) + 0.2 * min(cues, 2)
    return value - 1.0 * part - 0.15 * min(singular, _FEW)


def _shared(statements: Sequence[Statement], parse: Parse, rarity: Rarity) -> dict[str, float]:
    """How characteristic each lemma is: in how many interviews members say it, times how rare it is in the study."""
    where: dict[str, set[str]] = defaultdict(set)
    for statement in statements:
        for lemma in lemmas(statement.text, parse):
            where[lemma].add(statement.transcript)
    return {lemma: (len(stories) - 0.7) * rarity(lemma) for lemma, stories in sorted(where.items())}


def _cut_short(phrase: Phrase, syntax: Syntax) -> bool:
    """Whether the clause goes on right after the phrase."""
    if phrase.last >= len(syntax.tokens):
        return False
    token = syntax.tokens[phrase.last]
    return token.pos not in ("PUNCT", "CCONJ") and token.dep not in ("cc", "mark", "advmod")
