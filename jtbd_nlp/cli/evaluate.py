"""`jtbd evaluate` and `jtbd plain`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from jtbd_nlp.cli import console

Gold = Annotated[list[str], typer.Argument(help="A market's folder, or DOCS:ANNOTATIONS.", show_default=False)]


def evaluate(
    gold: Gold,
    run: Annotated[
        Path | None, typer.Option("--run", help="Score this output of `jtbd run` over the plain text of the gold.", show_default=False)
    ] = None,
    tier: Annotated[
        Literal["default", "fast", "lexicon"], typer.Option("--tier", help="Else: score this bundled tagger alone.")
    ] = "default",
    tagger: Annotated[Path | None, typer.Option("--tagger", help="Else: score the tagger in this folder.", show_default=False)] = None,
    operating_point: Annotated[Literal["balanced", "careful"], typer.Option("--operating-point")] = "balanced",
) -> None:
    """Score a run, or a tagger alone, against interviews coded by people; prints JSON."""
    with console.errors():
        from jtbd_nlp.config import TagConfig
        from jtbd_nlp.tag import load_tagger
        from jtbd_nlp.training import evaluate as score_run, evaluate_tagger

        model = tagger if tagger is not None or tier == "default" else Path(tier)
        settings = TagConfig(model=model, operating_point=operating_point)
        found = score_run(run, gold) if run is not None else evaluate_tagger(load_tagger(settings), gold)
        typer.echo(found.to_json())


def plain(
    gold: Gold,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder to write to.", show_default=False)],
    rough: Annotated[bool, typer.Option("--rough", help="In lower case and without punctuation, as machines write speech down.")] = False,
) -> None:
    """Write coded interviews as plain transcripts without their codes: the input of a run that is to be scored."""
    with console.errors():
        from jtbd_nlp.training import write_plain

        typer.echo(f"{write_plain(gold, out, rough=rough)} transcripts in {out}")
