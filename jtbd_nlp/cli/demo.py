"""`jtbd demo`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jtbd_nlp.cli import console
from jtbd_nlp.cli.options import Workers


def demo(
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder to write to.")] = Path("demo-output"),
    workers: Workers = None,
) -> None:
    """Analyse the bundled study (twelve interviews on sleep) and say where to look."""
    with console.errors(goes_on=True):
        from jtbd_nlp.cli.settings import settings
        from jtbd_nlp.cli.work import run_into
        from jtbd_nlp.data import study_path

        problems = run_into([study_path()], out, settings(title="Twelve interviews on sleep"), workers)
    console.name_problems(problems)
