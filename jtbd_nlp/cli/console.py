"""What commands share: messages on stderr, progress bars where a person watches, errors as one line, exit codes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import typer

from jtbd_nlp.errors import ConfigError, JtbdError, place_of
from jtbd_nlp.schema import Problem

if TYPE_CHECKING:
    from jtbd_nlp.config import Config
    from jtbd_nlp.pipeline import Progress

FAILED: Final = 1
USAGE: Final = 2
INCOMPLETE: Final = 3


def say(message: str) -> None:
    """A message for the person at the terminal."""
    typer.echo(message, err=True)


@contextmanager
def errors() -> Iterator[None]:
    """The library's errors become one line on stderr and an exit code; no traceback."""
    try:
        yield
    except ConfigError as error:
        say(f"Error: {error}")
        raise typer.Exit(USAGE) from error
    except JtbdError as error:
        say(f"Error: {error}")
        raise typer.Exit(FAILED) from error
    except (typer.Exit, typer.Abort, BrokenPipeError):  # the last: whoever reads stdout has had enough; typer ends quietly
        raise
    except Exception as error:
        # Its message may hold words of an interview (pydantic quotes what it got), and so may a traceback.
        say(f"Error: got an unexpected {type(error).__name__} at {place_of(error)}. Please report it with the two.")
        raise typer.Exit(FAILED) from None


@contextmanager
def progress() -> Iterator[Progress]:
    """A progress bar a stage with rate and time left; nothing where stderr is not a terminal."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress as Bars,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Bars(*columns, console=console, disable=not console.is_terminal) as bars:
        tasks = {"interviews": bars.add_task("loading models", total=None)}

        def on_progress(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], description=stage, completed=done, total=total)

        yield on_progress


def name_problems(problems: tuple[Problem, ...], *, nothing_left: bool = False) -> None:
    """Each input that was left out, with its reason; exit code 3 where there are any, 1 where nothing could be used."""
    for problem in problems:
        say(f"Left out: {problem.source}: {problem.reason}")
    if problems:
        raise typer.Exit(FAILED if nothing_left else INCOMPLETE)


def settings(config: Path | None, interviewer: list[str], participant: list[str], title: str | None = None) -> Config:
    """The config file, with what was said on the command line over it."""
    from jtbd_nlp.config import Config

    base = Config.from_toml(config) if config is not None else Config()
    read = base.read.model_copy(
        update={"interviewers": (*base.read.interviewers, *interviewer), "participants": (*base.read.participants, *participant)}
    )
    report = base.report.model_copy(update={"title": title} if title is not None else {})
    return base.model_copy(update={"read": read, "report": report})


def on_engine(config: Config, kind: Literal["local", "dask"] | None, scheduler: str | None) -> Config:
    """The config with what was said of the engine on the command line over it.

    Raises:
        ConfigError: a scheduler for an engine that has none, or none for one that needs it.
    """
    given = {name: value for name, value in (("kind", kind), ("scheduler", scheduler)) if value is not None}
    engine = config.engine.model_copy(update=given)
    if scheduler is not None and engine.kind != "dask":
        raise ConfigError(
            f"Got --scheduler {scheduler} and engine {engine.kind}, which has no scheduler. Say --engine dask, or leave the scheduler out."
        )
    if engine.kind == "dask" and engine.scheduler is None:
        raise ConfigError("Got engine dask without a scheduler; say its address with --scheduler, such as tcp://10.0.0.5:8786.")
    return config.model_copy(update={"engine": engine})
