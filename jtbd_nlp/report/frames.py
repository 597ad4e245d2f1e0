"""An analysis as pandas tables. Every cell is one plain value (text, number, None); what is many is joined or has columns of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

from jtbd_nlp.errors import ConfigError
from jtbd_nlp.report.index import Index
from jtbd_nlp.schema import FORCES, TAGS, AnalysisRecord, Quoted

if TYPE_CHECKING:
    import pandas as pd

#: between the parts of a cell that holds several
JOIN: Final = "; "
#: what a spreadsheet takes for the start of a formula
_FORMULA = re.compile(r"^[=+\-@\t\r]")

_Rows = list[dict[str, Any]]


def to_frame(analysis: AnalysisRecord, name: str, *, spreadsheet: bool = False) -> pd.DataFrame:
    """One table of an analysis.

    - `statements`: a row a statement, indexed by `id`: `transcript`, `turn`, `speaker`, `start`, `end` (code points), `text`, `tags`, `dimension`,
      `stage`, `phase`, `themes`, `undecided`, `start_s`, `end_s` (seconds), and for each of the eleven tags `p_<tag>`, its probability (NaN
      where it was not scored). Where there are labels of one's own, `labels` and for each of them `p_<label>` too (NaN where it was not decided).
    - `themes`: indexed by `id`: `tag`, `title`, `dimension`, `stage`, `interviews`, `of_interviews`, `statements`, `stability`, `exemplar`.
    - `outcomes`: indexed by `id`: `transcript`, `form`, `text`, `direction`, `metric`, `object_of_control`, `contextual_clarifier`, `quote`,
      `lint`, `statement`.
    - `stories`: indexed by `transcript`: `title`, `executor`, `hired`, `fired`, `considered`, `from`, `to`, `stages`, `push`, `pull`, `anxiety`,
      `habit` (statements), `balance` (in [-1, 1]), `hire_criteria`, `fire_criteria`, `tradeoffs`, `themes`, `job`, `pathway` (ids).
    - `jobs`: indexed by `id`: `title`, `statement`, `story`, `interviews`, `of_interviews`, `stability`, `stories`, `outcomes`, `alternatives`,
      `solutions`, `steps`, `product_steps` (those of the steps that are tied to a product), `restated` (these without it), `note`.
    - `pathways`: indexed by `id`: `title`, `job`, `firm` (False where they are a suggestion: docs/pathways.md), `interviews`, `of_interviews`,
      `stability`, `stories`, `themes`, `theme_support` (for each of the themes, in their order, how many of the pathway's stories say it), `from`,
      `to`, `hire_criteria`, `fire_criteria`, `tradeoffs`.
    - `matrix`: a row a story, a column a theme (both ids), each cell the number of statements.

    Args:
        analysis: what was found.
        name: the table.
        spreadsheet: put an apostrophe before any text that a spreadsheet would run as a formula; texts are then no longer exactly what was said.

    Raises:
        ConfigError: there is no table of that name.
    """
    import pandas as pd

    if name not in TABLES:
        raise ConfigError(f"Got table {name!r}; expected one of {', '.join(sorted(TABLES))}.")
    key, columns, make = TABLES[name]
    index = Index(analysis)
    shown = columns(index)
    frame = pd.DataFrame(make(index), columns=[key, *shown]).set_index(key)
    if name == "matrix":
        frame = frame.astype("int64")
    if spreadsheet:
        frame = frame.map(_inert)
        frame.index = frame.index.map(_inert)
    return frame


def _inert(value: Any) -> Any:
    return "'" + value if isinstance(value, str) and _FORMULA.match(value) else value


def _join(parts: Iterable[str]) -> str:
    return JOIN.join(parts)


def _texts(rows: Iterable[Quoted | None]) -> str:
    return _join(q.text for q in rows if q is not None)


_STATEMENT: Final = (
    *"transcript turn speaker start end text tags dimension stage phase themes undecided start_s end_s".split(),
    *(f"p_{tag}" for tag in TAGS),
)


def _statement_columns(index: Index) -> list[str]:
    return [*_STATEMENT, *(["labels", *(f"p_{label}" for label in index.labels)] if index.labels else [])]


def _statements(index: Index) -> _Rows:
    return [
        {
            "id": s.id, "transcript": s.transcript, "turn": s.turn, "speaker": s.speaker, "start": s.start, "end": s.end, "text": s.text,
            "tags": _join(t for t in TAGS if t in s.tags), "dimension": s.dimension, "stage": s.stage, "phase": s.phase,
            "themes": _join(s.themes[t] for t in TAGS if t in s.themes), "undecided": _join(s.undecided),
            "start_s": s.time[0] if s.time else None, "end_s": s.time[1] if s.time else None,
            **{f"p_{tag}": s.scores.get(tag, s.tags.get(tag)) for tag in TAGS},
            **({"labels": _join(sorted(s.labels)), **{f"p_{label}": s.labels.get(label) for label in index.labels}} if index.labels else {}),
        }
        for s in index.analysis.statements
    ]  # fmt: skip


def _themes(index: Index) -> _Rows:
    return [
        {
            "id": t.id, "tag": t.tag, "title": t.title, "dimension": t.dimension, "stage": t.stage, "interviews": t.support.k,
            "of_interviews": t.support.n, "statements": len(t.statements), "stability": t.stability,
            "exemplar": next((s.text for s in index.of_theme(t)), None),
        }
        for tag in TAGS
        for t in index.themes_of(tag)
    ]  # fmt: skip


def _outcomes(index: Index) -> _Rows:
    slots = ("direction", "metric", "object_of_control", "contextual_clarifier")
    return [
        {
            "id": o.id, "transcript": o.transcript, "form": o.form, "text": o.text, "quote": o.evidence.quote, "lint": _join(o.lint),
            "statement": o.statement, **{slot: q.text if (q := getattr(o, slot)) is not None else None for slot in slots},
        }
        for o in index.analysis.outcomes
    ]  # fmt: skip


def _stories(index: Index) -> _Rows:
    jobs = {name: job.id for job in reversed(index.jobs_by_support()) for name in job.stories}
    pathways = {name: path.id for path in index.analysis.pathways for name in path.stories}
    return [
        {
            "transcript": s.transcript, "title": s.title, "executor": s.executor.text if s.executor else None, "hired": _texts(s.hired),
            "fired": _texts(s.fired), "considered": _texts(s.considered), "from": _texts([s.before]) or None, "to": _texts([s.after]) or None,
            "stages": _join(s.stages), **{force: getattr(s.balance, force) for force in FORCES}, "balance": s.balance.score,
            "hire_criteria": _texts(s.hire_criteria), "fire_criteria": _texts(s.fire_criteria), "tradeoffs": _texts(s.tradeoffs),
            "themes": _join(s.themes), "job": jobs.get(s.transcript), "pathway": pathways.get(s.transcript),
        }
        for s in index.analysis.stories
    ]  # fmt: skip


def _jobs(index: Index) -> _Rows:
    return [
        {
            "id": j.id, "title": j.title, "statement": j.statement.text, "story": j.story.text, "interviews": j.support.k,
            "of_interviews": j.support.n, "stability": j.stability, "stories": _join(j.stories),
            "outcomes": _join(o.text for o in index.known_outcomes(j.outcomes)), "alternatives": _join(a.name for a in j.alternatives),
            "solutions": _texts(j.solutions), "steps": _texts(q for phase in j.map for q in phase.steps),
            "product_steps": _texts(q for phase in j.map for q in phase.steps if q.evidence and q.evidence[0].statement in phase.product_steps),
            "restated": _texts(q for phase in j.map for q in phase.restated),
            "note": j.note,
        }
        for j in index.jobs_by_support()
    ]  # fmt: skip


def _pathways(index: Index) -> _Rows:
    firm = index.analysis.structure is None or index.analysis.structure.firm
    return [
        {
            "id": p.id, "title": p.title, "job": p.job, "firm": firm, "interviews": p.support.k, "of_interviews": p.support.n, "stability": p.stability,
            "stories": _join(p.stories), "themes": _join(t.title for t in index.known_themes(p.themes)),
            "theme_support": _join(f"{k.k} of {k.n}" for k in (index.support_in(t, p.stories) for t in index.known_themes(p.themes))),
            "from": _texts(p.before), "to": _texts(p.after), "hire_criteria": _texts(p.hire_criteria), "fire_criteria": _texts(p.fire_criteria),
            "tradeoffs": _texts(p.tradeoffs),
        }
        for p in index.pathways_by_support()
    ]  # fmt: skip


def _matrix(index: Index) -> _Rows:
    said: dict[str, Counter[str]] = {name: Counter() for name in _told(index)}
    for theme in index.analysis.themes:
        for s in index.of_theme(theme):
            said.setdefault(s.transcript, Counter())[theme.id] += 1
    return [{"transcript": name, **{theme.id: said[name][theme.id] for theme in index.analysis.themes}} for name in sorted(said)]


def _told(index: Index) -> list[str]:
    return sorted({*index.stories, *index.transcripts})


def _fixed(text: str) -> Callable[[Index], list[str]]:
    return lambda _: text.split()


#: name -> index column, the other columns, the rows
TABLES: Final[dict[str, tuple[str, Callable[[Index], list[str]], Callable[[Index], _Rows]]]] = {
    "statements": (
        "id",
        _statement_columns,
        _statements,
    ),
    "themes": ("id", _fixed("tag title dimension stage interviews of_interviews statements stability exemplar"), _themes),
    "outcomes": (
        "id",
        _fixed("transcript form text direction metric object_of_control contextual_clarifier quote lint statement"),
        _outcomes,
    ),
    "stories": (
        "transcript",
        _fixed(
            "title executor hired fired considered from to stages push pull anxiety habit balance hire_criteria fire_criteria tradeoffs themes job pathway"
        ),
        _stories,
    ),
    "jobs": (
        "id",
        _fixed(
            "title statement story interviews of_interviews stability stories outcomes alternatives solutions steps product_steps restated note"
        ),
        _jobs,
    ),
    "pathways": (
        "id",
        _fixed(
            "title job firm interviews of_interviews stability stories themes theme_support from to hire_criteria fire_criteria tradeoffs"
        ),
        _pathways,
    ),
    "matrix": ("transcript", lambda index: [t.id for t in index.analysis.themes], _matrix),
}
