"""`jtbd verify`."""

from __future__ import annotations

import typer

from jtbd_nlp.cli import console
from jtbd_nlp.cli.options import Folder


def verify(folder: Folder) -> None:
    """Prove that an output is as it was written: every file, slice, quote, id, reference and count."""
    from jtbd_nlp.verify import render, verify as check

    found = check(folder)
    typer.echo(render(found))
    if not found.ok:
        raise typer.Exit(console.FAILED)
