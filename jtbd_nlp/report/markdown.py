"""The short summary: what was found, on about a screen. Plain lines, one fact each, so that it can be read, searched and compared."""

from __future__ import annotations

import re
from typing import Final

from jtbd_nlp.report.index import Index
from jtbd_nlp.report.words import TAG_NAMES, clean, count, heard, shorten, support, unheard, upfirst, verdict
from jtbd_nlp.schema import FORCES, AnalysisRecord, Statement, Structure, Theme

_MOST: Final = 8
_WIDTH: Final = 96
#: characters that mean something in Markdown wherever they stand, and bidirectional controls, which could reorder a line
_MARKUP: Final = re.compile(r"([\\`*\[\]<>])")
_BIDI: Final = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


def render_markdown(analysis: AnalysisRecord) -> str:
    """A summary in Markdown: figures, the verdicts, jobs, pathways, the top themes of each force, saturation and what could not be read.

    Lists are cut at eight; the report has all. No line depends on the terminal. Characters that would be markup are escaped.
    """
    index = Index(analysis)
    lines = [f"# {_text(analysis.title, 200)}", "", _figures(analysis), ""]
    lines += _section("Jobs: what people want", _jobs(index), analysis.job_structure, "no job is shared by enough stories to be named")
    lines += _section("Pathways: how they got there", _pathways(index), analysis.structure, "none are claimed for these stories")
    lines += ["## Forces", ""]
    for force in FORCES:
        rows = index.tagged(force)
        told = len({s.transcript for s in rows})
        lines.append(f"- {TAG_NAMES[force]}: {count(len(rows), 'statement')} in {count(told, 'interview')}")
        lines += [f"  - {_theme(index, t)}" for t in index.themes_of(force)[:3]]
    lines.append("")
    wanted = index.themes_of("outcome")
    if wanted:
        lines += ["## Desired outcomes", "", *[f"- {_theme(index, t)}" for t in wanted[:5]], ""]
    if analysis.saturation is not None:
        s = analysis.saturation
        lines += [
            "## Enough interviews?",
            "",
            f"- {heard(s)}; still unheard: {unheard(s)}",
            f"- {_text(s.advice, 800)}",
            "",
        ]
    if analysis.problems:
        lines += ["## Could not be read", "", *[f"- {_text(p.source, 200)}: {_text(p.reason, 300)}" for p in analysis.problems], ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _figures(analysis: AnalysisRecord) -> str:
    return ", ".join(
        (
            count(len(analysis.transcripts), "interview"),
            count(len(analysis.statements), "statement"),
            count(len(analysis.themes), "theme"),
            count(len(analysis.outcomes), "desired outcome"),
            count(len(analysis.jobs), "job"),
            count(len(analysis.pathways), "pathway"),
        )
    )


def _section(heading: str, found: list[str], structure: Structure | None, none: str) -> list[str]:
    lines = [f"## {heading}", "", *(found[:_MOST] or [f"- {none}"])]
    if len(found) > _MOST:
        lines.append(f"- and {len(found) - _MOST} more")
    if structure is not None:
        lines.append(f"- {verdict(structure)}: {_text(structure.reason, 400)}")
    return [*lines, ""]


def _jobs(index: Index) -> list[str]:
    return [
        f"{place}. {_text(upfirst(job.title))} ({support(job.support)}: {_names(job.stories)})"
        for place, job in enumerate(index.jobs_by_support(), start=1)
    ]


def _pathways(index: Index) -> list[str]:
    return [
        f"{place}. {_text(upfirst(path.title))} ({support(path.support)}: {_names(path.stories)})"
        for place, path in enumerate(index.pathways_by_support(), start=1)
    ]


def _names(stories: tuple[str, ...]) -> str:
    shown = ", ".join(_text(name, 40) for name in stories[:_MOST])
    return shown + (f" and {len(stories) - _MOST} more" if len(stories) > _MOST else "")


def _theme(index: Index, theme: Theme) -> str:
    said: Statement | None = next(iter(index.of_theme(theme)), None)
    line = f"{_text(upfirst(theme.title))} ({theme.support.k}/{theme.support.n})"
    return line if said is None else f'{line}: "{_text(said.text, 70)}" ({_text(said.transcript, 40)})'


def _text(value: str, length: int = _WIDTH) -> str:
    plain = _BIDI.sub("", clean(shorten(value, length)))
    return _MARKUP.sub(r"\\\1", plain)
