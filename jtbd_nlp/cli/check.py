"""`jtbd check`."""

from __future__ import annotations

import typer

from jtbd_nlp.cli import console
from jtbd_nlp.cli.options import ConfigFile, Inputs, Interviewer, Participant


def check(
    inputs: Inputs,
    config: ConfigFile = None,
    interviewer: Interviewer = [],  # noqa: B006
    participant: Participant = [],  # noqa: B006
) -> None:
    """Say what would be read: formats, speakers, roles, problems. Nothing is written."""
    with console.errors():
        from jtbd_nlp.read import check_inputs, render_checks

        settings = console.settings(config, interviewer, participant)
        checks = check_inputs(inputs, settings.read)
        typer.echo(render_checks(checks))
    console.name_problems(checks.problems)
