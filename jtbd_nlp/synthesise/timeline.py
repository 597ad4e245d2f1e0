"""The order in which things happened, which is seldom the order in which they were told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from jtbd_nlp.schema import STAGES, Event, Quoter, Stage, Statement
from jtbd_nlp.synthesise.syntax import Parse, Syntax

_EARLIER: Final = re.compile(
    r"\b(?:before that|earlier|originally|back then|at first|in the beginning|to begin with|used to|years ago|first time)\b", re.IGNORECASE
)
_LATER: Final = re.compile(r"\b(?:in the end|finally|eventually|afterwards|since then|by then|these days|nowadays|now)\b", re.IGNORECASE)


def timeline(statements: Sequence[Statement], quoter: Quoter, parse: Parse) -> tuple[Event, ...]:
    """The coded statements that speak of a point of the timeline, in the order they happened.

    Stages come first; within a stage, what is told as past of the past or with words of looking back comes before the rest, what is told as the
    end of it after; else the order of the telling stands. Statements of no stage are not placed.
    """
    told = sorted(statements, key=lambda s: (s.start, s.end))
    placed = [(STAGES.index(s.stage), _shift(s, parse), order, s, s.stage) for order, s in enumerate(told) if s.stage not in (None, "none")]
    ordered = sorted(placed, key=lambda p: p[:3])
    return tuple(
        Event(stage=stage, tags=tuple(s.tags), statement=s.id, told=order, evidence=quoter.evidence(s)) for _, _, order, s, stage in ordered
    )


def stages_of(events: Sequence[Event]) -> tuple[Stage, ...]:
    """The stages spoken of, in the order they happened."""
    seen = {event.stage for event in events}
    return tuple(stage for stage in STAGES if stage in seen)


def _shift(statement: Statement, parse: Parse) -> int:
    if _EARLIER.search(statement.text) or _is_pluperfect(Syntax(parse(statement.text))):
        return -1
    return 1 if _LATER.search(statement.text) else 0


def _is_pluperfect(syntax: Syntax) -> bool:
    """Whether the main verb is "had" + participle."""
    for i, token in enumerate(syntax.tokens):
        if token.head == i and token.tag == "VBN":
            return any(syntax.lower(c) in ("had", "'d") for c in syntax.children(i, "aux"))
    return False
