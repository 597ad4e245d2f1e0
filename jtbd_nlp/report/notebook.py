"""How an analysis looks in a notebook: a compact overview in inline styles, which reads on light and on dark."""

from __future__ import annotations

from html import escape

from jtbd_nlp.report.charts import forces
from jtbd_nlp.report.index import Index
from jtbd_nlp.report.words import TAG_NAMES, clean, count, shorten, support, upfirst, verdict
from jtbd_nlp.schema import AnalysisRecord, Statement, Structure, Tag

#: midway between light and dark, so that they read on both
_COLOURS: dict[Tag, str] = {"push": "#d5692c", "pull": "#1f9c7d", "anxiety": "#b565a9", "habit": "#b08a20"}
_BOX = "border:1px solid rgba(128,128,128,.35);border-radius:8px;padding:.7em 1em"
_DIM = "opacity:.7;font-size:.9em"


def repr_html(analysis: AnalysisRecord) -> str:
    """Figures, jobs, pathways, the four forces with their top themes and a quote for each; every text escaped."""
    index = Index(analysis)
    figures = [
        (len(analysis.transcripts), "interview", "interviews"),
        (len(analysis.statements), "statement", "statements"),
        (len(analysis.themes), "theme", "themes"),
        (len(analysis.outcomes), "outcome", "outcomes"),
        (len(analysis.jobs), "job", "jobs"),
        (len(analysis.pathways), "pathway", "pathways"),
    ]
    top = "".join(
        f'<span style="margin-right:1.4em"><b style="font-size:1.25em">{n:,}</b> {one if n == 1 else many}</span>'
        for n, one, many in figures
    )
    jobs = [(job.title, support(job.support)) for job in index.jobs_by_support()]
    pathways = [(path.title, support(path.support)) for path in index.pathways_by_support()]
    panels = _panel("Jobs: what people want", jobs, analysis.job_structure) + _panel(
        "Pathways: how they got there", pathways, analysis.structure
    )
    rows = forces(index, 3)
    order: tuple[Tag, ...] = ("push", "pull", "habit", "anxiety")
    grid = "display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24em),1fr));gap:.7em;margin-top:.7em"
    cells = "".join(
        f'<div style="{_BOX};border-left:4px solid {_COLOURS[tag]}"><b style="color:{_COLOURS[tag]}">{TAG_NAMES[tag]}</b> '
        f'<span style="{_DIM}">{count(rows[tag].statements, "statement")}, {count(rows[tag].interviews, "interview")}</span>'
        + "".join(
            f'<div style="margin-top:.35em">{_text(upfirst(t.title))} <span style="{_DIM}">{t.support.k}/{t.support.n}</span>{_quote(index.of_theme(t)[:1])}</div>'
            for t in rows[tag].themes
        )
        + "</div>"
        for tag in order
    )
    unread = ""
    if analysis.problems:
        names = ", ".join(f"{_text(p.source)} ({_text(p.reason)})" for p in analysis.problems[:5])
        more = f" and {len(analysis.problems) - 5} more" if len(analysis.problems) > 5 else ""
        unread = f'<div style="margin-top:.7em;{_DIM}">Could not be read: {names}{more}.</div>'
    return (
        '<div style="font-family:system-ui,sans-serif;line-height:1.45;max-width:62em;text-align:left">'
        f'<div style="font-size:1.3em;font-weight:600;margin-bottom:.3em">{_text(analysis.title)}</div><div>{top}</div>'
        f'<div style="{grid}">{panels}</div><div style="{grid}">{cells}</div>{unread}</div>'
    )


def _panel(heading: str, rows: list[tuple[str, str]], structure: Structure | None) -> str:
    items = "".join(f'<li>{_text(upfirst(title))} <span style="{_DIM}">{said}</span></li>' for title, said in rows[:6])
    body = f'<ol style="margin:.3em 0;padding-left:1.4em">{items}</ol>' if items else ""
    more = f'<div style="{_DIM}">and {len(rows) - 6} more</div>' if len(rows) > 6 else ""
    found = f'<div style="{_DIM}"><b>{verdict(structure)}.</b> {_text(structure.reason, 400)}</div>' if structure is not None else ""
    return f'<div style="{_BOX}"><b>{heading}</b>{body}{more}{found}</div>'


def _quote(rows: tuple[Statement, ...]) -> str:
    return "".join(
        f'<div style="{_DIM};font-family:Georgia,serif;unicode-bidi:isolate">“{_text(s.text, 110)}” <span style="font-family:system-ui,sans-serif">'
        f"{_text(s.speaker, 30)}, {_text(s.transcript, 40)}</span></div>"
        for s in rows
    )


def _text(value: str, length: int = 120) -> str:
    return escape(clean(shorten(value, length)))
