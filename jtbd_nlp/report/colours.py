"""The colour of each tag. Read as text on a card they keep a contrast of 4.5 to 1; the forces and outcomes, which stand side by side in bars,
stay apart for readers who do not see red, green or blue. They never stand alone: the tag's name is beside them.
"""

from __future__ import annotations

from typing import Final

from jtbd_nlp.schema import Tag

LIGHT: Final[dict[Tag, str]] = {
    "push": "#86301a",
    "pull": "#1b7861",
    "anxiety": "#702c78",
    "habit": "#84680f",
    "outcome": "#1748a8",
    "context": "#5b6570",
    "step": "#35697a",
    "tradeoff": "#6c5a3a",
    "hire": "#2f6a34",
    "fire": "#9b2c3c",
    "solution": "#5650a0",
}
DARK: Final[dict[Tag, str]] = {
    "push": "#f98444",
    "pull": "#7fe3c4",
    "anxiety": "#d98fc6",
    "habit": "#f5d98c",
    "outcome": "#6f9df5",
    "context": "#a9b2bc",
    "step": "#88bccd",
    "tradeoff": "#cdb78f",
    "hire": "#8fce89",
    "fire": "#f29099",
    "solution": "#b1abf3",
}
#: what they stand on
CARD_LIGHT: Final = "#ffffff"
CARD_DARK: Final = "#1c2127"
