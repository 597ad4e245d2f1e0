"""The report as one HTML file that needs nothing else: no network, no font, no script from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any

from jtbd_nlp.config import ReportConfig
from jtbd_nlp.report import charts, colours, cut, words
from jtbd_nlp.report.index import Index, anchor, by_stage, by_weight
from jtbd_nlp.schema import DIMENSIONED, DIMENSIONS, FORCES, PHASES, STAGES, TAGS, AnalysisRecord

if TYPE_CHECKING:
    from jinja2 import Environment


def render_html(analysis: AnalysisRecord, config: ReportConfig | None = None) -> str:
    """The report of an analysis: a whole HTML document.

    Every line leads to the words that it comes from, in the interview at its end. Texts are escaped, the page's only script is its own
    (a content security policy names its hash), and equal inputs give equal text. The page can be read with scripts off; they add search,
    filters and a switch between light and dark.

    Args:
        analysis: what was found.
        config: title, and how many themes and quotes are shown before a reader opens the rest.
    """
    config = config or ReportConfig()
    environment = _environment()
    script, _, _ = environment.loader.get_source(environment, "script.js")  # type: ignore[union-attr]
    index = Index(analysis)
    return environment.get_template("report.html").render(
        **_constants(),
        analysis=analysis,
        config=config,
        title=report_title(analysis, config),
        ix=index,
        forces=charts.forces(index, config.top_themes),
        tag_rows=charts.tag_rows(index),
        story_rows=charts.story_rows(index),
        stage_columns=charts.stage_columns(index, config.top_themes),
        curve=charts.saturation_curve(analysis.saturation),
        interviews=cut.all_blocks(index),
        script_hash=base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii"),
    )


def report_title(analysis: AnalysisRecord, config: ReportConfig) -> str:
    """The config's title where one was set, else the analysis's own."""
    return config.title if config.title != ReportConfig().title else analysis.title


@cache
def _environment() -> Environment:
    """Templates of this package, with autoescape on and a finish that no character can break."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    def finish(value: object) -> object:
        return words.clean(value) if type(value) is str else value

    environment = Environment(
        loader=PackageLoader("jtbd_nlp.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=finish,
    )
    environment.filters.update(
        support=words.support,
        heard=words.heard,
        unheard=words.unheard,
        clock=words.clock,
        firmness=words.firmness,
        plain=words.plain,
        shorten=words.shorten,
        upfirst=words.upfirst,
        verdict=words.verdict,
        by_stage=by_stage,
        by_weight=by_weight,
    )
    environment.globals.update(anchor=anchor, count=words.count, balance_parts=charts.balance_parts)
    return environment


def _constants() -> dict[str, Any]:
    return {
        "TAGS": TAGS, "FORCES": FORCES, "THEMED": DIMENSIONED, "DIMENSIONS": DIMENSIONS, "STAGES": STAGES, "TIMELINE": charts.TIMELINE, "PHASES": PHASES,
        "tag_names": words.TAG_NAMES, "tag_meanings": words.TAG_MEANINGS, "stage_names": words.STAGE_NAMES, "stage_meanings": words.STAGE_MEANINGS,
        "dimension_names": words.DIMENSION_NAMES, "phase_names": words.PHASE_NAMES, "phase_meanings": words.PHASE_MEANINGS,
        "light": colours.LIGHT, "dark": colours.DARK, "card_light": colours.CARD_LIGHT, "card_dark": colours.CARD_DARK,
        "forms": words.FORMS,
    }  # fmt: skip
