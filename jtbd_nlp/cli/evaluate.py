"""`jtbd evaluate` and `jtbd plain`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer

from jtbd_nlp.cli import console

Gold = Annotated[
    list[str], typer.Argument(help="A market's folder, a folder of transcripts coded inline, or DOCS:ANNOTATIONS.", show_default=False)
]


class Tier(StrEnum):
    """The bundled taggers."""

    DEFAULT = "default"
    FAST = "fast"
    LEXICON = "lexicon"
    ALL = "all"


def evaluate(
    gold: Gold,
    run: Annotated[
        Path | None, typer.Option("--run", help="Score this output of `jtbd run` over the plain text of the gold.", show_default=False)
    ] = None,
    tier: Annotated[
        list[Tier],
        typer.Option("--tier", help="Else: score this bundled tagger alone; given more than once, or `all`, compare them."),
    ] = [Tier.DEFAULT],  # noqa: B006
    tagger: Annotated[Path | None, typer.Option("--tagger", help="Else: score the tagger in this folder.", show_default=False)] = None,
    against: Annotated[
        list[str], typer.Option("--against", help="Compare with this output of `jtbd run`, tagger's folder, or tier.", show_default=False)
    ] = [],  # noqa: B006
    coder: Annotated[
        list[str], typer.Option("--coder", help="Compare the gold with a second coder's gold of the same interviews.", show_default=False)
    ] = [],  # noqa: B006
    operating_point: Annotated[Literal["balanced", "careful"], typer.Option("--operating-point")] = "balanced",
    as_json: Annotated[bool, typer.Option("--json", help="Comparisons as JSON too, instead of a table.")] = False,
) -> None:
    """Score a run, or a tagger alone, against coded interviews, as JSON; or compare runs, taggers or coders in a table."""
    with console.errors():
        from jtbd_nlp.cli import tables
        from jtbd_nlp.config import TagConfig
        from jtbd_nlp.tag import load_tagger
        from jtbd_nlp.training import compare, compare_coders, evaluate as score_run, evaluate_tagger

        tiers = [one.value for one in (Tier if Tier.ALL in tier else tier) if one is not Tier.ALL]
        first: list[str | Path] = [run] if run is not None else [tagger] if tagger is not None else [*tiers]
        if coder:
            coders = compare_coders(gold, coder)
            typer.echo(coders.model_dump_json(indent=1) if as_json else tables.coders(coders))
        elif against or len(first) > 1:
            compared = compare([*first, *against], gold, operating_point=operating_point)
            typer.echo(compared.model_dump_json(indent=1) if as_json else tables.comparison(compared))
        elif run is not None:
            typer.echo(score_run(run, gold).to_json())
        else:
            settings = TagConfig(model=Path(first[0]), operating_point=operating_point)
            typer.echo(evaluate_tagger(load_tagger(settings), gold).to_json())


def plain(
    gold: Gold,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder to write to.", show_default=False)],
    rough: Annotated[bool, typer.Option("--rough", help="In lower case and without punctuation, as machines write speech down.")] = False,
) -> None:
    """Write coded interviews as plain transcripts without their codes: the input of a run that is to be scored."""
    with console.errors():
        from jtbd_nlp.training import write_plain

        typer.echo(f"{write_plain(gold, out, rough=rough)} transcripts in {out}")
