"""Titles made from members' own words: the clause that says best, and understandably alone, what statements have in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from jtbd_nlp.schema import Statement, Tag, content_id
from jtbd_nlp.synthesise.passages import lost, passages, unclear
from jtbd_nlp.synthesise.phrases import Phrase
from jtbd_nlp.synthesise.syntax import SUBJECTS, Parse, Syntax, read_ahead
from jtbd_nlp.synthesise.words import Rarity, content

_POINTING: Final = frozenset("it that this he she they them him her there those these one such so here same".split())
_FEW: Final = 4
#: characters of one phrase
LONGEST: Final = 90
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


@dataclass(frozen=True, slots=True)
class Ranked:
    """A phrase that a title may show, and how well it would do so: above 0 it can be shown, from about 1 it is whole and clear."""

    phrase: Phrase
    score: float


def ranked_phrases(
    members: Sequence[Weighted], parse: Parse, rarity: Rarity, max_words: int, tag: Tag | None = None, longest: int = LONGEST
) -> list[Ranked]:
    """The phrases of at most `max_words` words and `longest` characters that members offer, best first: those that keep what their statement
    says, can be read alone, are surely of `tag`, typical of the members and sound like it.

    Of more than `MOST` members the most typical ones are read.
    """
    if not members:
        return []
    if len(members) > MOST:
        members = sorted(members, key=lambda m: (-m.centrality, content_id("sample", (m.statement.id,))))[:MOST]
    read_ahead(parse, (m.statement.text for m in members))
    read = {m.statement.id: Syntax(parse(m.statement.text)) for m in members}
    shared = _shared([m.statement for m in members], read, rarity)
    low, high = min(m.centrality for m in members), max(m.centrality for m in members)
    found = [
        Ranked(p, round(_score(p, rarity, shared, (m.centrality - low) / (high - low) if high > low else 0.5, tag), 6))
        for m in members
        for p in passages(m.statement, read[m.statement.id], max_words, longest)
    ]
    return sorted(found, key=lambda r: (-r.score, r.phrase.text.lower(), r.phrase.statement.id, r.phrase.start))


def clarity(phrase: Phrase) -> float:
    """How well a clause reads without its surroundings, about in [-2, 1]: names things instead of pointing at them, is whole, has a subject."""
    syntax, span = phrase.syntax, range(phrase.first, phrase.last)
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
        score -= 0.4
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


def _score(phrase: Phrase, rarity: Rarity, shared: Mapping[str, float], centrality: float, tag: Tag | None) -> float:
    inside = told(phrase)
    best = sum(sorted(shared.values(), reverse=True)[:_FEW]) or 1.0
    coverage = sum(sorted((shared.get(lemma, 0.0) for lemma in inside), reverse=True)[:_FEW]) / best
    syntax = phrase.syntax
    cues = sum(1 for i in range(phrase.first, phrase.last) if syntax.lower(i) in _CUES.get(tag, ())) if tag else 0
    # what one person alone puts so is an image or a name more often than the thing itself
    singular = sum(1 for lemma in inside if rarity.alone(lemma))
    sure = phrase.statement.tags.get(tag, 0.0) if tag else 1.0
    value = 1.0 - 1.5 * lost(phrase) - unclear(phrase) + 0.3 * min(1.0, clarity(phrase)) + 0.3 * coverage + 0.5 * centrality
    return value + 0.1 * min(cues, 2) + 1.0 * (sure - 1.0) - 0.03 * min(singular, _FEW)


def told(phrase: Phrase) -> frozenset[str]:
    """The content lemmas of a phrase."""
    return frozenset(lemma for i in range(phrase.first, phrase.last) if (lemma := content(phrase.syntax.tokens[i])) is not None)


def _shared(statements: Sequence[Statement], read: Mapping[str, Syntax], rarity: Rarity) -> dict[str, float]:
    """How characteristic each lemma is: in how many interviews members say it, times how rare it is in the study."""
    where: dict[str, set[str]] = defaultdict(set)
    for statement in statements:
        for lemma in (content(token) for token in read[statement.id].tokens):
            if lemma is not None:
                where[lemma].add(statement.transcript)
    return {lemma: (len(stories) - 0.7) * rarity(lemma) for lemma, stories in sorted(where.items())}


def _cut_short(phrase: Phrase, syntax: Syntax) -> bool:
    """Whether the clause goes on right after the phrase."""
    if phrase.last >= len(syntax.tokens):
        return False
    token = syntax.tokens[phrase.last]
    return token.pos not in ("PUNCT", "CCONJ") and token.dep not in ("cc", "mark", "advmod")
