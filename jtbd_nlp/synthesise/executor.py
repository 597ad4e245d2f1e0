"""Who takes the steps: the words by which a participant says what they are or do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from jtbd_nlp.schema import Quoted, Quoter
from jtbd_nlp.synthesise.phrases import Phrase, clause_range, noun_phrase, phrase
from jtbd_nlp.synthesise.sayings import Saying
from jtbd_nlp.synthesise.syntax import Parse, Syntax

#: verbs by which people name what they do for a living or look after
_DOING: Final = frozenset(
    "run manage work own teach drive lead fit build deliver sell farm repair clean write design coach develop coordinate handle organise organize study edit translate".split()
)
_NOT_WHO: Final = frozenset(
    "lot bit person man woman fan type kind one thing time way joke shame mess idea part reason rest day year example guy problem state case number end morning question "
    "matter fool idiot messer mother's best first last same only bag word fact name".split()
)
_MAX_WORDS: Final = 14


@dataclass(frozen=True, slots=True)
class _Found:
    score: float
    order: int
    phrase: Phrase


def find_executor(sayings: Sequence[Saying], quoter: Quoter, parse: Parse) -> Quoted | None:
    """The clearest words on who the participant is: "I'm a nurse", "I run a branch with five staff"; None where they never say it.

    `sayings`: the participant's own sentences in the order they were said; those coded as context count more, and so do early ones.
    """
    found: list[_Found] = []
    for saying in sayings:
        syntax = Syntax(parse(saying.statement.text))
        for score, made in _candidates(saying, syntax):
            weight = score + (0.6 if saying.is_context else 0.0) - 0.04 * min(saying.order, 40)
            found.append(_Found(weight, saying.order, made))
    best = min(found, key=lambda f: (-round(f.score, 6), f.order, f.phrase.start), default=None)
    return None if best is None or best.score < 0.5 else best.phrase.quoted(quoter)


def _candidates(saying: Saying, syntax: Syntax) -> list[tuple[float, Phrase]]:
    found: list[tuple[float, Phrase]] = []
    for i, token in enumerate(syntax.tokens):
        subject = next(iter(syntax.children(i, "nsubj")), None)
        if subject is None or syntax.lower(subject) not in ("i", "we") or syntax.is_negated(i) or _unreal(syntax, i):
            continue
        lemma = token.lemma.lower()
        if lemma == "be":
            attr = next((c for c in syntax.children(i, "attr") if syntax.tokens[c].pos in ("NOUN", "PROPN")), None)
            theirs = attr is not None and any(syntax.lower(c) in ("his", "her", "their", "your") for c in syntax.children(attr, "poss"))
            if attr is not None and attr > i and not theirs and syntax.tokens[attr].lemma.lower() not in _NOT_WHO:
                article = any(syntax.lower(c) in ("a", "an") for c in syntax.children(attr, "det"))
                first, last = noun_phrase(syntax, attr)
                made = phrase(saying.statement, syntax, first, _with_place(syntax, i, last), i)
                if made is not None and syntax.words(made.first, made.last) <= _MAX_WORDS:
                    past = 0.25 if syntax.lower(i) in ("was", "were") else 0.0
                    found.append((1.0 + 0.3 * article - past + _worklike(syntax, attr), made))
        elif lemma in _DOING and (token.tag in ("VBP", "VBZ") or syntax.children(i, "aux")):
            first, last = clause_range(syntax, i)
            made = phrase(saying.statement, syntax, max(first, subject), last, i)
            body = any(c > i for c in syntax.children(i, "dobj", "prep", "advmod"))
            if made is not None and body and syntax.words(made.first, made.last) <= _MAX_WORDS:
                found.append((0.95 if lemma in ("run", "manage", "own", "teach", "lead", "work", "drive") else 0.7, made))
        elif lemma in ("look", "take") and syntax.lower(min(i + 1, len(syntax.tokens) - 1)) in ("after", "care"):
            first, last = clause_range(syntax, i)
            made = phrase(saying.statement, syntax, max(first, subject), last, i)
            if made is not None and syntax.words(made.first, made.last) <= _MAX_WORDS and token.tag != "VBD":
                found.append((0.85, made))
    for i in range(min(3, len(syntax.tokens))):  # "As a nurse, I ..."
        if syntax.lower(i) == "as" and syntax.tokens[i].dep == "prep":
            noun = next(iter(syntax.children(i, "pobj")), None)
            if noun is not None and _worklike(syntax, noun) and syntax.tokens[noun].lemma not in _NOT_WHO:
                made = phrase(saying.statement, syntax, *noun_phrase(syntax, noun), None)
                if made is not None and any(syntax.lower(c) in ("a", "an") for c in syntax.children(noun, "det")):
                    found.append((1.2, made))
    return found


def _with_place(syntax: Syntax, verb: int, last: int) -> int:
    """`last` moved behind "at a bank", "in a company" where those follow at once."""
    for prep in syntax.children(verb, "prep"):
        below = syntax.subtree(prep)
        if below[0] == last and syntax.lower(prep) in ("at", "in", "for", "on", "with"):
            last = below[-1] + 1
    return last


def _worklike(syntax: Syntax, noun: int) -> float:
    """Bonus for nouns formed like an occupation or a relation."""
    lemma = syntax.tokens[noun].lemma.lower()
    ends = lemma.endswith(("er", "or", "ist", "ian", "ant", "ent", "man", "woman", "ard", "eer", "tect", "nurse", "ive"))
    known = lemma in (
        "nurse",
        "mother",
        "father",
        "mum",
        "mom",
        "dad",
        "daughter",
        "son",
        "clerk",
        "head",
        "lead",
        "founder",
        "student",
        "coach",
        "chef",
        "cook",
        "guide",
        "widow",
    )
    return 0.3 if ends or known else 0.0


def _unreal(syntax: Syntax, i: int) -> bool:
    """Whether the clause is a condition, a wish, a comparison or a memory of another time."""
    modal = any(
        syntax.lower(c) in ("would", "'d", "could", "should", "might", "if", "when", "as", "like", "had")
        for c in syntax.children(i, "aux", "mark", "advmod")
    )
    return modal or syntax.tokens[i].dep in ("relcl", "acl", "csubj")
