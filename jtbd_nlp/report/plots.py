"""Charts as matplotlib figures. Nothing global is touched: no pyplot, no style; a figure is made, drawn on and handed back."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from jtbd_nlp.errors import MissingExtraError
from jtbd_nlp.report.charts import TIMELINE, forces, tag_rows
from jtbd_nlp.report.colours import LIGHT
from jtbd_nlp.report.index import Index
from jtbd_nlp.report.words import STAGE_NAMES, TAG_NAMES, clean, heard, shorten, unheard, upfirst
from jtbd_nlp.schema import DIMENSIONED, AnalysisRecord, Tag

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_INK, _MUTED, _LINE = "#20242a", "#5f6873", "#d9d5cc"


def forces_plot(analysis: AnalysisRecord, top: int = 4) -> Figure:
    """The four forces: statements of each, what moves to the right, what holds to the left, with the `top` themes of each.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    figure = _figure(10, 6)
    rows = forces(Index(analysis), top)
    axes = figure.add_axes((0.02, 0.02, 0.96, 0.9))
    most = max(1, *(f.statements for f in rows.values()))
    places: tuple[tuple[Tag, float, float, int], ...] = (
        ("push", 0.0, 1.0, 1),
        ("pull", 1.04, 1.0, 1),
        ("habit", 0.0, 0.0, -1),
        ("anxiety", 1.04, 0.0, -1),
    )
    for tag, x, y, way in places:
        force = rows[tag]
        length = max(0.04, 0.92 * force.statements / most)
        start, end = (x, x + length) if way > 0 else (x + length, x)
        axes.annotate(
            "",
            xy=(end, y + 0.78),
            xytext=(start, y + 0.78),
            arrowprops={"arrowstyle": "simple,head_width=1.4,tail_width=0.7", "color": LIGHT[tag]},
        )
        axes.text(x, y + 0.88, TAG_NAMES[tag], color=LIGHT[tag], fontsize=14, fontweight="bold", va="bottom")
        axes.text(
            x + 0.94,
            y + 0.88,
            f"{force.statements} statements, {force.interviews} interviews",
            color=_MUTED,
            fontsize=9,
            va="bottom",
            ha="right",
        )
        for place, theme in enumerate(force.themes):
            title = _plain(upfirst(shorten(theme.title, 58)))
            axes.text(x, y + 0.62 - 0.13 * place, f"{theme.support.k}/{theme.support.n}  {title}", color=_INK, fontsize=9, va="center")
    axes.set_xlim(0, 2)
    axes.set_ylim(0, 2.05)
    axes.axhline(1.03, color=_LINE, linewidth=1)
    axes.axis("off")
    figure.suptitle("Forces of progress: towards the new above, back to the present below", x=0.02, ha="left", fontsize=11, color=_MUTED)
    return figure


def timeline_plot(analysis: AnalysisRecord) -> Figure:
    """Statements of the forces and of outcomes at each stage of the buying timeline, stacked.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    figure = _figure(9, 4)
    axes = figure.add_subplot()
    base = [0] * len(TIMELINE)
    names = [STAGE_NAMES[stage].replace(" ", "\n") for stage in TIMELINE]
    counts = {row.name: [cell.size for cell in row.cells] for row in tag_rows(Index(analysis))}
    for tag in DIMENSIONED:
        sizes = counts.get(tag, [0] * len(TIMELINE))
        axes.bar(names, sizes, bottom=base, color=LIGHT[tag], label=TAG_NAMES[tag], width=0.62, edgecolor="white", linewidth=0.8)
        base = [low + size for low, size in zip(base, sizes, strict=True)]
    axes.set_ylabel("statements", color=_MUTED)
    axes.legend(frameon=False, ncols=5, loc="lower left", bbox_to_anchor=(0, 1), fontsize=9)
    _calm(axes)
    figure.tight_layout()
    return figure


def saturation_plot(analysis: AnalysisRecord) -> Figure:
    """Distinct themes heard over interviews, with the estimate of all there are and its 95 % interval.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    figure = _figure(7, 4)
    from matplotlib.ticker import MaxNLocator

    axes = figure.add_subplot()
    saturation = analysis.saturation
    if saturation is None or not saturation.curve:
        axes.text(0.5, 0.5, "No saturation curve: too few interviews.", ha="center", va="center", color=_MUTED, transform=axes.transAxes)
        axes.axis("off")
        return figure
    axes.plot(
        [p.interviews for p in saturation.curve],
        [p.themes for p in saturation.curve],
        color=LIGHT["outcome"],
        linewidth=2,
        marker="o",
        markersize=4,
    )
    if len(saturation.curve) >= 3:  # of fewer nothing is estimated
        low, high = saturation.heard + saturation.unheard_low, saturation.heard + saturation.unheard_high
        axes.axhspan(low, high, color=LIGHT["outcome"], alpha=0.1, linewidth=0)
        axes.axhline(saturation.heard + saturation.unheard, color=LIGHT["outcome"], linewidth=1, linestyle="--")
    axes.set_xlabel("interviews", color=_MUTED)
    axes.set_ylabel("distinct themes", color=_MUTED)
    axes.set_ylim(bottom=0)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_title(
        f"{heard(saturation)}\nstill unheard: {unheard(saturation)}",
        fontsize=9,
        loc="left",
        color=_MUTED,
    )
    _calm(axes)
    figure.tight_layout()
    return figure


def _figure(width: float, height: float) -> Figure:
    """An empty figure that a notebook shows by itself: without pyplot nothing else would tell the notebook how."""
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtraError("matplotlib", "plot") from error

    class Shown(Figure):
        def _repr_png_(self) -> bytes:
            stream = io.BytesIO()
            self.savefig(stream, format="png", dpi=110)
            return stream.getvalue()

    return Shown(figsize=(width, height), facecolor="white")


def _calm(axes: Any) -> None:
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(_LINE)
    axes.tick_params(colors=_MUTED, length=0)
    axes.grid(axis="y", color=_LINE, linewidth=0.6)
    axes.set_axisbelow(True)


def _plain(text: str) -> str:
    """Without mathtext: a dollar sign in a quote is a dollar sign."""
    return clean(text).replace("$", r"\$")
