"""All commands together."""

from __future__ import annotations

from typing import Annotated

import typer

from jtbd_nlp.cli import check, console, demo, evaluate, report, run, train, verify
from jtbd_nlp.version import __version__

app = typer.Typer(
    name="jtbd",
    help="From a folder of customer interviews to Jobs-to-be-Done, each with the quote that proves it. Offline.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(show: bool) -> None:
    if show:
        typer.echo(f"jtbd-nlp {__version__}")
        raise typer.Exit


@app.callback()
def _root(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False) -> None:
    """Declares what holds for every command."""


_ALL = console.exit_codes(*console.EXIT_CODES)

app.command("run", epilog=_ALL)(run.run)
app.command("demo", epilog=_ALL)(demo.demo)
app.command("check", epilog=_ALL)(check.check)
app.command("report")(report.report)
app.command("verify", epilog=console.exit_codes(0, console.FAILED, console.USAGE))(verify.verify)
app.command("train")(train.train)
app.command("evaluate")(evaluate.evaluate)
app.command("plain")(evaluate.plain)
