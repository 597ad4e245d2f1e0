"""What a statement wishes for: the construction that carries the wish, cut into the slots of the outcome grammar.

Every slot is a slice of the statement, or a word of the grammar that stands for words of the statement (its `ranges`). The only change made to
a verb is its ending after "of" ("not be late" gives "of being late").
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from jtbd_nlp.schema.parsed import TokenRange
from jtbd_nlp.synthesise.acts import act, stopped, time_spent, told_by_clause, told_by_infinitive
from jtbd_nlp.synthesise.cutting import end_of, make, particle, range_of, verb_start
from jtbd_nlp.synthesise.fragments import condition, infinitive, plain, that_clause
from jtbd_nlp.synthesise.grammar import find_marker
from jtbd_nlp.synthesise.syntax import SUBJECTS, Syntax
from jtbd_nlp.synthesise.wording import Wish

WANTING: Final = frozenset({"want", "wanna", "like", "love", "hope", "need", "prefer", "try", "aim", "wish", "strive"})


_WOULD: Final = frozenset({"like", "love", "prefer"})


def wish_of(syntax: Syntax, dimension: str | None, *, strict: bool = False, answering: bool = True) -> Wish | None:
    """The wish of a parsed statement, or None where no rule reads it faithfully.

    `answering`: the statement speaks of no point of the timeline, so a bare "when ..." tells how one knows that it went well.

    `strict` takes only what is marked as a wish or as a burden ("I want to", "so that", "had to", "took an hour to"): for statements that are
    no outcomes by themselves.
    """
    rules: list[Callable[[Syntax, str | None], Wish | None]] = [_time_taken, _made_sure, _wanted, _purpose, _burden]
    if not strict:
        rules = [_made_sure, _wanted, _what_is_wanted, that_clause, _purpose, infinitive, _avoided, _time_taken]
        if answering:
            rules += [condition, plain]
    for rule in rules:
        found = rule(syntax, dimension)
        if found is not None:
            return found
    return None


def _wanted(syntax: Syntax, dimension: str | None) -> Wish | None:
    found = [wish for i in range(len(syntax.tokens)) if (wish := _wanted_at(syntax, i, dimension)) is not None]
    # "I never wanted to be X, I just want Y": what is wanted before what is not
    return next((w for w in found if w.direction.text != "Minimize"), found[0] if found else None)


def _wanted_at(syntax: Syntax, i: int, dimension: str | None) -> Wish | None:
    token = syntax.tokens[i]
    if token.lemma.lower() not in WANTING or token.pos != "VERB" or _in_relative(syntax, i) or not _is_wish(syntax, i):
        return None
    cue = TokenRange(_cue_start(syntax, i), i + 1)
    negative = syntax.is_negated(i)
    front = next((c for c in syntax.children(i, "advcl") if c < i and find_marker(syntax.text(syntax.subtree(c)[0], c + 1)) == 0), None)
    aside = None if front is None else range_of(syntax.subtree(front))
    for c in syntax.children(i, "xcomp", "ccomp", "advcl"):
        edge = syntax.subtree(c)[0]
        if c < i or edge > i + 3:
            continue
        if particle(syntax, c) is not None:
            if _wish_goes_on(syntax, i, c):
                return None
            return told_by_infinitive(syntax, i, c, cue, negative=negative, dimension=dimension, aside=aside)
        if (
            syntax.is_finite(c)
            and token.lemma.lower() != "wish"
            and edge == i + 1
            and not syntax.lower(edge).startswith(("who", "what", "which"))
        ):
            return told_by_clause(syntax, c, cue, dimension, negative=negative)
    return None


def _wish_goes_on(syntax: Syntax, wanting: int, verb: int) -> bool:
    """Whether more is wanted than the infinitive: "I wanted to cross the yard and nobody stops me", told in the present after a past."""
    for c in syntax.children(wanting, "ccomp", "conj"):
        subject = next(iter(syntax.children(c, *SUBJECTS)), None)
        if c <= verb or subject is None:
            continue
        if syntax.tokens[c].dep == "ccomp" or (
            syntax.tokens[wanting].tag == "VBD" and syntax.tokens[c].tag in ("VBZ", "VBP") and syntax.lower(subject) not in ("i", "we")
        ):
            return True
    return False


def _what_is_wanted(syntax: Syntax, dimension: str | None) -> Wish | None:
    """ "what I want is to know who calls"."""
    for i, token in enumerate(syntax.tokens):
        wanting = next((c for c in syntax.children(i, "csubj") if syntax.tokens[c].lemma.lower() in WANTING), None)
        verb = next((c for c in syntax.children(i, "xcomp") if particle(syntax, c) is not None and c > i), None)
        if token.lemma.lower() != "be" or wanting is None or verb is None or syntax.is_negated(i) or syntax.is_negated(wanting):
            continue
        if syntax.lower(syntax.subtree(wanting)[0]) == "what":
            cue = TokenRange(syntax.subtree(wanting)[0], i + 1)
            return act(syntax, verb_start(syntax, verb), verb, cue, negative=False, dimension=dimension)
    return None


def _in_relative(syntax: Syntax, i: int) -> bool:
    """Whether a verb is, or is joined to, the verb of a relative clause: what it is about stands before it."""
    while syntax.tokens[i].dep == "conj":
        i = syntax.tokens[i].head
    return syntax.tokens[i].dep in ("relcl", "acl")


def _is_wish(syntax: Syntax, i: int) -> bool:
    lemma = syntax.tokens[i].lemma.lower()
    subject, at = None, i
    while subject is None:
        subject = next(iter(syntax.children(at, "nsubj")), None)
        if subject is None and syntax.tokens[at].dep != "conj":
            break
        at = syntax.tokens[at].head
    if subject is not None and syntax.lower(subject) not in ("i", "we"):
        return False  # what others want is no wish of the one who tells it
    if subject is not None and (subject > i or any(c < subject for c in syntax.children(i, "aux"))):
        return False  # a question
    if lemma in _WOULD:
        return any(syntax.lower(c) in ("would", "'d", "should") for c in syntax.children(i, "aux"))
    return True


def _cue_start(syntax: Syntax, i: int) -> int:
    first = i
    while first - 1 >= 0 and syntax.tokens[first - 1].head == i and syntax.tokens[first - 1].dep in (*SUBJECTS, "aux", "neg", "advmod"):
        first -= 1
    return first


def _made_sure(syntax: Syntax, dimension: str | None) -> Wish | None:
    for i, token in enumerate(syntax.tokens):
        lemma = token.lemma.lower()
        sure = next((c for c in syntax.children(i, "acomp", "ccomp", "oprd") if syntax.lower(c) in ("sure", "certain")), None)
        if lemma not in ("ensure", "guarantee") and not (lemma in ("make", "be") and sure is not None):
            continue
        for head in (i, sure):
            for c in syntax.children(head, "ccomp", "advcl") if head is not None else ():
                if c != sure and syntax.is_finite(c):
                    return told_by_clause(syntax, c, TokenRange(i, (sure or i) + 1), dimension)
    return None


def _purpose(syntax: Syntax, dimension: str | None) -> Wish | None:
    """ "so (that) I can ...", "in order to ..."."""
    for i in range(len(syntax.tokens)):
        if syntax.lower(i) != "so" or syntax.tokens[i].dep not in ("mark", "advmod", "cc"):
            continue
        that = i + 1 < len(syntax.tokens) and syntax.lower(i + 1) == "that" and syntax.tokens[i + 1].dep == "mark"
        verb = syntax.tokens[i].head
        if not that and not any(
            syntax.lower(c) in ("can", "could", "wo", "do", "does", "will", "'ll", "would") for c in syntax.children(verb, "aux")
        ):
            continue
        subject = next(iter(syntax.children(verb, *SUBJECTS)), None)
        if verb > i and syntax.is_finite(verb) and subject is not None and subject > i:
            return told_by_clause(syntax, verb, TokenRange(i, i + 1 + that), dimension)
    return None


def _avoided(syntax: Syntax, dimension: str | None) -> Wish | None:
    del dimension  # told alike in all dimensions
    for i, token in enumerate(syntax.tokens):
        if token.lemma.lower() == "avoid" and token.pos == "VERB":
            return stopped(syntax, i, TokenRange(i, i + 1))
    return None


def _time_taken(syntax: Syntax, dimension: str | None) -> Wish | None:
    """ "it took me three hours to close the month", "I spend an hour checking"."""
    del dimension  # told alike in all dimensions
    for i, token in enumerate(syntax.tokens):
        if token.lemma.lower() == "take" and token.pos == "VERB":
            time = next((c for c in syntax.children(i, "dobj", "npadvmod", "nsubj") if syntax.tokens[c].lemma in _UNITS), None)
            verb = next((c for c in syntax.children(i, "xcomp", "advcl") if particle(syntax, c) is not None and c > i), None)
            if time is not None and verb is not None and time < verb and syntax.tokens[verb].lemma.lower() not in _DAWNING:
                said = TokenRange(min(i, time), max(i, time) + 1)
                return make(syntax, "Minimize", "time it takes to", TokenRange(verb_start(syntax, verb), end_of(syntax, verb)), said, said)
        if token.lemma.lower() == "spend" and token.pos == "VERB":
            unit = next((c for c in syntax.children(i, "dobj", "npadvmod") if syntax.tokens[c].lemma in _UNITS), None)
            trying = next((c for c in syntax.children(i, "xcomp", "advcl") if syntax.lower(c) == "trying"), None)
            goal = (
                next((c for c in syntax.children(trying, "xcomp") if particle(syntax, c) is not None), None) if trying is not None else None
            )
            if unit is not None and goal is not None:
                said = TokenRange(i, unit + 1) if unit > i else TokenRange(i, i + 1)
                return make(syntax, "Minimize", "time it takes to", TokenRange(verb_start(syntax, goal), end_of(syntax, goal)), said, said)
            spent = time_spent(syntax, i, TokenRange(i, i + 1), negative=True)
            if (
                spent is not None
                and not any(syntax.lower(c) == "more" for c in syntax.subtree(i))
                and any(syntax.tokens[c].tag == "VBG" for c in syntax.children(i, "xcomp", "advcl"))
            ):
                return spent
    return None


#: what dawns on one is no work: "it took me weeks to realise that ..." complains of what was realised
_DAWNING: Final = frozenset({"realise", "realize", "notice", "understand", "see", "learn", "admit", "say", "forgive", "get", "recover"})
_UNITS: Final = frozenset(
    {"minute", "hour", "day", "week", "month", "evening", "night", "morning", "afternoon", "second", "time", "age", "while"}
)


def _burden(syntax: Syntax, dimension: str | None) -> Wish | None:
    """ "I had to type it in by hand": less need to."""
    del dimension  # told alike in all dimensions
    for i, token in enumerate(syntax.tokens):
        inner = next((c for c in syntax.children(i, "xcomp") if particle(syntax, c) is not None and c > i), None)
        subject = next(iter(syntax.children(i, "nsubj")), None)
        if token.lemma.lower() != "have" or inner is None or subject is None or syntax.lower(subject) not in ("i", "we", "you"):
            continue
        if syntax.is_negated(i) or syntax.tokens[inner].lemma.lower() in ("say", "admit", "laugh", "be", "think", "confess"):
            continue
        start = verb_start(syntax, inner)
        said = TokenRange(i, start)
        front = next(
            (c for c in syntax.children(i, "prep", "advcl") if c < subject and find_marker(syntax.text(syntax.subtree(c)[0], i)) == 0), None
        )
        aside = None if front is None else range_of(syntax.subtree(front))
        return make(syntax, "Minimize", "need to", TokenRange(start, end_of(syntax, inner)), said, said, aside)
    return None
