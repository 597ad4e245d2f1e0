"""Desired outcomes: statements compiled to the outcome grammar, or left as their quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from jtbd_nlp.config import SynthesiseConfig
from jtbd_nlp.errors import SchemaError
from jtbd_nlp.schema import Evidence, Outcome, Quoted, Quoter, Statement, Transcript, content_id
from jtbd_nlp.synthesise import grammar
from jtbd_nlp.synthesise.lint import lint
from jtbd_nlp.synthesise.syntax import Parse, Syntax
from jtbd_nlp.synthesise.wishes import wish_of
from jtbd_nlp.synthesise.wording import Slot

#: other tags whose statements are compiled where they mark a wish or a burden in so many words
BEHIND: Final = ("push", "solution", "step")
#: metrics by which a step tells of time lost, and words by which one tells of work that should not be
_TIME: Final = frozenset({"time it takes to", "time spent", "effort it takes to"})
_WASTE: Final = re.compile(
    r"\b(?:by hand|manually|again|twice|over and over|every (?:single )?time|one by one|from scratch|all over|because \w+ (?:did|do|would|could|was|were)(?:n['’]t| not))\b",
    re.IGNORECASE,
)
#: what shows that a wish of solution thinking is for the solution itself, not for what it is good for
_STILL_SOLUTION: Final = frozenset({"names_solution", "names_somebody", "unclear_reference"})

#: share of a statement's telling words that an outcome must come from; else it would lose a second wish or a condition
_KEPT: Final = 0.8


def compile_outcomes(
    statements: Sequence[Statement], transcripts: Sequence[Transcript], parse: Parse, config: SynthesiseConfig
) -> tuple[Outcome, ...]:
    """One outcome for each `outcome` statement, and for each `push` or `solution` statement that says in so many words what is wished for or
    what is a burden ("I had to ... by hand"), and for each `step` that says what time it took or that it is done again or by hand. What no rule reads faithfully keeps `form == "quote"`. Sorted by id."""
    del config
    quoter = Quoter.over(tuple(transcripts))
    made = [outcome for s in statements if (outcome := compile_outcome(s, quoter, parse)) is not None]
    return tuple(sorted(made, key=lambda o: o.id))


def compile_outcome(statement: Statement, quoter: Quoter, parse: Parse) -> Outcome | None:
    """The outcome of one statement; None where it is no outcome and marks no wish."""
    own = "outcome" in statement.tags
    if not own and not any(tag in statement.tags for tag in BEHIND):
        return None
    syntax = Syntax(parse(statement.text))
    wish = wish_of(syntax, statement.dimension, strict=not own, answering=statement.stage in (None, "none")) if syntax.tokens else None
    if wish is not None and not _is_told(wish.metric.text if wish.metric else "", statement):
        wish = None
    slots = None
    if wish is not None:
        try:
            slots = grammar.OutcomeSlots(
                wish.direction.text,
                wish.metric.text if wish.metric else None,
                wish.object.text,
                wish.clarifier.text if wish.clarifier else None,
            )
        except SchemaError:  # the words do not fit the grammar: the quote stands for itself
            slots = None
    if wish is not None and "solution" not in statement.tags and wish.kept(syntax) < _KEPT:
        wish = None  # it would lose what else is wanted
    found = () if wish is None else lint(wish, syntax)
    objected = _STILL_SOLUTION if "solution" in statement.tags else {"unclear_reference"}
    if wish is None or slots is None or (not own and objected & set(found)):
        return _as_quote(statement, quoter) if own else None
    text = grammar.render(slots)
    return Outcome(
        id=content_id("o", (statement.id, text)),
        form=slots.form,
        text=text,
        direction=_quoted(wish.direction, statement, syntax, quoter),
        metric=_quoted(wish.metric, statement, syntax, quoter),
        object_of_control=_quoted(wish.object, statement, syntax, quoter),
        contextual_clarifier=_quoted(wish.clarifier, statement, syntax, quoter),
        statement=statement.id,
        transcript=statement.transcript,
        evidence=quoter.evidence(statement),
        lint=found,
    )


def _is_told(metric: str, statement: Statement) -> bool:
    """Whether more than a step is told: of a step that is nothing else, only time lost and work that should not be is an outcome."""
    if "outcome" in statement.tags or any(tag in statement.tags for tag in BEHIND if tag != "step"):
        return True
    return metric in _TIME or (metric == "need to" and _WASTE.search(statement.text) is not None)


def _as_quote(statement: Statement, quoter: Quoter) -> Outcome:
    return Outcome(
        id=content_id("o", (statement.id, statement.text)),
        form="quote",
        text=statement.text,
        statement=statement.id,
        transcript=statement.transcript,
        evidence=quoter.evidence(statement),
    )


def _quoted(slot: Slot | None, statement: Statement, syntax: Syntax, quoter: Quoter) -> Quoted | None:
    if slot is None:
        return None
    spans = sorted({(syntax.tokens[r.first].start, syntax.tokens[r.last - 1].end) for r in slot.ranges})
    evidence: tuple[Evidence, ...] = tuple(quoter.part(statement, start, end) for start, end in spans)
    return Quoted(text=slot.text, evidence=evidence)
