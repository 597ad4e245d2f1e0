"""`jtbd train`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jtbd_nlp.cli import console


def train(
    recipe: Annotated[Path, typer.Argument(help="TOML file: data, model, schedule, seed.", show_default=False)],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Folder for checkpoints and the tagger. (default: the recipe's)", show_default=False)
    ] = None,
    encoder: Annotated[
        str | None,
        typer.Option(
            "--encoder", help="Folder or name of a sentence-transformers model to start from. (default: the recipe's)", show_default=False
        ),
    ] = None,
    teacher: Annotated[
        Path | None,
        typer.Option(
            "--teacher",
            metavar="FOLDER",
            help="A finished tagger, say one on a larger encoder, whose probabilities are learned beside the codes. (default: the recipe's, or none)",
            show_default=False,
        ),
    ] = None,
    hold_out: Annotated[
        list[str] | None,
        typer.Option(
            "--hold-out",
            metavar="SOURCE",
            help="A market, or a folder of interviews, that nothing is fitted on or chosen by; meta.json says how the tagger does on it. Repeat for several.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Train a tagger from coded interviews; an interrupted run goes on where it was."""
    with console.errors(goes_on=True), console.progress() as progress:
        from jtbd_nlp.training import train as run

        folder = run(recipe, out, encoder=encoder, teacher=teacher, hold_out=hold_out or (), progress=progress)
    typer.echo(folder)
