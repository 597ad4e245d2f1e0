"""`jtbd report`."""

from __future__ import annotations

from jtbd_nlp.cli import console
from jtbd_nlp.cli.options import Folder, Title


def report(folder: Folder, title: Title = None) -> None:
    """Make the report of an output again, with this version's layout."""
    with console.errors():
        from jtbd_nlp.analysis import Analysis

        analysis = Analysis.load(folder)
        analysis = analysis.model_copy(update={"title": title}) if title is not None else analysis
        analysis.save(folder)
        console.say(f"Report: {(folder / 'report.html').absolute()}")
