"""What an analyst would object to in an outcome (after Ulwick's rules for outcome statements)."""

from __future__ import annotations

from typing import Final

from jtbd_nlp.synthesise.syntax import SUBJECTS, Syntax
from jtbd_nlp.synthesise.wording import Wish

LINTS: Final[dict[str, str]] = {
    "names_solution": "names a product or a kind of solution",
    "names_somebody": "holds a name: of a person, a place or a product",
    "two_outcomes": "joins two outcomes",
    "vague_metric": "says easy, better, nice ... instead of what is measured",
    "adjective_for_metric": "describes a state by an adjective instead of what is measured",
    "unclear_reference": "says it, they, that ... for something named elsewhere",
    "too_long": "is too long to be read at a glance",
}
_VAGUE: Final = frozenset(
    "easy easier easily better best good nice nicer simple simpler fine great convenient comfortable improve improved seamless smooth well right proper properly efficient".split()
)
_SOLUTIONS: Final = frozenset(
    "app apps software program programme button dashboard screen feature tool tools ai ais chatbot bot website platform system spreadsheet plugin widget notification subscription product algorithm database".split()
)
_CALENDAR: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays january february march april may june july august september october november december christmas".split()
)
_POINTING: Final = frozenset("it they them he she him her this that these those".split())


def lint(wish: Wish, syntax: Syntax) -> tuple[str, ...]:
    """Codes of LINTS, sorted."""
    inside = [i for slot in (wish.object, wish.clarifier) if slot is not None for r in slot.ranges for i in range(r.first, r.last)]
    core = [i for r in wish.object.ranges for i in range(r.first, r.last)]
    found: set[str] = set()
    if any(syntax.lower(i) in _SOLUTIONS for i in inside):
        found.add("names_solution")
    if any(syntax.tokens[i].pos == "PROPN" and syntax.lower(i) not in _CALENDAR and syntax.tokens[i].text[:1].isupper() for i in inside):
        found.add("names_somebody")
    if any(syntax.tokens[i].dep == "conj" and syntax.tokens[i].pos in ("VERB", "AUX") for i in core):
        found.add("two_outcomes")
    if any(syntax.lower(i) in _VAGUE and syntax.tokens[i].pos in ("ADJ", "ADV", "VERB") for i in core):
        found.add("vague_metric")
    if wish.metric is not None and any(syntax.tokens[i].dep == "acomp" for i in core):
        found.add("adjective_for_metric")
    if any(
        syntax.lower(i) in _POINTING and syntax.tokens[i].dep in (*SUBJECTS, "dobj", "pobj", "dative") and syntax.tokens[i].pos == "PRON"
        for i in core
    ):
        found.add("unclear_reference")
    if syntax.words(core[0], core[-1] + 1) > 14 if core else False:
        found.add("too_long")
    return tuple(sorted(found))
