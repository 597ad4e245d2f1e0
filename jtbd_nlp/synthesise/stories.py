"""Stories: one interview as an object."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from jtbd_nlp.config import SynthesiseConfig
from jtbd_nlp.schema import FORCES, Balance, Outcome, Quoted, Quoter, Stage, Statement, Story, Tag, Theme, Transcript
from jtbd_nlp.synthesise.executor import About, find_executor
from jtbd_nlp.synthesise.phrases import sentence_case
from jtbd_nlp.synthesise.picking import quotes, shortened, strongest
from jtbd_nlp.synthesise.products import find_products
from jtbd_nlp.synthesise.syntax import Parse, read_ahead
from jtbd_nlp.synthesise.timeline import stages_of, timeline
from jtbd_nlp.synthesise.weighing import Talked

_DECISIVE: Final = re.compile(
    r"\b(?:decid\w+|that was it|sold (?:me|us)|won (?:me|us|it)|made up my mind|said yes|settled|convinced|the reason|that's why|tipped|in the end|went for|chose)\b",
    re.IGNORECASE,
)
_EARLY: Final[tuple[Stage, ...]] = ("first_thought", "passive_looking")
_LATE: Final[tuple[Stage, ...]] = ("ongoing_use", "first_use")


def make_stories(
    transcripts: Sequence[Transcript],
    statements: Sequence[Statement],
    themes: Sequence[Theme],
    outcomes: Sequence[Outcome],
    parse: Parse,
    config: SynthesiseConfig,
) -> tuple[Story, ...]:
    """One story a transcript, sorted by transcript id; what was not said is empty."""
    of: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        of[statement.transcript].append(statement)
    where = {i: theme.id for theme in themes for i in theme.statements}
    themed: dict[str, set[str]] = defaultdict(set)
    for statement in statements:
        themed[statement.transcript].update(theme for i, theme in ((statement.id, where.get(statement.id)),) if i and theme)
        themed[statement.transcript].update(statement.themes.values())
    compiled: dict[str, list[str]] = defaultdict(list)
    for outcome in outcomes:
        compiled[outcome.transcript].append(outcome.id)
    return tuple(
        make_story(t, of[t.id], tuple(sorted(themed[t.id])), tuple(sorted(compiled[t.id])), parse, config)
        for t in sorted(transcripts, key=lambda t: t.id)
    )


def make_story(
    transcript: Transcript,
    statements: Sequence[Statement],
    themes: tuple[str, ...],
    outcomes: tuple[str, ...],
    parse: Parse,
    config: SynthesiseConfig,
) -> Story:
    """The story that one interview tells."""
    quoter = Quoter.over((transcript,))
    told = sorted(statements, key=lambda s: (s.start, s.end))
    about, talked = About.of(transcript, told), Talked.of(transcript, told)
    read_ahead(parse, (*about.texts, *talked.texts))
    executor = find_executor(about, quoter, parse)
    products = find_products(transcript, talked, quoter, parse, config.max_quotes)
    before, after = _before(told, quoter, parse), _after(told, quoter, parse)
    events = timeline(told, quoter, parse)
    struggles = strongest([s for s in told if s.stage in _EARLY], ("push",), parse)[: config.max_quotes]
    return Story(
        transcript=transcript.id,
        title=_title(transcript, executor, before),
        executor=executor,
        context=quotes([s for s in told if "context" in s.tags], quoter),
        hired=products.hired,
        fired=products.fired,
        considered=products.considered,
        before=before,
        after=after,
        stages=stages_of(events),
        timeline=events,
        struggling_moments=quotes(sorted(struggles, key=lambda s: s.start), quoter),
        hire_criteria=_with(told, "hire", quoter),
        fire_criteria=_with(told, "fire", quoter),
        tradeoffs=_with(told, "tradeoff", quoter),
        solutions=_with(told, "solution", quoter),
        balance=_balance(told, quoter, parse),
        outcomes=outcomes,
        themes=themes,
    )


def _with(told: Sequence[Statement], tag: Tag, quoter: Quoter) -> tuple[Quoted, ...]:
    return quotes([s for s in told if tag in s.tags], quoter)


def _before(told: Sequence[Statement], quoter: Quoter, parse: Parse) -> Quoted | None:
    """Where the person came from: what they did or what failed them before they looked for anything else."""
    for stages in (("first_thought",), _EARLY):
        for tags in (("step", "habit"), ("push",)):
            found = strongest([s for s in told if s.stage in stages], tags, parse)
            if found:
                return shortened(found[0], quoter, parse)
    return None


def _after(told: Sequence[Statement], quoter: Quoter, parse: Parse) -> Quoted | None:
    """Where the person got to: what they have of it now."""
    for stage in _LATE:
        found = strongest([s for s in told if s.stage == stage], ("pull",), parse)
        if found:
            return shortened(found[0], quoter, parse)
    found = strongest([s for s in told if s.stage == "ongoing_use"], ("tradeoff", "step"), parse)
    return shortened(found[0], quoter, parse) if found else None


def _balance(told: Sequence[Statement], quoter: Quoter, parse: Parse) -> Balance:
    counts = {force: sum(1 for s in told if force in s.tags) for force in FORCES}
    total = sum(counts.values())
    score = (counts["push"] + counts["pull"] - counts["anxiety"] - counts["habit"]) / total if total else 0.0
    return Balance(**counts, score=round(score, 6), tipped_by=_tipped(told, quoter, parse))


def _tipped(told: Sequence[Statement], quoter: Quoter, parse: Parse) -> tuple[Quoted, ...]:
    """What the participant said settled it: hire, pull or fire at the moment of deciding, in words of deciding; else the firmest criterion then."""
    deciding = [s for s in told if s.stage == "deciding" and any(tag in s.tags for tag in ("hire", "pull", "fire", "tradeoff"))]
    settled = [s for s in deciding if _DECISIVE.search(s.text)]
    chosen = settled or strongest(deciding, ("hire",), parse)[:1]
    return quotes(sorted(chosen, key=lambda s: s.start), quoter, 2)


def _title(transcript: Transcript, executor: Quoted | None, before: Quoted | None) -> str:
    """Who, and from what; the transcript's id where neither was said."""
    parts = [part.text for part in (executor, before) if part is not None]
    return sentence_case(": ".join(parts)) if parts else transcript.id
