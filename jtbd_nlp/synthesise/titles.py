"""Titles made from members' own words: the clause that says best, and understandably alone, what statements have in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from jtbd_nlp.schema import Statement, Tag, content_id
from jtbd_nlp.synthesise.phrases import Phrase, sentences, trim
from jtbd_nlp.synthesise.syntax import SUBJECTS, Parse, Syntax
from jtbd_nlp.synthesise.words import Rarity, content, lemmas

_POINTING: Final = frozenset("it that this he she they them him her there those these one such so here same".split())
_FEW: Final = 4
#: words of a passage that leaves room for others beside it
_BRIEF: Final = 10
#: share of a statement below which a phrase of it tells only a part
_MOSTLY: Final = 0.6
_TELLING: Final = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "NUM"})
#: words after which a sentence takes back or answers what came before
_TURNING: Final = frozenset({"but", "until", "except", "unless", "if", "though", "although", "what", "or", "without", "not"})
_TELLING_VERBS: Final = frozenset({"think", "say", "know", "ask", "tell", "mean", "see", "hear", "feel"})
_STOPS: Final = frozenset(".?!")
_DENYING: Final = frozenset("no nobody nothing never none neither nor n't not no-one".split())
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
    """A phrase that a title may show, and how well it would do so; higher is better."""

    phrase: Phrase
    score: float


def ranked_phrases(members: Sequence[Weighted], parse: Parse, rarity: Rarity, max_words: int, tag: Tag | None = None) -> list[Ranked]:
    """The phrases of at most `max_words` words that members offer, best first: those that keep what their statement says, can be read alone,
    are typical of the members and sound like `tag`.

    Of more than `MOST` members the most typical ones are read.
    """
    if not members:
        return []
    if len(members) > MOST:
        members = sorted(members, key=lambda m: (-m.centrality, content_id("sample", (m.statement.id,))))[:MOST]
    shared = _shared([m.statement for m in members], parse, rarity)
    low, high = min(m.centrality for m in members), max(m.centrality for m in members)
    found = [
        Ranked(p, round(_score(p, parse, rarity, shared, (m.centrality - low) / (high - low) if high > low else 0.5, tag), 6))
        for m in members
        for p in _passages(m.statement, parse, max_words)
    ]
    return sorted(found, key=lambda r: (-r.score, r.phrase.text.lower(), r.phrase.statement.id, r.phrase.start))


def _passages(statement: Statement, parse: Parse, max_words: int) -> list[Phrase]:
    """What can stand alone of a statement, long and brief, no stretch twice."""
    both = [p for words in sorted({max_words, min(max_words, _BRIEF)}) for p in sentences(statement, parse, words)]
    return list({(p.start, p.end): p for p in both}.values())


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


def _score(phrase: Phrase, parse: Parse, rarity: Rarity, shared: Mapping[str, float], centrality: float, tag: Tag | None) -> float:
    syntax = Syntax(parse(phrase.statement.text))
    inside = {lemma for i in range(phrase.first, phrase.last) if (lemma := content(syntax.tokens[i])) is not None}
    best = sum(sorted(shared.values(), reverse=True)[:_FEW]) or 1.0
    coverage = sum(sorted((shared.get(lemma, 0.0) for lemma in inside), reverse=True)[:_FEW]) / best
    cues = sum(1 for i in range(phrase.first, phrase.last) if syntax.lower(i) in _CUES.get(tag, ())) if tag else 0
    # what one person alone puts so is an image or a name more often than the thing itself
    singular = sum(1 for lemma in inside if rarity.alone(lemma))
    firm = max(0.0, phrase.statement.tags.get(tag, 0.0) - 0.5) if tag else 0.0
    value = 2.2 * kept(phrase, syntax) + 0.8 * clarity(phrase, parse) + 0.6 * coverage + 0.7 * centrality + 0.25 * min(cues, 2) + 0.6 * firm
    value += 0.15 * any(syntax.lower(i) in ("i", "we") for i in range(phrase.first, phrase.last))
    value -= 0.6 * max(0, 3 - len(inside))  # "bring it" tells nothing
    return value - 0.05 * min(singular, _FEW)


def _shared(statements: Sequence[Statement], parse: Parse, rarity: Rarity) -> dict[str, float]:
    """How characteristic each lemma is: in how many interviews members say it, times how rare it is in the study."""
    where: dict[str, set[str]] = defaultdict(set)
    for statement in statements:
        for lemma in lemmas(statement.text, parse):
            where[lemma].add(statement.transcript)
    return {lemma: (len(stories) - 0.7) * rarity(lemma) for lemma, stories in sorted(where.items())}


def kept(phrase: Phrase, syntax: Syntax) -> float:
    """The share, at most 1, of what a statement says that a phrase of it keeps; less where the cut stands at a bad place, down to about -1."""
    span = range(phrase.first, phrase.last)
    telling = [i for i, t in enumerate(syntax.tokens) if t.pos in _TELLING or t.dep == "neg"]
    share = sum(1 for i in telling if i in span) / max(1, len(telling))
    first, _ = trim(syntax, 0, len(syntax.tokens))
    share -= 0.3 * (phrase.first > first) + 0.3 * (share < _MOSTLY)
    if any(
        c >= phrase.last and syntax.tokens[c].pos in ("VERB", "AUX") and not syntax.has_subject(c)
        for i in span
        for c in syntax.children(i, "conj")
    ):
        share -= 0.4  # "I look at the bed and not think of it as an appointment" has its point in the second half
    rest = range(phrase.last, len(syntax.tokens))
    after = next((i for i in rest if syntax.tokens[i].pos != "PUNCT"), None)
    if after is not None and syntax.lower(after) in _TURNING:
        share -= 0.3
    joined = after is not None and syntax.tokens[after].pos == "CCONJ" and syntax.tokens[syntax.tokens[after].head].pos in ("VERB", "AUX")
    if after is not None and after == phrase.last and not joined:
        share -= 0.4  # cut where nobody would stop
    if any(syntax.lower(i) in _DENYING for i in rest) and not any(syntax.lower(i) in _DENYING for i in span):
        share -= 0.3  # what is not so is the point
    if after is not None and syntax.tokens[span[-1]].lemma.lower() in _TELLING_VERBS:
        share -= 0.5  # what is thought or said is the point
    if share < 1 and any(syntax.tokens[i].text in _STOPS for i in span):
        share -= 0.4  # the end of one sentence and the beginning of another
    if phrase.verb is not None and not syntax.is_finite(phrase.verb) and any(c in span for c in syntax.children(phrase.verb, *SUBJECTS)):
        share -= 0.8  # "me to set up an account" without who wanted it
    return share


def _cut_short(phrase: Phrase, syntax: Syntax) -> bool:
    """Whether the clause goes on right after the phrase."""
    if phrase.last >= len(syntax.tokens):
        return False
    token = syntax.tokens[phrase.last]
    return token.pos not in ("PUNCT", "CCONJ") and token.dep not in ("cc", "mark", "advmod")
