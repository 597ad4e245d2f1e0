"""`jtbd check`."""

from __future__ import annotations

from typing import Annotated

import typer

from jtbd_nlp.cli import console
from jtbd_nlp.cli.options import ConfigFile, Inputs, Interviewer, Participant


def check(
    inputs: Inputs,
    config: ConfigFile = None,
    interviewer: Interviewer = [],  # noqa: B006
    participant: Participant = [],  # noqa: B006
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a file, for other programs.")] = False,
) -> None:
    """Say what would be read: formats, speakers, roles, copies, questions that bend answers, problems. Nothing is written."""
    with console.errors():
        from jtbd_nlp.cli.checks import show
        from jtbd_nlp.cli.settings import settings
        from jtbd_nlp.read import Check, check_sources, discover
        from jtbd_nlp.schema import Problem

        used = settings(config, interviewer=interviewer, participant=participant).read
        found = discover(inputs, used)
        checks = check_sources(found.sources, used)
        if as_json:
            unread = [Check(name=problem.source, id="", problem=problem.reason) for problem in found.problems]
            for one in (*checks, *unread):
                typer.echo(one.model_dump_json())
        else:
            show(checks)
        bad = [Problem(source=one.name, reason=one.problem) for one in checks if one.problem is not None]
    console.name_problems((*found.problems, *bad), nothing_left=len(bad) == len(checks))
