"""Jobs (what people want) and pathways (how they got there)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from jtbd_nlp.schema.base import Record
from jtbd_nlp.schema.evidence import Evidence, Quoted
from jtbd_nlp.schema.labels import Phase
from jtbd_nlp.schema.themes import Support


class JobStatement(Record):
    """Verb + object + contextual clarifier, without a solution. Each slot with the words that it comes from."""

    text: str
    verb: Quoted | None = None
    object: Quoted | None = None
    clarifier: Quoted | None = None


class JobStory(Record):
    """When [situation], I want to [motivation], so that [outcome]. A slot that nobody filled is None."""

    text: str
    when: Quoted | None = None
    want: Quoted | None = None
    so_that: Quoted | None = None


class JobPhase(Record):
    """One phase of the universal job map; empty phases are shown as empty. Ids are of statements."""

    phase: Phase
    steps: tuple[Quoted, ...] = ()
    outcomes: tuple[str, ...] = ()
    struggles: tuple[Quoted, ...] = ()
    #: those of the steps that name something hired, fired or considered, or a program or what it runs on: they may be done otherwise with another solution
    product_steps: tuple[str, ...] = ()
    #: those of `product_steps` that can be said without the product, in the words left when it is left out ("…" between parts, each an evidence)
    restated: tuple[Quoted, ...] = Field(default=(), exclude_if=lambda restated: not restated)


class Alternative(Record):
    """What stories of the job hired, fired or considered for it; doing nothing included."""

    name: str
    hired: int = 0
    fired: int = 0
    considered: int = 0
    evidence: tuple[Evidence, ...] = ()


class Job(Record):
    """The progress that a group of people is trying to make, grouped by what they want."""

    id: str
    title: str
    statement: JobStatement
    story: JobStory
    functional: tuple[Quoted, ...] = ()
    emotional: tuple[Quoted, ...] = ()
    social: tuple[Quoted, ...] = ()
    outcomes: tuple[str, ...] = ()
    map: tuple[JobPhase, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    #: solution thinking of the job's stories: features and fixes asked for, which stand for something wanted
    solutions: tuple[Quoted, ...] = ()
    related: tuple[str, ...] = ()
    stories: tuple[str, ...]
    support: Support
    themes: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...]
    stability: float | None = None
    #: how the job came about where that needs saying, in words, for people
    note: str = ""


class Pathway(Record):
    """Stories that reach the hire the same way. `themes` are in the order of the stages, `theme_support` says for each how many of the
    pathway's stories say it; `account` is compiled from quotes.

    `stability` is in [0, 1]: how well the group survives leaving one story out and resampling; None where not measured.
    """

    id: str
    title: str
    title_evidence: tuple[Evidence, ...] = ()
    job: str
    stories: tuple[str, ...]
    support: Support
    themes: tuple[str, ...] = ()
    theme_support: tuple[Support, ...] = Field(default=(), exclude_if=lambda support: not support)
    hire_criteria: tuple[Quoted, ...] = ()
    fire_criteria: tuple[Quoted, ...] = ()
    tradeoffs: tuple[Quoted, ...] = ()
    before: tuple[Quoted, ...] = ()
    after: tuple[Quoted, ...] = ()
    account: tuple[Quoted, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    stability: float | None = None


GroupKind = Literal["job", "pathway"]
