"""The slots of a wish while it is being read, and the one inflection that the grammar needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from jtbd_nlp.schema.parsed import ParsedToken, TokenRange
from jtbd_nlp.synthesise.syntax import Syntax


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot's text and the token ranges that it comes from."""

    text: str
    ranges: tuple[TokenRange, ...]

    @classmethod
    def of(cls, syntax: Syntax, range_: TokenRange) -> Slot:
        """The words of a range as they stand, on one line."""
        return cls(" ".join(syntax.text(range_.first, range_.last).split()), (range_,))

    def lowered(self, syntax: Syntax) -> Slot:
        """With a small first letter where only the start of a sentence made it a capital."""
        return Slot(lowered(self.text, syntax.tokens[self.ranges[0].first]), self.ranges)


def lowered(text: str, first: ParsedToken) -> str:
    """A text with a small first letter where only the start of a sentence made it a capital; `first` is its first token."""
    is_kept = first.pos == "PROPN" or first.text.replace("’", "'").split("'")[0] == "I" or first.text[1:2].isupper()
    return text if is_kept else text[:1].lower() + text[1:]


@dataclass(frozen=True, slots=True)
class Wish:
    """Direction, metric (None for feelings and perceptions), object of control, contextual clarifier."""

    direction: Slot
    metric: Slot | None
    object: Slot
    clarifier: Slot | None

    def kept(self, syntax: Syntax) -> float:
        """The share of a statement's telling words that the slots come from, in [0, 1]."""
        slots = (self.direction, self.metric, self.object, self.clarifier)
        used = {i for slot in slots if slot is not None for r in slot.ranges for i in range(r.first, r.last)}
        telling = [i for i, t in enumerate(syntax.tokens) if (t.pos in _TELLING or t.dep == "neg") and t.lemma.lower() not in _REMARKS]
        return sum(i in used for i in telling) / len(telling) if telling else 1.0


_TELLING: Final = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "NUM"})
#: words of remarks that lead to a wish or look back on it: "that's the main thing"
_REMARKS: Final = frozenset("thing main all want point know mean say think guess suppose honest important hope wish".split())
_EMPTY = Slot("", ())
#: there is a feeling or a perception in it, but it cannot be cut out faithfully
NOWISH: Final = Wish(_EMPTY, None, _EMPTY, None)

_DOUBLING: Final = frozenset(
    "get put run sit let stop cut set shut hit win begin forget beg plan chop drop swap ship bet dig lag nag skip slip step swim trip grab chat".split()
)


def gerund(lemma: str, tag: str) -> str | None:
    """The -ing form of a verb; None where the word is no base form or already has it."""
    if tag not in ("VB", "VBP"):
        return None
    if lemma == "be":
        return "being"
    if lemma in _DOUBLING:
        return f"{lemma}{lemma[-1]}ing"
    if lemma.endswith("ie"):
        return f"{lemma[:-2]}ying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")):
        return f"{lemma[:-1]}ing"
    return f"{lemma}ing"
