"""Names as the bundled named-entity recogniser sees them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from jtbd_nlp.parser import NAMES_ALONE, load_parser, parse
from jtbd_nlp.privacy.records import Found, Kind

if TYPE_CHECKING:
    from spacy.language import Language

_KINDS: Final[dict[str, Kind]] = {
    "PERSON": "person", "ORG": "organisation", "PRODUCT": "organisation", "GPE": "place", "LOC": "place", "FAC": "place",
}  # fmt: skip
#: longest text given at once, in code points: bounds memory
_LONGEST: Final = 2_000


def load_ner() -> Language:
    """The recogniser (and the lemmatizer, whose tables are the dictionary), one object a process.

    Raises:
        ModelError: it cannot be read.
    """
    return load_parser(NAMES_ALONE)


def entities_of(texts: list[str]) -> list[list[Found]]:
    """What it finds in each text.

    Raises:
        ModelError: it cannot be read.
    """
    pieces = [(i, start, text[start:end]) for i, text in enumerate(texts) for start, end in _pieces(text)]
    found: list[list[Found]] = [[] for _ in texts]
    for (i, start, _), names in zip(pieces, parse.entities(p[2] for p in pieces), strict=True):
        found[i].extend(Found(start + e.start, start + e.end, _KINDS[e.label]) for e in names if e.label in _KINDS)
    return found


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while len(text) - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > 0 else start + _LONGEST
        yield start, cut
        start = cut
    if start < len(text):
        yield start, len(text)
