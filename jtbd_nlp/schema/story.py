"""What one interview tells."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from jtbd_nlp.schema.base import Record
from jtbd_nlp.schema.evidence import Evidence, Quoted
from jtbd_nlp.schema.labels import Stage, Tag


class Event(Record):
    """One moment of the timeline. `told` is its place in the telling (0 = said first); events are listed in the order they happened.

    One whose `stage` is `none` speaks of no stage: it stands beside what was told next to it. `when`: the words that say when it was, if any.
    """

    stage: Stage
    tags: tuple[Tag, ...]
    statement: str
    told: int = Field(ge=0)
    evidence: Evidence
    when: Evidence | None = Field(default=None, exclude_if=lambda when: when is None)


class Balance(Record):
    """Forces of progress in one story: statements per force, and which way they lean.

    `score` is (push + pull - anxiety - habit) / all of them, in [-1, 1]; 0 where there is none. `tipped_by` is what the participant said
    settled it.
    """

    push: int = Field(ge=0)
    pull: int = Field(ge=0)
    anxiety: int = Field(ge=0)
    habit: int = Field(ge=0)
    score: float = Field(ge=-1, le=1)
    tipped_by: tuple[Quoted, ...] = ()


class Story(Record):
    """One interview as an object. Every text is a participant's own words, or stands beside them as evidence; what was not said is empty.

    What was hired, fired or considered may be in the words of a question where the participant never names it.
    """

    transcript: str
    title: str
    executor: Quoted | None = None
    context: tuple[Quoted, ...] = ()
    hired: tuple[Quoted, ...] = ()
    fired: tuple[Quoted, ...] = ()
    considered: tuple[Quoted, ...] = ()
    before: Quoted | None = Field(default=None, alias="from")
    after: Quoted | None = Field(default=None, alias="to")
    stages: tuple[Stage, ...] = ()
    timeline: tuple[Event, ...] = ()
    struggling_moments: tuple[Quoted, ...] = ()
    hire_criteria: tuple[Quoted, ...] = ()
    fire_criteria: tuple[Quoted, ...] = ()
    tradeoffs: tuple[Quoted, ...] = ()
    solutions: tuple[Quoted, ...] = ()
    balance: Balance
    outcomes: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()


class Structure(Record):
    """Whether a set of stories falls into groups.

    Attributes:
        verdict: `groups`; `no_structure` (random stories would group as well); `too_few` (fewer stories than can show it).
        reason: in words, for people.
        p_value: of the permutation null, None where it was not computed.
        n: number of stories; k: number of groups found.
        firm: False where the groups are a suggestion: stories that are alike in some of what they say are alike in the rest, but stories without
            groups that are each as much their own look as clearly grouped (docs/pathways.md).
    """

    verdict: Literal["groups", "no_structure", "too_few"]
    reason: str
    p_value: float | None = None
    n: int = Field(ge=0)
    k: int = Field(ge=0)
    firm: bool = Field(default=True, exclude_if=lambda firm: firm)


class SaturationPoint(Record):
    """Mean number of distinct themes heard in `interviews` interviews, over random orders."""

    interviews: int = Field(ge=1)
    themes: float = Field(ge=0)


class Saturation(Record):
    """Enough interviews? Themes heard so far and an estimate of those still unheard, which is a lower bound (Chao1, with a 95 % interval).

    Attributes:
        curve: a point for each number of interviews, from 1 to all.
        heard: themes of all tags, and with them what was said once and is in no theme.
        alone: how many of `heard` are the latter.
        unheard, unheard_low, unheard_high: 0 below three interviews, where nothing can be estimated.
        advice: in words, for people: what the estimate says, and where the study is thin.
    """

    curve: tuple[SaturationPoint, ...]
    heard: int = Field(ge=0)
    alone: int = Field(default=0, ge=0, exclude_if=lambda alone: alone == 0)
    unheard: float = Field(ge=0)
    unheard_low: float = Field(ge=0)
    unheard_high: float = Field(ge=0)
    advice: str
