"""How labels, numbers and times are written for people. No other module of the report spells a label."""

from __future__ import annotations

import re
from typing import Final

from jtbd_nlp.schema import Dimension, Phase, Saturation, Stage, Structure, Support, Tag

#: what no HTML file can hold
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

TAG_NAMES: Final[dict[Tag, str]] = {
    "push": "Push",
    "pull": "Pull",
    "anxiety": "Anxiety",
    "habit": "Habit",
    "outcome": "Outcome",
    "context": "Context",
    "step": "Step",
    "tradeoff": "Trade-off",
    "hire": "Hire",
    "fire": "Fire",
    "solution": "Solution",
}
TAG_MEANINGS: Final[dict[Tag, str]] = {
    "push": "what makes the present hard to stay with",
    "pull": "what draws them to the new",
    "anxiety": "what worries them about the new, or about switching",
    "habit": "what holds them to the present",
    "outcome": "what they want to be true when the job is done well",
    "context": "the circumstances that shape the job",
    "step": "what they do to get the job done",
    "tradeoff": "one thing given up to get another",
    "hire": "why something was, or would be, chosen",
    "fire": "why something was, or would be, dropped",
    "solution": "a feature or a fix asked for, in place of what it is for",
}
STAGE_NAMES: Final[dict[Stage, str]] = {
    "first_thought": "First thought",
    "passive_looking": "Passive looking",
    "active_looking": "Active looking",
    "deciding": "Deciding",
    "first_use": "First use",
    "ongoing_use": "Ongoing use",
    "none": "No one point",
}
STAGE_MEANINGS: Final[dict[Stage, str]] = {
    "first_thought": "The present goes wrong; there might be another way.",
    "passive_looking": "Noticing, with no effort spent.",
    "active_looking": "Searching, asking, trying, comparing.",
    "deciding": "Weighing and committing.",
    "first_use": "Buying, setting up, the first days.",
    "ongoing_use": "Life with it.",
    "none": "Speaks of no one point of the timeline.",
}
DIMENSION_NAMES: Final[dict[Dimension, str]] = {"functional": "Functional", "emotional": "Emotional", "social": "Social"}
PHASE_NAMES: Final[dict[Phase, str]] = {
    "define": "Define",
    "locate": "Locate",
    "prepare": "Prepare",
    "confirm": "Confirm",
    "execute": "Execute",
    "monitor": "Monitor",
    "modify": "Modify",
    "conclude": "Conclude",
}
PHASE_MEANINGS: Final[dict[Phase, str]] = {
    "define": "Decide what is needed and plan",
    "locate": "Gather what the job takes",
    "prepare": "Set things up",
    "confirm": "Check that all is ready",
    "execute": "Carry it out",
    "monitor": "See how it goes",
    "modify": "Change what is not going well",
    "conclude": "Finish, or get ready for the next time",
}
_VERDICTS: Final[dict[str, str]] = {
    "groups": "There is structure",
    "no_structure": "No structure found",
    "too_few": "Too few interviews to tell",
}
FORMS: Final[dict[str, str]] = {
    "functional": "Functional",
    "emotional": "Emotional",
    "social": "Social",
    "quote": "Left as the quote",
}


def count(number: int, one: str, many: str = "") -> str:
    """`1 interview`, `12 interviews`, `1,204 statements`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def support(value: Support) -> str:
    """`7 of 12 interviews`."""
    return f"{value.k} of {count(value.n, 'interview')}"


def heard(value: Saturation) -> str:
    """`53 themes heard (19 of them in one statement that is in no theme)`."""
    alone = f" ({value.alone:,} of them in one statement that is in no theme)" if value.alone else ""
    return f"{count(value.heard, 'theme')} heard{alone}"


def unheard(value: Saturation) -> str:
    """`at least about 12 (5 to 40, 95 % interval)`; of fewer than three interviews nothing is estimated."""
    if len(value.curve) < 3:
        return "not estimated from fewer than three interviews"
    return f"at least about {value.unheard:.0f} ({value.unheard_low:.0f} to {value.unheard_high:.0f}, 95 % interval)"


def clock(seconds: float) -> str:
    """Seconds as `m:ss`, or `h:mm:ss` from one hour on."""
    whole = int(seconds)
    hours, minutes = whole // 3600, whole // 60 % 60
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"


def firmness(stability: float) -> str:
    """A word for a stability in [0, 1]."""
    shown = round(stability, 2)
    return "firm" if shown >= 0.75 else "fair" if shown >= 0.5 else "loose"


def plain(code: str) -> str:
    """A code such as `vague_metric` as words."""
    return code.replace("_", " ")


def shorten(text: str, length: int) -> str:
    """At most `length` code points on one line, cut at a word where there is one, with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    head = line[: length - 1]
    cut = head.rfind(" ")
    return (head[:cut] if cut > length // 2 else head).rstrip(" ,.;:-") + "…"


def upfirst(text: str) -> str:
    """With a capital at the start; the rest as it is."""
    return text[:1].upper() + text[1:]


def clean(text: str) -> str:
    """Without the characters that no HTML file can hold (controls other than tab and line ends, lone surrogates): each becomes U+FFFD."""
    return _UNFIT.sub("\ufffd", text)


def verdict(structure: Structure) -> str:
    """A few words on whether stories fall into groups."""
    return _VERDICTS[structure.verdict] if structure.firm else "A suggestion, not a finding"
