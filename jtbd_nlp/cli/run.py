"""`jtbd run`."""

from __future__ import annotations

from jtbd_nlp.cli import console
from jtbd_nlp.cli.options import (
    ConfigFile,
    Engine,
    Force,
    Inputs,
    Interviewer,
    KeyFile,
    Out,
    Participant,
    Pseudonymize,
    Scheduler,
    Title,
    Workers,
)


def run(
    inputs: Inputs,
    out: Out,
    config: ConfigFile = None,
    workers: Workers = None,
    engine: Engine = None,
    scheduler: Scheduler = None,
    interviewer: Interviewer = [],  # noqa: B006
    participant: Participant = [],  # noqa: B006
    title: Title = None,
    force: Force = False,
    pseudonymize: Pseudonymize = False,
    key: KeyFile = None,
) -> None:
    """Analyse interviews: statements, themes, stories, jobs, pathways and a report, written to a folder."""
    with console.errors():
        settings = console.on_engine(console.settings(config, interviewer, participant, title), engine, scheduler)
        from jtbd_nlp.cli.work import run_into
        from jtbd_nlp.privacy import check_key

        place = check_key(key, out, inputs, wanted=pseudonymize)
        problems = run_into(inputs, out, settings, workers, force=force, key=place)
    console.name_problems(problems)
