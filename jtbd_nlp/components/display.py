"""What displaCy needs to show tags."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final, TypedDict

from jtbd_nlp.components.names import TAGS_KEY
from jtbd_nlp.schema import TAGS, Tag

#: light enough for black letters on it
COLOURS: Final = MappingProxyType[Tag, str](
    {
        "push": "#f4965f",
        "pull": "#4ecba6",
        "anxiety": "#dfa2d6",
        "habit": "#e2b94e",
        "outcome": "#80bbf3",
        "context": "#a9b2bc",
        "step": "#88bccd",
        "tradeoff": "#cdb78f",
        "hire": "#8fce89",
        "fire": "#f29099",
        "solution": "#b1abf3",
    }
)


class DisplacyOptions(TypedDict):
    """The options of displaCy's styles `span` (`spans_key`, `colors`) and `ent` (`ents`, `colors`)."""

    spans_key: str
    colors: dict[str, str]
    ents: list[str]


#: of labels of one's own, in turn
OWN: Final = ("#c9ced4", "#d8c9a8", "#c7d3b9", "#d9c3cf")


def options(spans_key: str | None = None, labels: Sequence[str] = ()) -> DisplacyOptions:
    """Options for the tags, and labels of one's own, in a group of spans; None is the group that `jtbd_tags` writes by default."""
    own = {label: OWN[i % len(OWN)] for i, label in enumerate(labels)}
    return DisplacyOptions(spans_key=spans_key or TAGS_KEY, colors={**{tag: COLOURS[tag] for tag in TAGS}, **own}, ents=[*TAGS, *labels])
