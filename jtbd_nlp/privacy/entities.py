"""Names as the bundled named-entity recogniser sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jtbd_nlp.parser import NAMES_ALONE, load_parser, parse
from jtbd_nlp.privacy.records import Found, Kind

if TYPE_CHECKING:
    from spacy.language import Language

_KINDS: Final[dict[str, Kind]] = {
    "PERSON": "person", "ORG": "organisation", "PRODUCT": "organisation", "GPE": "place", "LOC": "place", "FAC": "place",
}  # fmt: skip


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
    return [[Found(e.start, e.end, _KINDS[e.label]) for e in names if e.label in _KINDS] for names in parse.entities(texts)]
