"""The summary in Markdown, the notebook view and the plots."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pages import Page
from report_builders import from_text

from jtbd_nlp.errors import MissingExtraError
from jtbd_nlp.report.html import render_html
from jtbd_nlp.report.markdown import render_markdown
from jtbd_nlp.report.notebook import repr_html
from jtbd_nlp.report.plots import forces_plot, saturation_plot, timeline_plot
from jtbd_nlp.schema import AnalysisRecord, Saturation, SaturationPoint

GOLDEN = Path(__file__).resolve().parent / "golden"


@pytest.mark.parametrize("name", ["analysis", "ungrouped"])
def test_summary_is_the_golden_one(name: str, request: pytest.FixtureRequest) -> None:
    """Run with JTBD_GOLDEN=write to write the files anew; read the difference before it is kept."""
    found = render_markdown(request.getfixturevalue(name))
    path = GOLDEN / f"{name}.md"
    if os.environ.get("JTBD_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8", newline="\n")
    assert found == path.read_text(encoding="utf-8")


def test_summary_fits_a_screen_or_two(analysis: AnalysisRecord) -> None:
    lines = render_markdown(analysis).split("\n")
    assert len(lines) < 70
    assert max(map(len, lines)) < 240


def test_summary_of_nothing_says_so() -> None:
    assert "0 interviews, 0 statements" in render_markdown(AnalysisRecord())


def test_markup_and_bidi_controls_in_words_are_inert() -> None:
    built = from_text(
        {"a": "Eve: <<push P1 first_thought: a [link](x) and *stars* \u202eon\x1b the `bed`>>, <<push P1 first_thought: so bad>>\n"}
    )
    found = render_markdown(built)
    assert r"a \[link\](x) and \*stars\*" in found
    assert "\u202e" not in found
    assert "\x1b" not in found


def test_notebook_view_is_escaped_and_carries_no_style_sheet(analysis: AnalysisRecord) -> None:
    record = analysis.model_copy(update={"title": "<script>alert(1)</script>"})
    page = Page(repr_html(record))
    assert page.unbalanced == []
    assert not {"script", "style", "img", "link"} & set(page.tags)
    assert "<script>alert(1)</script>" in page.text
    for word in ("Push", "Pull", "Anxiety", "Habit", analysis.jobs[0].title[1:], analysis.pathways[0].title):
        assert word in page.text


def test_plots_draw_without_pyplot(analysis: AnalysisRecord) -> None:
    for make in (forces_plot, timeline_plot, saturation_plot):
        for record in (analysis, AnalysisRecord()):
            figure = make(record)
            figure.savefig(stream := io.BytesIO(), format="png", dpi=20)
            assert stream.getvalue().startswith(b"\x89PNG")
    assert forces_plot(analysis)._repr_png_().startswith(b"\x89PNG")


def test_plots_leave_pyplot_unloaded_and_modules_light() -> None:
    code = (
        "import sys; from jtbd_nlp.report import html, markdown, frames, notebook, plots; from jtbd_nlp.schema import AnalysisRecord;"
        "heavy = {'jinja2', 'pandas', 'matplotlib', 'numpy'} & set(sys.modules); assert not heavy, heavy;"
        "plots.forces_plot(AnalysisRecord()); assert 'matplotlib.pyplot' not in sys.modules"
    )
    root = Path(__file__).resolve().parents[2]
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, check=False
    )
    assert result.returncode == 0, result.stderr


def test_missing_matplotlib_names_its_extra(analysis: AnalysisRecord, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'jtbd-nlp\[plot\]'"):
        forces_plot(analysis)


def test_what_is_in_no_theme_and_what_cannot_be_estimated_is_told() -> None:
    point = [SaturationPoint(interviews=i, themes=4.0 * i) for i in (1, 2, 3)]
    told = [
        Saturation(curve=tuple(point[:n]), heard=4 * n, alone=3 * n, unheard=2.0 * (n > 2), unheard_low=1.0 * (n > 2), unheard_high=9.0 * (n > 2), advice="Hold more.")
        for n in (2, 3)
    ]  # fmt: skip
    few, some = (render_markdown(AnalysisRecord(saturation=value)) for value in told)
    assert "- 8 themes heard (6 of them in one statement that is in no theme); still unheard: not estimated from fewer than three" in few
    assert (
        "- 12 themes heard (9 of them in one statement that is in no theme); still unheard: at least about 2 (1 to 9, 95 % interval)"
        in some
    )
    pages = [render_html(AnalysisRecord(saturation=value)) for value in told]
    assert "not estimated from fewer than three interviews" in pages[0]
    assert "at least about 2 (1 to 9, 95 % interval)" in pages[1]
