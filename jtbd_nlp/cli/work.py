"""What `jtbd run` and `jtbd demo` do alike."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from jtbd_nlp.cli import INTERRUPTED, console, interrupts
from jtbd_nlp.cli.events import file_id
from jtbd_nlp.config import Config
from jtbd_nlp.pipeline import load
from jtbd_nlp.schema import Problem
from jtbd_nlp.store import ResultStore, Spool, output_place


def run_into(
    inputs: Sequence[Path], out: Path, config: Config, workers: int | None, *, force: bool = False, key: Path | None = None
) -> tuple[Problem, ...]:
    """Run, save, and print what was found; the summary goes to stdout, the rest to stderr.

    What was done before into the same folder is not done again, unless `force` says so. With a `key` names become stand-ins, and what an
    earlier run stored with names is deleted. Gives what was left out.
    """
    named, unnamed = "store.sqlite", "store-pseudonymous.sqlite"
    with (
        interrupts.soon(),
        output_place(out, inputs) as place,
        ResultStore(place.side / (unnamed if key else named)) as store,
        Spool(place.side / "spool") as spool,
    ):
        try:
            if force:
                store.clear()
            if key:
                with ResultStore(place.side / named) as old:
                    old.clear()
            with console.progress() as progress:
                analysis = load(config).run(
                    inputs, workers=workers or config.engine.workers, progress=progress, store=store, key=key, spool=spool
                )
            analysis.save(place, report=config.report.model_copy(update={"title": analysis.title}))
        except KeyboardInterrupt:
            kept = len(store.keys())
            files = "finished file is" if kept == 1 else "finished files are"
            message = f"Interrupted. {kept} {files} kept in {place.side}; run the same command again to go on."
            console.say(message, "interrupted", kept=kept, exit_code=INTERRUPTED)
            raise typer.Exit(INTERRUPTED) from None
        for transcript in analysis.transcripts:
            for note in transcript.notes:
                console.say(
                    f"Note: {transcript.id}: {note.message}", "note", file=file_id(transcript.source or transcript.id), code=note.code
                )
        typer.echo(analysis.summary())
        console.say(
            f"Report: {(out / 'report.html').absolute()}", "done", interviews=len(analysis.transcripts), left_out=len(analysis.problems)
        )
        return analysis.problems
