"""`jtbd run`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtbd_nlp.cli import console
from jtbd_nlp.cli.options import (
    ConfigFile,
    Engine,
    Force,
    Inputs,
    Interviewer,
    JsonLogs,
    KeyFile,
    Out,
    Participant,
    Pseudonymize,
    Scheduler,
    Tagger,
    Title,
    Watch,
    Workers,
)

if TYPE_CHECKING:
    from jtbd_nlp.schema import Problem


def run(
    inputs: Inputs,
    out: Out,
    config: ConfigFile = None,
    workers: Workers = None,
    engine: Engine = None,
    scheduler: Scheduler = None,
    interviewer: Interviewer = [],  # noqa: B006
    participant: Participant = [],  # noqa: B006
    tagger: Tagger = None,
    title: Title = None,
    force: Force = False,
    pseudonymize: Pseudonymize = False,
    key: KeyFile = None,
    watch: Watch = False,
    json_logs: JsonLogs = False,
) -> None:
    """Analyse interviews: statements, themes, stories, jobs, pathways and a report, written to a folder.

    What was done before into the same folder is not done again; an interrupted run goes on.
    """
    with console.json_logs(json_logs):
        with console.errors(goes_on=True):
            settings = console.on_engine(console.settings(config, interviewer, participant, title), engine, scheduler)
            if tagger is not None:
                settings = settings.model_copy(update={"tag": settings.tag.model_copy(update={"model": tagger})})
            from jtbd_nlp.cli.work import run_into
            from jtbd_nlp.privacy import check_key

            place = check_key(key, out, inputs, wanted=pseudonymize)

            def once(force: bool) -> tuple[Problem, ...]:
                return run_into(inputs, out, settings, workers, force=force, key=place)

            if watch:
                from jtbd_nlp.cli.watch import keep_current

                keep_current(inputs, settings, once, force=force)
                return
            problems = once(force)
        console.name_problems(problems)
