"""What the charts show, as numbers and coordinates: pure functions of an analysis. Templates draw them, so their words are escaped there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from jtbd_nlp.report.index import Index
from jtbd_nlp.schema import DIMENSIONED, DIMENSIONS, FORCES, STAGES, TAGS, Dimension, Saturation, Stage, Statement, Story, Tag, Theme

#: the order of the stages in which something happens
TIMELINE: tuple[Stage, ...] = STAGES[:-1]


@dataclass(frozen=True)
class Part:
    """A share of a bar: `size` out of the bar's total."""

    name: str
    size: int


@dataclass(frozen=True)
class Force:
    """One of the four forces. `interviews` is how many interviews have it, `share` its part of all four, in [0, 1]."""

    tag: Tag
    statements: int
    interviews: int
    share: float
    dimensions: tuple[Part, ...]
    themes: tuple[Theme, ...]
    exemplar: Statement | None


def forces(index: Index, top: int) -> dict[Tag, Force]:
    """The four forces over the whole study, each with its `top` most widely heard themes."""
    rows = {tag: index.tagged(tag) for tag in FORCES}
    total = sum(map(len, rows.values()))
    return {
        tag: Force(
            tag=tag,
            statements=len(found),
            interviews=len({s.transcript for s in found}),
            share=len(found) / total if total else 0.0,
            dimensions=_dimensions(found),
            themes=index.themes_of(tag)[:top],
            exemplar=found[0] if found else None,
        )
        for tag, found in rows.items()
    }


def _dimensions(rows: tuple[Statement, ...]) -> tuple[Part, ...]:
    sizes: Counter[Dimension | None] = Counter(s.dimension for s in rows)
    return tuple(Part(name, sizes[name]) for name in DIMENSIONS if sizes[name])


@dataclass(frozen=True)
class Cell:
    """Statements of one row at one stage. `first` is the earliest of them; `level`, 0 to 4, is its size beside the biggest cell."""

    stage: Stage
    size: int
    level: int
    parts: tuple[Part, ...]
    first: Statement | None


@dataclass(frozen=True)
class Row:
    """A row of a matrix over the stages: a tag, or an interview (`name` is its transcript's id)."""

    name: str
    cells: tuple[Cell, ...]
    total: int


def tag_rows(index: Index) -> tuple[Row, ...]:
    """Tags by stages; a tag that nobody said is left out."""
    groups = [(tag, index.tagged(tag)) for tag in TAGS]
    return _rows([(name, found) for name, found in groups if found])


def story_rows(index: Index) -> tuple[Row, ...]:
    """Interviews by stages, in the order of their ids."""
    groups: dict[str, list[Statement]] = {name: [] for name in sorted(index.transcripts)}
    for s in index.analysis.statements:
        groups.setdefault(s.transcript, []).append(s)
    return _rows([(name, tuple(found)) for name, found in groups.items()])


def _rows(groups: list[tuple[str, tuple[Statement, ...]]]) -> tuple[Row, ...]:
    counts = {(name, stage): [s for s in found if s.stage == stage] for name, found in groups for stage in TIMELINE}
    most = max(map(len, counts.values()), default=0)
    return tuple(
        Row(
            name=name,
            total=len(found),
            cells=tuple(
                Cell(
                    stage=stage,
                    size=len(here),
                    level=_level(len(here), most),
                    parts=tuple(Part(tag, size) for tag in (*DIMENSIONED, "other") if (size := sum(_kind(s) == tag for s in here))),
                    first=here[0] if here else None,
                )
                for stage in TIMELINE
                for here in (counts[name, stage],)
            ),
        )
        for name, found in groups
    )


def _kind(statement: Statement) -> str:
    """The force or outcome that a statement is counted as once; `other` where it is neither."""
    return next((tag for tag in DIMENSIONED if tag in statement.tags), "other")


def _level(size: int, most: int) -> int:
    return 0 if not size else max(1, -(-4 * size // most))


@dataclass(frozen=True)
class StageColumn:
    """A stage of the timeline: its statements, how many interviews speak of it, and its themes, most widely heard first."""

    stage: Stage
    statements: int
    interviews: int
    themes: tuple[Theme, ...]


def stage_columns(index: Index, top: int) -> tuple[StageColumn, ...]:
    """Every stage of the timeline with its `top` themes."""
    out = []
    for stage in TIMELINE:
        rows = [s for s in index.analysis.statements if s.stage == stage]
        themes = [t for tag in DIMENSIONED for t in index.themes_of(tag) if t.stage == stage]
        themes.sort(key=lambda t: (-t.support.k, -len(t.statements), t.title, t.id))
        out.append(StageColumn(stage=stage, statements=len(rows), interviews=len({s.transcript for s in rows}), themes=tuple(themes[:top])))
    return tuple(out)


def balance_parts(story: Story) -> tuple[Part, ...]:
    """The forces of one story in the order of the balance: what moves, then what holds."""
    return tuple(Part(tag, getattr(story.balance, tag)) for tag in FORCES if getattr(story.balance, tag))


@dataclass(frozen=True)
class Tick:
    """A place on an axis (in the units of the drawing) and its number."""

    at: float
    value: int


@dataclass(frozen=True)
class Curve:
    """The saturation curve in a drawing of `width` by `height` units: `line` and `area` are SVG paths, (`end_x`, `end_y`) is the last point."""

    width: int
    height: int
    left: int
    bottom: int
    line: str
    area: str
    end_x: float
    end_y: float
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    heard: int


def saturation_curve(saturation: Saturation | None) -> Curve | None:
    """Themes heard over interviews; None where fewer than two points are known."""
    if saturation is None or len(saturation.curve) < 2:
        return None
    width, height, left, top, right, foot = 640, 260, 44, 16, 18, 40
    points = sorted(saturation.curve, key=lambda p: p.interviews)
    x_high = points[-1].interviews
    x_low = points[0].interviews
    y_high = max(1.0, *(p.themes for p in points)) * 1.08

    def x(value: float) -> float:
        return round(left + (value - x_low) / max(1, x_high - x_low) * (width - left - right), 1)

    def y(value: float) -> float:
        return round(height - foot - value / y_high * (height - top - foot), 1)

    line = "M" + " L".join(f"{x(p.interviews)} {y(p.themes)}" for p in points)
    base = height - foot
    return Curve(
        width=width,
        height=height,
        left=left,
        bottom=base,
        line=line,
        area=f"{line} L{x(x_high)} {base} L{x(x_low)} {base} Z",
        end_x=x(x_high),
        end_y=y(points[-1].themes),
        x_ticks=tuple(Tick(x(v), v) for v in _ticks(x_low, x_high)),
        y_ticks=tuple(Tick(y(v), v) for v in _ticks(0, int(y_high))),
        heard=saturation.heard,
    )


def _ticks(low: int, high: int) -> list[int]:
    """At most seven round numbers from low to high, the first included."""
    for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 10_000, 100_000):
        if (high - low) // step <= 6:
            first = low if low in (0, 1) else -(-low // step) * step
            values = [first, *range((first // step + 1) * step, high + 1, step)]
            return values if len(values) > 1 else [low, high]
    return [low, high]
