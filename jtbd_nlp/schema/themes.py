"""Statements of one tag that say the same thing, and desired outcomes in their grammar."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from jtbd_nlp.schema.base import Record, content_id
from jtbd_nlp.schema.evidence import Evidence, Quoted
from jtbd_nlp.schema.labels import Dimension, Stage, Tag


class Support(Record):
    """`k` of `n` interviews."""

    k: int = Field(ge=0)
    n: int = Field(ge=0)


class Theme(Record):
    """Statements of one tag, from any number of interviews, that say the same thing.

    Attributes:
        title: what kind of thing its members are ("Worries: ..."), where that is sure, then the own words of up to three of them joined by dots,
            then how many more there are where one says something else; `title_evidence` is where they stand.
        statements: ids of all members, sorted; `exemplars`: ids of those that the title names, then of the most typical others.
        support: how many interviews of the study say it.
        stability: mean share, in [0, 1], of member pairs that stay together under resampling of interviews; None where it was not measured.
        stage: the commonest stage of its members.
    """

    id: str
    tag: Tag
    title: str
    title_evidence: tuple[Evidence, ...]
    statements: tuple[str, ...]
    exemplars: tuple[str, ...]
    support: Support
    stability: float | None = None
    dimension: Dimension | None = None
    stage: Stage = "none"


def theme_id(tag: Tag, statements: tuple[str, ...]) -> str:
    """Id of the theme of these statements."""
    return content_id("t", (tag, *sorted(statements)))


class Outcome(Record):
    """A desired outcome in its grammar (Ulwick): direction, metric, object of control, contextual clarifier.

    A functional outcome renders as "Minimize the time it takes to close the month when invoices arrive late"; an emotional one as
    "Feel ..." or "Avoid feeling ..."; a social one as "Be perceived as ..." or "Avoid being perceived as ...". What cannot be compiled
    faithfully has `form == "quote"`: `text` is then the quote itself and the slots are None.
    """

    id: str
    form: Literal["functional", "emotional", "social", "quote"]
    text: str
    direction: Quoted | None = None
    metric: Quoted | None = None
    object_of_control: Quoted | None = None
    contextual_clarifier: Quoted | None = None
    statement: str
    transcript: str
    evidence: Evidence
    #: what an analyst would object to; codes such as `vague_metric`, `two_outcomes`, `names_solution`
    lint: tuple[str, ...] = ()
