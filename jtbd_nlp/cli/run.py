"""`jtbd run`."""

from __future__ import annotations

from jtbd_nlp.cli import console
from jtbd_nlp.cli.options import (
    ConfigFile,
    Engine,
    Force,
    Inputs,
    Interviewer,
    JsonLogs,
    KeyFile,
    OperatingPoint,
    Out,
    Participant,
    Pseudonymize,
    Scheduler,
    Tagger,
    Title,
    Watch,
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
    tagger: Tagger = None,
    operating_point: OperatingPoint = None,
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
            from jtbd_nlp.cli.settings import on_engine, settings
            from jtbd_nlp.cli.work import keep_current, run_into
            from jtbd_nlp.privacy import check_key

            base = settings(
                config, interviewer=interviewer, participant=participant, tagger=tagger, operating_point=operating_point, title=title
            )
            used, place = on_engine(base, engine, scheduler), check_key(key, out, inputs, wanted=pseudonymize)
            if watch:
                keep_current(inputs, out, used, workers, force=force, key=place)
                return
            problems = run_into(inputs, out, used, workers, force=force, key=place)
        console.name_problems(problems)
