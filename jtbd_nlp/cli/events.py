"""`--json-logs`: what happens as one JSON object a line on stderr, for schedulers. Never a word of an interview; files by a hash of their name."""

from __future__ import annotations

import hashlib
import json
import logging
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Final

import typer

#: seconds over which a rate is taken, and between two lines of one stage
_WINDOW: Final = 30.0
_PAUSE: Final = 1.0


def file_id(name: str) -> str:
    """What stands for the name of a file: the first twelve hex digits of the sha256 of its UTF-8 bytes."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]


class Events:
    """Writes events. Each has `event` and `seconds` since the start; the rest depends on the event (docs/scale.md lists them)."""

    def __init__(self) -> None:
        self._began = monotonic()
        self._stages: dict[str, Pace] = {}

    def tell(self, event: str, **facts: str | int | float | None) -> None:
        """Write one event."""
        typer.echo(json.dumps({"event": event, "seconds": round(monotonic() - self._began, 3), **facts}), err=True)

    def progress(self, stage: str, done: int, total: int) -> None:
        """Write how far a stage is, at most once a second but for its end."""
        pace = self._stages.setdefault(stage, Pace())
        if pace.step(done, last=done == total):
            left = (total - done) / pace.rate if pace.rate else None
            rate, seconds = (None if x is None else round(x, 3) for x in (pace.rate, left))
            self.tell("progress", stage=stage, done=done, total=total, rate=rate, seconds_left=seconds)


class Pace:
    """How fast a stage goes: over the last half minute, so that what was there already does not count for long."""

    def __init__(self) -> None:
        self.rate: float | None = None
        self._steps: deque[tuple[float, int]] = deque()
        self._told = 0.0

    def step(self, done: int, *, last: bool) -> bool:
        """Take note of a step; whether it is time to tell."""
        now = monotonic()
        self._steps.append((now, done))
        while now - self._steps[0][0] > _WINDOW and len(self._steps) > 2:
            self._steps.popleft()
        (then, before), spent = self._steps[0], now - self._steps[0][0]
        self.rate = (done - before) / spent if spent > 0 and now > then and done > before else None
        if last or now - self._told >= _PAUSE:
            self._told = now
            return True
        return False


class _Handler(logging.Handler):
    """Log records as events; of loggers that are not this library's, which promise nothing, without their message."""

    def __init__(self, events: Events) -> None:
        super().__init__(logging.WARNING)
        self._events = events

    def emit(self, record: logging.LogRecord) -> None:
        ours = {"message": record.getMessage()} if record.name == "jtbd_nlp" else {}
        self._events.tell("log", logger=record.name, level=record.levelname.lower(), **ours)


@contextmanager
def logs_as(events: Events) -> Iterator[None]:
    """All logging and all warnings of this process become events meanwhile."""
    root, handler = logging.getLogger(), _Handler(events)
    root.addHandler(handler)
    logging.captureWarnings(True)
    try:
        yield
    finally:
        logging.captureWarnings(False)
        root.removeHandler(handler)
