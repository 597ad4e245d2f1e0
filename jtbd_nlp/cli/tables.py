"""Comparisons as tables for reading: Markdown, so that they can be pasted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jtbd_nlp.training.agreement import Interval
    from jtbd_nlp.training.comparison import Coders, Comparison

_WIDTH = 200


def comparison(found: Comparison) -> str:
    """Taggers or runs, one a row."""
    own = any(row.own is not None for row in found.rows)
    head = [
        "",
        "micro F1",
        "precision",
        "recall",
        "forces and outcome F1",
        *(["own labels F1"] if own else []),
        "gain of the first",
        "of its forces",
        "MB",
        "speed",
    ]
    rows = [
        [
            row.name,
            _figure(row.scores.micro_f1),
            _figure(row.scores.micro_precision),
            _figure(row.scores.micro_recall),
            _figure(row.scores.forces_outcome_macro_f1),
            *([_figure(row.own.micro_f1 if row.own else None)] if own else []),
            _interval(row.gain),
            _interval(row.gain_forces),
            f"{row.size_mb:.1f}" if row.size_mb is not None else "",
            f"{row.speed:.1f} x" if row.speed is not None else "",
        ]
        for row in found.rows
    ]
    note = f"{found.interviews} interviews. Gains with 95 % intervals of a paired bootstrap by interview: a difference counts where zero is outside."
    return f"{_table(head, rows)}\n\n{note}"


def coders(found: Coders) -> str:
    """Two coders, one tag or own label a row."""
    scores = {**found.scores.tags, **(found.own.labels if found.own else {})}
    rows = [
        [
            name,
            str(score.gold),
            str(score.predicted),
            _figure(score.f1),
            _figure(agreed.kappa if agreed else None),
            _figure(agreed.alpha if agreed else None),
        ]
        for name, score in scores.items()
        for agreed in (found.agreement.get(name),)
    ]
    attributes = ", ".join(
        f"{name} {_figure(value)}"
        for name in ("dimension", "stage", "phase")
        if (value := getattr(found.scores, f"{name}_accuracy")) is not None
    )
    lines = [
        _table(["", "first", "second", "F1", "kappa", "alpha"], rows),
        "",
        f"{found.interviews} interviews coded by both. Micro F1 {_interval(found.micro_f1, sign=False)}.",
    ]
    lines += [f"Same attribute where tags met: {attributes}."] if attributes else []
    lines += [f"Coded by one alone: {', '.join(found.alone)}."] if found.alone else []
    return "\n".join(lines)


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _interval(value: Interval | None, *, sign: bool = True) -> str:
    if value is None:
        return ""
    return (
        f"{value.value:+.3f} ({value.low:+.3f} to {value.high:+.3f})"
        if sign
        else f"{value.value:.3f} ({value.low:.3f} to {value.high:.3f})"
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(*head, box=box.MARKDOWN)
    for column in table.columns[1:]:
        column.justify = "right"
    for row in rows:
        table.add_row(*row)
    console = Console(width=_WIDTH, color_system=None, force_terminal=False, highlight=False)
    with console.capture() as captured:
        console.print(table)
    return "\n".join(line.rstrip() for line in captured.get().split("\n") if line.strip())
