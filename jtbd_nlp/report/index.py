"""Lookups over an analysis: records by id, the anchor of each, and the order in which people read them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from jtbd_nlp.report.words import clock
from jtbd_nlp.schema import (
    STAGES,
    AnalysisRecord,
    Evidence,
    Job,
    Outcome,
    Pathway,
    Record,
    Stage,
    Statement,
    Story,
    Support,
    Tag,
    Theme,
    Transcript,
    content_id,
)

_SAFE = re.compile(r"[A-Za-z0-9_-]{1,64}")


def anchor(kind: str, name: str) -> str:
    """`<kind>-<name>` where the name is safe in a fragment, else with a hash of it."""
    return f"{kind}-{name}" if _SAFE.fullmatch(name) else content_id(kind, (name,))


def evidence_in(value: object) -> Iterator[Evidence]:
    """Every Evidence inside a record, in the order of its fields."""
    if isinstance(value, Evidence):
        yield value
    elif isinstance(value, Record):
        for name in type(value).model_fields:
            yield from evidence_in(getattr(value, name))
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from evidence_in(item)


class Index:
    """An analysis with its records by id. Ids that lead nowhere give None or an empty tuple: a report never fails on them."""

    def __init__(self, analysis: AnalysisRecord) -> None:
        self.analysis = analysis
        self.transcripts: dict[str, Transcript] = {t.id: t for t in analysis.transcripts}
        self.statements: dict[str, Statement] = {s.id: s for s in analysis.statements}
        self.themes: dict[str, Theme] = {t.id: t for t in analysis.themes}
        self.outcomes: dict[str, Outcome] = {o.id: o for o in analysis.outcomes}
        self.stories: dict[str, Story] = {s.transcript: s for s in analysis.stories}
        self.jobs: dict[str, Job] = {j.id: j for j in analysis.jobs}
        self.pathways: dict[str, Pathway] = {p.id: p for p in analysis.pathways}
        #: the labels of one's own that were given, in the order of the alphabet
        self.labels = tuple(sorted({label for s in analysis.statements for label in s.labels}))
        self._names = {t.id: _participant(t) for t in analysis.transcripts}
        self.loose = self._loose()

    def _loose(self) -> dict[str, tuple[Evidence, ...]]:
        """Per transcript, evidence that is no statement's: the interview needs an anchor for each."""
        found: dict[str, dict[tuple[int, int], Evidence]] = {}
        roots: tuple[tuple[Record, ...], ...] = (
            self.analysis.themes, self.analysis.outcomes, self.analysis.stories, self.analysis.jobs, self.analysis.pathways,
        )  # fmt: skip
        for item in evidence_in([*roots]):
            if item.statement not in self.statements and item.transcript in self.transcripts:
                found.setdefault(item.transcript, {})[item.start, item.end] = item
        return {name: tuple(spans[key] for key in sorted(spans)) for name, spans in found.items()}

    def of_theme(self, theme: Theme) -> tuple[Statement, ...]:
        """Members that exist, exemplars first, then by interview and place."""
        rank = {name: place for place, name in enumerate(theme.exemplars)}
        return tuple(sorted(self._known(theme.statements), key=lambda s: (rank.get(s.id, len(rank)), s.transcript, s.start)))

    def _known(self, ids: Iterable[str]) -> list[Statement]:
        return [self.statements[i] for i in ids if i in self.statements]

    def unclustered(self, tag: Tag) -> tuple[Statement, ...]:
        """Statements of a tag that are in no theme."""
        return tuple(sorted(self._known(self.analysis.unclustered.get(tag, ())), key=lambda s: (s.transcript, s.start)))

    def themes_of(self, tag: Tag) -> tuple[Theme, ...]:
        """Themes of a tag, the most widely heard first."""
        return by_weight(t for t in self.analysis.themes if t.tag == tag)

    def support_in(self, theme: Theme, stories: tuple[str, ...]) -> Support:
        """How many of some stories say a theme."""
        return Support(k=len({s.transcript for s in self._known(theme.statements)} & set(stories)), n=len(stories))

    def route(self, pathway: Pathway) -> tuple[Theme, ...]:
        """Themes of a pathway in the order of the timeline; within a stage those that most of its stories say come first."""
        weight = {t.id: self.support_in(t, pathway.stories).k for t in self.known_themes(pathway.themes)}
        return tuple(sorted(self.known_themes(pathway.themes), key=lambda t: (STAGES.index(t.stage), -weight[t.id], t.title, t.id)))

    def known_themes(self, ids: Iterable[str]) -> tuple[Theme, ...]:
        """The themes of these ids, in this order."""
        return tuple(self.themes[i] for i in ids if i in self.themes)

    def known_outcomes(self, ids: Iterable[str]) -> tuple[Outcome, ...]:
        """The outcomes of these ids, in this order."""
        return tuple(self.outcomes[i] for i in ids if i in self.outcomes)

    def tagged(self, tag: Tag, stage: Stage | None = None, transcript: str | None = None) -> tuple[Statement, ...]:
        """Statements with a tag, of a stage and a transcript where they are given."""
        return tuple(
            s
            for s in self.analysis.statements
            if tag in s.tags and (stage is None or (s.stage or "none") == stage) and transcript in (None, s.transcript)
        )

    def labelled(self, label: str) -> tuple[Statement, ...]:
        """Statements with a label of one's own, the surest first."""
        found = (s for s in self.analysis.statements if label in s.labels)
        return tuple(sorted(found, key=lambda s: (-s.labels[label], s.transcript, s.start)))

    def jobs_by_support(self) -> tuple[Job, ...]:
        """Jobs, the most widely shared first."""
        return tuple(sorted(self.analysis.jobs, key=lambda j: (-j.support.k, j.title, j.id)))

    def pathways_by_support(self) -> tuple[Pathway, ...]:
        """Pathways, the most travelled first."""
        return tuple(sorted(self.analysis.pathways, key=lambda p: (-p.support.k, p.title, p.id)))

    def name(self, transcript: str) -> str:
        """The participant's name in an interview; the transcript's id where there is none."""
        return self._names.get(transcript) or transcript

    def said_by(self, evidence: Evidence | Statement) -> str:
        """`Rui, s01, 12:31`: who said it, in which interview, and when, where that is known."""
        name = evidence.speaker if isinstance(evidence, Statement) else self.name(evidence.transcript)
        parts = [name] if name == evidence.transcript else [name, evidence.transcript]
        if evidence.time is not None:
            parts.append(clock(evidence.time[0]))
        return ", ".join(part for part in parts if part)

    def href(self, evidence: Evidence | Statement | str) -> str:
        """Link to where it stands in its interview: a statement (or its id), or any span."""
        if isinstance(evidence, Statement):
            return "#" + anchor("q", evidence.id)
        if isinstance(evidence, str):
            return "#" + anchor("q", evidence)
        if evidence.statement in self.statements:
            return "#" + anchor("q", str(evidence.statement))
        if evidence.transcript in self.transcripts:
            return "#" + loose_anchor(evidence)
        return "#interviews"


def loose_anchor(evidence: Evidence) -> str:
    """Anchor of a span that is no statement's."""
    return content_id("e", (evidence.transcript, str(evidence.start), str(evidence.end)))


def by_weight(themes: Iterable[Theme]) -> tuple[Theme, ...]:
    """The most widely heard first; then the most often said."""
    return tuple(sorted(themes, key=lambda t: (-t.support.k, -len(t.statements), t.title, t.id)))


def by_stage(themes: Iterable[Theme]) -> tuple[Theme, ...]:
    """In the order of the buying timeline; within a stage the most widely heard first."""
    return tuple(sorted(by_weight(themes), key=lambda t: STAGES.index(t.stage)))


def _participant(transcript: Transcript) -> str:
    """The speaker who says most, among those who are not interviewers."""
    talk: Counter[str] = Counter()
    for turn in transcript.turns:
        if turn.role != "interviewer":
            talk[turn.speaker] += turn.end - turn.start
    return min(talk, key=lambda name: (-talk[name], name), default="")
