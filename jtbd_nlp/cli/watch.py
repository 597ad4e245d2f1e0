"""`jtbd run --watch`: the output follows the folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from time import sleep

from jtbd_nlp.cli import console
from jtbd_nlp.config import Config
from jtbd_nlp.errors import InputError, OutputError
from jtbd_nlp.schema import Problem

#: name, bytes and time of the last change of each file
State = frozenset[tuple[str, int, int]]
#: The system tells of changes; where it does not (some network folders), they are found after so many milliseconds.
_LOOK_MS = 5_000


def keep_current(inputs: Sequence[Path], config: Config, once: Callable[[bool], tuple[Problem, ...]], *, force: bool) -> None:
    """Run now and whenever inputs have changed and been left alone for a while, until an interrupt comes while it waits.

    Args:
        once: does one run, from the start where it is news so, and gives what was left out.

    Raises:
        JtbdError: a run failed in a way that waiting does not mend. A folder that holds nothing yet, or an output that another run is
            writing, is said and waited for.
    """
    done: State | None = None
    news = False
    while True:
        try:
            if done is not None:
                if news:
                    console.say("Watching for changes; Ctrl-C ends it.", "watching")
                _wait(inputs, config, done)
            seen = _settled(inputs, config)
        except KeyboardInterrupt:
            console.say("Stopped watching.", "stopped")
            return
        news = seen != done
        if not news:
            continue
        try:
            console.tell_problems(once(force))
        except InputError as error:
            console.tell_error(error)
        except OutputError as error:
            if done is None:
                raise
            console.tell_error(error)
        done, force = seen, False


def _wait(inputs: Sequence[Path], config: Config, done: State) -> None:
    """Until the inputs are not as they were when they were done."""
    from watchfiles import watch

    while _state(inputs, config) == done:
        there = [path for path in inputs if path.exists()]
        if not there:
            sleep(_LOOK_MS / 1000)
            continue
        for _ in watch(*there, watch_filter=None, debounce=200, rust_timeout=_LOOK_MS, yield_on_timeout=True):
            if _state(inputs, config) != done or not all(path.exists() for path in there):
                break


def _settled(inputs: Sequence[Path], config: Config) -> State:
    """The inputs as they are once nothing has changed for a while."""
    before = _state(inputs, config)
    while True:
        sleep(config.engine.settle_s)
        now = _state(inputs, config)
        if now == before:
            return now
        before = now


def _state(inputs: Sequence[Path], config: Config) -> State:
    from jtbd_nlp.read import discover

    found = set()
    for source in discover(inputs, config.read).sources:
        try:
            stat = Path(source.path).stat()
        except OSError:  # deleted meanwhile
            continue
        found.add((source.name, stat.st_size, stat.st_mtime_ns))
    return frozenset(found)
