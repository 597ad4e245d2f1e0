"""The grammar of desired outcomes, both ways: slots to text and text to slots.

Functional outcomes follow Ulwick, *What Customers Want* (2005): direction of improvement + metric + object of control + contextual clarifier:
"Minimize the time it takes to close the month when invoices arrive late". Emotional and social ones follow Ulwick, *Jobs to be Done: Theory to
Practice* (2016): "Feel ..." / "Avoid feeling ...", "Be perceived as ..." / "Avoid being perceived as ...".

    outcome    = functional | felt
    functional = ("Minimize" | "Increase") " the " metric " " object [" " clarifier]
    metric     = one of METRICS (the last word of a metric says how its object begins)
    felt       = one of FELT " " object [" " clarifier]
    object     = words, none of them a marker
    clarifier  = marker {words}                          marker = one of MARKERS

A marker right after a word of KNOWING is none. Since an object holds no marker, the first one starts the clarifier and a text has one
reading only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from jtbd_nlp.errors import SchemaError

Form = Literal["functional", "emotional", "social"]

DIRECTIONS: Final = ("Minimize", "Increase")
#: what is measured; no metric is the beginning of another one
METRICS: Final = (
    "time it takes to",
    "time spent",
    "effort it takes to",
    "likelihood that",
    "likelihood of",
    "chance for",
    "ability to",
    "need to",
    "number of",
    "amount of",
    "cost of",
)
FELT: Final[dict[str, Form]] = {
    "Feel able to": "emotional",
    "Feel": "emotional",
    "Avoid feeling": "emotional",
    "Be perceived as": "social",
    "Avoid being perceived as": "social",
}
MARKERS: Final = ("when", "whenever", "while", "if", "before", "after", "until", "without", "during", "unless", "because", "instead")

#: after these the marker opens what is known or said, not a circumstance: "know when the bus comes"
KNOWING: Final = frozenset(
    "know knows knew knowing see sees saw seeing tell tells told telling ask asks asked asking wonder wondering say says said check checks checking decide remember understand exactly "
    "out about as not and or do".split()
)

_TOKEN = re.compile(r"\S+")
_EDGE = "\"'“”‘’()[]"


@dataclass(frozen=True, slots=True)
class OutcomeSlots:
    """The slots of an outcome as plain text. `metric` is None for emotional and social ones; `contextual_clarifier` where none was said.

    Raises:
        SchemaError: a slot breaks the grammar (an unknown direction or metric, white space at an edge or doubled, a marker in the object).
    """

    direction: str
    metric: str | None
    object_of_control: str
    contextual_clarifier: str | None = None

    def __post_init__(self) -> None:
        if self.metric is None and self.direction not in FELT:
            raise SchemaError(f"Got direction {self.direction!r} without a metric; expected one of {', '.join(FELT)}.")
        if self.metric is not None and (self.direction not in DIRECTIONS or self.metric not in METRICS):
            raise SchemaError(
                f"Got {self.direction!r} with metric {self.metric!r}; expected {' or '.join(DIRECTIONS)} with one of {', '.join(METRICS)}."
            )
        for name, value in (("object_of_control", self.object_of_control), ("contextual_clarifier", self.contextual_clarifier)):
            if (value is not None and value != " ".join(value.split())) or value == "":
                raise SchemaError(f"Got {name} {value!r}; expected words with single spaces between them and none around.")
        if self.direction == "Feel" and f"{self.object_of_control} ".startswith("able to "):
            raise SchemaError(f"Got object_of_control {self.object_of_control!r} after 'Feel'; give the direction 'Feel able to' instead.")
        if find_marker(self.object_of_control) is not None:
            raise SchemaError(
                f"Got object_of_control {self.object_of_control!r}; expected none of the words that start a clarifier: {', '.join(MARKERS)}."
            )
        if self.contextual_clarifier is not None and self.object_of_control.split()[-1].lower() in KNOWING:
            raise SchemaError(
                f"Got object_of_control {self.object_of_control!r} before a clarifier; after {self.object_of_control.split()[-1]!r} the clarifier "
                "would read as what is known. Give both as the object."
            )
        if self.contextual_clarifier is not None and find_marker(self.contextual_clarifier) != 0:
            raise SchemaError(
                f"Got contextual_clarifier {self.contextual_clarifier!r}; expected one that starts with {', '.join(MARKERS)}."
            )

    @property
    def form(self) -> Form:
        """Which of the three kinds it is."""
        return "functional" if self.metric is not None else FELT[self.direction]


def render(slots: OutcomeSlots) -> str:
    """The outcome as a sentence without a full stop. `parse` reads it back to equal slots."""
    head = slots.direction if slots.metric is None else f"{slots.direction} the {slots.metric}"
    return " ".join(part for part in (head, slots.object_of_control, slots.contextual_clarifier) if part)


def parse(text: str) -> OutcomeSlots:
    """The slots of a rendered outcome.

    Raises:
        SchemaError: the text is not an outcome of this grammar.
    """
    direction, metric, rest = _head(text)
    at = find_marker(rest)
    if at is None:
        return OutcomeSlots(direction, metric, rest)
    return OutcomeSlots(direction, metric, rest[:at].removesuffix(" "), rest[at:])


def find_marker(text: str) -> int | None:
    """Where the first word that starts a clarifier stands in `text`, or None."""
    before = ""
    for token in _TOKEN.finditer(text):
        word = token.group().strip(_EDGE + ",.;:!?").lower()
        if word in MARKERS and before not in KNOWING:
            return token.start()
        before = token.group().lower()
    return None


def _head(text: str) -> tuple[str, str | None, str]:
    for direction in DIRECTIONS:
        for metric in METRICS:
            start = f"{direction} the {metric} "
            if text.startswith(start):
                return direction, metric, text[len(start) :]
    for direction in FELT:
        if text.startswith(f"{direction} "):
            return direction, None, text[len(direction) + 1 :]
    raise SchemaError(f"Got {text!r}; expected it to start with {' or '.join(DIRECTIONS)} the <metric>, or with one of {', '.join(FELT)}.")
