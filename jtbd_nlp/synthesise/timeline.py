"""The order in which things happened, which is seldom the order in which they were told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from jtbd_nlp.schema import STAGES, Event, Quoter, Stage, Statement
from jtbd_nlp.synthesise.syntax import Parse, Syntax
from jtbd_nlp.synthesise.whenabouts import TimeWords, time_words

#: what is wished for is no event, and these verbs tell of a state
_WISHES: Final = frozenset({"outcome", "solution"})
_STATES: Final = frozenset("be have want need like love hate hope know think mean wish believe".split())


@dataclass(frozen=True)
class _Told:
    """A statement with its place in the telling."""

    order: int
    statement: Statement
    when: tuple[TimeWords, ...]

    @property
    def stage(self) -> Stage | None:
        return None if self.statement.stage in (None, "none") else self.statement.stage


def timeline(statements: Sequence[Statement], quoter: Quoter, parse: Parse) -> tuple[Event, ...]:
    """The coded statements that speak of a point of the timeline, and the events between these, in the order they happened.

    Stages come first. Within a stage, what is told as past of the past or with words of looking back ("two years ago", "at first") comes before
    the rest, what is told as the end of it ("in the end", "a month later") after; else the order of the telling stands, but years that are
    named, and numbers of days, weeks or years ago, are put in their order. A statement of no stage is an event where it is told in the past tense
    or says when it was: it stands beside the statement with a stage that was told nearest to it, and keeps its stage `none`. Without such
    a neighbour it is not placed, and neither is what speaks of no event.
    """
    told = [_Told(i, s, time_words(s.text)) for i, s in enumerate(sorted(statements, key=lambda s: (s.start, s.end)))]
    staged = [t for t in told if t.stage is not None]
    if not staged:
        return ()
    order = sorted(staged, key=lambda t: (STAGES.index(t.stage or "none"), _shift(t, parse), t.order))
    order = _dated(_dated(order, _year), _days_ago)
    before: dict[int, list[_Told]] = {}
    after: dict[int, list[_Told]] = {}
    for one in told:
        if one.stage is None and _is_event(one, parse):
            near = min(staged, key=lambda t: (_distance(one.statement, t.statement), t.order))
            (after if near.order < one.order else before).setdefault(near.order, []).append(one)
    placed = [t for at in order for t in (*before.get(at.order, ()), at, *after.get(at.order, ()))]
    return tuple(_event(t, quoter) for t in placed)


def _event(told: _Told, quoter: Quoter) -> Event:
    s = told.statement
    said = next((words for words in told.when if words.says_when), None)
    when = quoter.part(s, said.start, said.end) if said is not None else None
    return Event(stage=told.stage or "none", tags=tuple(s.tags), statement=s.id, told=told.order, evidence=quoter.evidence(s), when=when)


def stages_of(events: Sequence[Event]) -> tuple[Stage, ...]:
    """The stages spoken of, in the order they happened."""
    seen = {event.stage for event in events}
    return tuple(stage for stage in STAGES if stage in seen and stage != "none")


def _shift(told: _Told, parse: Parse) -> int:
    shifts = {words.shift for words in told.when}
    if -1 in shifts or _is_pluperfect(Syntax(parse(told.statement.text))):
        return -1
    return 1 if 1 in shifts else 0


def _dated(order: Sequence[_Told], date: Callable[[_Told], int | None]) -> list[_Told]:
    """Those of one stage that have a date trade places so that the dates rise; all others stay where they are."""
    out = list(order)
    for stage in STAGES:
        places = [i for i, t in enumerate(out) if t.stage == stage and date(t) is not None]
        for place, t in zip(places, sorted((out[i] for i in places), key=lambda t: (date(t) or 0, t.order)), strict=True):
            out[place] = t
    return out


def _year(told: _Told) -> int | None:
    return next((w.year for w in told.when if w.year is not None), None)


def _days_ago(told: _Told) -> int | None:
    return next((-w.days_ago for w in told.when if w.days_ago is not None), None)


def _distance(one: Statement, other: Statement) -> tuple[int, int]:
    """How far apart two statements were told: in turns, then in characters."""
    return abs(one.turn - other.turn), max(one.start - other.end, other.start - one.end)


def _is_event(told: _Told, parse: Parse) -> bool:
    """Whether a statement of no stage tells what happened: it says when, or its main verb is in the past tense and tells of no state."""
    if not set(told.statement.tags) - _WISHES:
        return False
    if any(words.shift < 1 for words in told.when):
        return True
    syntax = Syntax(parse(told.statement.text))
    past = any(t.head == i and t.tag == "VBD" and t.lemma.lower() not in _STATES for i, t in enumerate(syntax.tokens))
    return past or _is_pluperfect(syntax)


def _is_pluperfect(syntax: Syntax) -> bool:
    """Whether the main verb is "had" + participle."""
    for i, token in enumerate(syntax.tokens):
        if token.head == i and token.tag == "VBN":
            return any(syntax.lower(c) in ("had", "'d") for c in syntax.children(i, "aux"))
    return False
