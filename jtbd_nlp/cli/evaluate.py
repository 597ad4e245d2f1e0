"""`jtbd evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jtbd_nlp.cli import console


def evaluate(
    run: Annotated[Path, typer.Argument(help="An output of `jtbd run` over the plain text of the gold.", show_default=False)],
    gold: Annotated[list[str], typer.Argument(help="A market's folder, or DOCS:ANNOTATIONS.", show_default=False)],
) -> None:
    """Score a run against interviews coded by people; prints JSON."""
    with console.errors():
        from jtbd_nlp.training import evaluate as score

        typer.echo(score(run, gold).to_json())
