"""`jtbd report`."""

from __future__ import annotations

from jtbd_nlp.cli import console
from jtbd_nlp.cli.options import ConfigFile, Folder, Title


def report(folder: Folder, config: ConfigFile = None, title: Title = None) -> None:
    """Make the report of an output again, with this version's layout."""
    with console.errors():
        from jtbd_nlp.analysis import Analysis
        from jtbd_nlp.cli.settings import settings

        analysis = Analysis.load(folder)
        analysis = analysis.model_copy(update={"title": title}) if title is not None else analysis
        analysis.save(folder, report=settings(config, title=title).report)
        console.say(f"Report: {(folder / 'report.html').absolute()}")
