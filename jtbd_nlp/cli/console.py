"""What commands share: messages and progress on stderr, errors as one line, exit codes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final

import typer

from jtbd_nlp.cli import INTERRUPTED
from jtbd_nlp.cli.bars import bars
from jtbd_nlp.cli.events import Events, file_id, logs_as
from jtbd_nlp.errors import ConfigError, Interrupted, JtbdError, MissingExtraError, ModelError, OutputError, place_of
from jtbd_nlp.schema import Problem

if TYPE_CHECKING:
    from jtbd_nlp.pipeline import Progress

FAILED: Final = 1
USAGE: Final = 2
INCOMPLETE: Final = 3
#: what each means; docs/output.md says it in the same words
EXIT_CODES: Final = {
    0: "all done",
    FAILED: "nothing could be done, or what was checked is not in order",
    USAGE: "the command line or the config is wrong",
    INCOMPLETE: "done, but some inputs were left out, each named on stderr with its reason",
    INTERRUPTED: "interrupted",
}
#: errors whose message tells nothing of an interview nor of the name of its file
_PLAIN: Final = (JtbdError, ConfigError, ModelError, OutputError, MissingExtraError)

_events: ContextVar[Events | None] = ContextVar("events", default=None)


def exit_codes(*codes: int) -> str:
    """What the help of a command with these exit codes ends with."""
    return f"Exit codes: {'; '.join(f'{code} {EXIT_CODES[code]}' for code in codes)}."


@contextmanager
def json_logs(wanted: bool) -> Iterator[None]:
    """Where wanted, everything for stderr becomes JSON meanwhile."""
    if not wanted:
        yield
        return
    events = Events()
    token = _events.set(events)
    try:
        with logs_as(events):
            yield
    finally:
        _events.reset(token)


def say(text: str, /, event: str = "", **facts: str | int | float | None) -> None:
    """A message for the person at the terminal; with JSON logs the event instead, where one is named."""
    events = _events.get()
    if events is None:
        typer.echo(text, err=True)
    elif event:
        events.tell(event, **facts)


@contextmanager
def errors(*, goes_on: bool = False) -> Iterator[None]:
    """The library's errors and an interrupt become one line on stderr and an exit code; no traceback.

    Args:
        goes_on: whether the command keeps what it finished and goes on from there when it is given again.
    """
    try:
        yield
    except JtbdError as error:
        tell_error(error)
        raise typer.Exit(USAGE if isinstance(error, ConfigError) else FAILED) from error
    except KeyboardInterrupt as interrupt:
        if isinstance(interrupt, Interrupted):
            message = f"Interrupted. {interrupt}; run the same command again to go on."
            say(message, "interrupted", kept=interrupt.kept, exit_code=INTERRUPTED)
        else:
            tell_interrupt(goes_on=goes_on)
        raise typer.Exit(INTERRUPTED) from None
    except (typer.Exit, typer.Abort, BrokenPipeError):  # the last: whoever reads stdout has had enough; typer ends quietly
        raise
    except Exception as error:
        # Its message may hold words of an interview (pydantic quotes what it got), and so may a traceback.
        kind, place = type(error).__name__, place_of(error)
        message = f"got an unexpected {kind} at {place}. Please report it with the two."
        say(f"Error: {message}", "error", type=kind, message=message, exit_code=FAILED)
        raise typer.Exit(FAILED) from None


def tell_interrupt(*, goes_on: bool) -> None:
    """What an interrupt means, where it is not known how much was finished."""
    kept = " What was finished is kept; run the same command again to go on." if goes_on else ""
    say(f"Interrupted.{kept}", "interrupted", exit_code=INTERRUPTED)


def tell_error(error: JtbdError) -> None:
    """An error of the library in one line."""
    message = str(error) if type(error) in _PLAIN else "what it says may name a file; run without --json-logs to see it"
    code = USAGE if isinstance(error, ConfigError) else FAILED
    say(f"Error: {error}", "error", type=type(error).__name__, message=message, exit_code=code)


@contextmanager
def progress() -> Iterator[Progress]:
    """Progress a stage with rate and time left: bars where stderr is a terminal, events with JSON logs, else nothing."""
    events = _events.get()
    if events is not None:
        yield events.progress
        return
    with bars() as on_progress:
        yield on_progress


def tell_problems(problems: Sequence[Problem]) -> None:
    """Each input that was left out, with its reason."""
    for problem in problems:
        known = file_id(problem.source)
        reason = problem.reason.replace(problem.source, known) if problem.source else problem.reason
        say(f"Left out: {problem.source}: {problem.reason}", "left_out", file=known, reason=reason)


def name_problems(problems: Sequence[Problem], *, nothing_left: bool = False) -> None:
    """Tell of what was left out; exit code 3 where there is any, 1 where nothing could be used."""
    tell_problems(problems)
    if problems:
        raise typer.Exit(FAILED if nothing_left else INCOMPLETE)
