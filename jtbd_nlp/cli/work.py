"""What `jtbd run` and `jtbd demo` do alike."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from jtbd_nlp.analysis import Analysis
from jtbd_nlp.cli import console
from jtbd_nlp.config import Config
from jtbd_nlp.pipeline import load
from jtbd_nlp.store import output_place


def run_into(inputs: Sequence[Path], out: Path, config: Config, workers: int | None) -> Analysis:
    """Run, save, and print what was found; the summary goes to stdout, the rest to stderr."""
    with output_place(out, inputs) as place:
        with console.progress() as progress:
            analysis = load(config).run(inputs, workers=workers or config.engine.workers, progress=progress)
        analysis.save(place, report=config.report)
    typer.echo(analysis.summary())
    console.say(f"Report: {(out / 'report.html').absolute()}")
    return analysis
