"""Inputs that are watched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from time import sleep
from typing import Final

from jtbd_nlp.config import Config

#: name, bytes and time of the last change of each file
State = frozenset[tuple[str, int, int]]
#: The system tells of changes; where it does not (some network folders), they are found after so many milliseconds.
_LOOK_MS: Final = 5_000


def changes(inputs: str | Path | Iterable[str | Path], config: Config | None = None) -> Iterator[None]:
    """Yields once, and again whenever inputs have come, changed or gone; each time after nothing has changed for a while. Never ends.

    Args:
        inputs: folders and files of interviews; they need not be there yet.
        config: `read` says which files count, `engine.settle_s` how long nothing may change.
    """
    given, settings = [Path(path) for path in ([inputs] if isinstance(inputs, str | Path) else inputs)], config or Config()
    done: State | None = None
    while True:
        if done is not None:
            _wait(given, settings, done)
        seen = _settled(given, settings)
        if seen != done:
            done = seen
            yield


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
