"""What `jtbd run` and `jtbd demo` do alike."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from jtbd_nlp import study
from jtbd_nlp.cli import console, interrupts
from jtbd_nlp.cli.events import file_id
from jtbd_nlp.config import Config
from jtbd_nlp.errors import InputError, OutputError
from jtbd_nlp.schema import Problem
from jtbd_nlp.watch import changes


def run_into(
    inputs: Sequence[Path], out: Path, config: Config, workers: int | None, *, force: bool = False, key: Path | None = None
) -> tuple[Problem, ...]:
    """Run, and print what was found; the summary goes to stdout, the rest to stderr. Gives what was left out."""
    with interrupts.soon():
        with console.progress() as progress:
            done = study.run(inputs, out, config, workers=workers, force=force, key=key, progress=progress)
        if key is not None and (done.notes or done.problems):
            console.say(f'Interviews and files are called by their ids; which file each is stands under "interviews" in {key}.')
        for noted in done.notes:
            code, file = noted.note.code, file_id(noted.source or noted.transcript)
            console.say(f"Note: {noted.transcript}: {noted.note.message}", "note", file=file, code=code)
        typer.echo(done.summary)
        console.say(f"Report: {(out / 'report.html').absolute()}", "done", interviews=done.interviews, left_out=len(done.problems))
        return done.problems


def keep_current(
    inputs: Sequence[Path], out: Path, config: Config, workers: int | None, *, force: bool = False, key: Path | None = None
) -> None:
    """Run now and whenever inputs have changed, until an interrupt comes while it waits.

    Raises:
        JtbdError: a run failed in a way that waiting does not mend. A folder that holds nothing yet, or an output that another run is
            writing, is said and waited for.
    """
    news, first = changes(inputs, config), True
    while True:
        try:
            if not first:
                console.say("Watching for changes; Ctrl-C ends it.", "watching")
            next(news)
        except KeyboardInterrupt:
            console.say("Stopped watching.", "stopped")
            return
        try:
            console.tell_problems(run_into(inputs, out, config, workers, force=force and first, key=key))
        except InputError as error:
            console.tell_error(error)
        except OutputError as error:
            if first:
                raise
            console.tell_error(error)
        first = False
