"""What a worker process does, and what it says to the process that started it."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import connection, parent_process
from typing import TYPE_CHECKING

from jtbd_nlp.config import Config
from jtbd_nlp.errors import JtbdError, ModelError
from jtbd_nlp.schema import Transcript
from jtbd_nlp.schema.processed import Processed

if TYPE_CHECKING:
    from jtbd_nlp.engine.work import Rooms
    from jtbd_nlp.read import Source

#: Makes the rooms in the process that calls it; a function of a module, so that a worker finds it by its name.
Load = Callable[[Config], "Rooms"]


@dataclass(frozen=True)
class Task:
    """One input; `index` is its place among all inputs."""

    index: int
    item: Source | Transcript


@dataclass(frozen=True)
class Ready:
    """The models are loaded."""


@dataclass(frozen=True, eq=False)
class Done:
    """The result of the task that the worker was at."""

    processed: Processed


@dataclass(frozen=True)
class Failed:
    """Nothing can be processed, for this reason."""

    error: JtbdError


Message = Ready | Done | Failed


def serve(pipe: connection.Connection[Message, Task], load: Load, config: Config) -> None:
    """Load the rooms, then answer tasks until the pipe is closed. This is the whole life of a worker process."""
    # An interrupt goes to all processes of a terminal; the one that started this worker decides what follows from it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # What a person must know comes back as a Problem or an error; stderr belongs to the process that started this one.
    logging.captureWarnings(True)
    for name in ("jtbd_nlp", "py.warnings"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    try:
        rooms = load(config)
        pipe.send(Ready())
        while True:
            pipe.send(Done(rooms.process(pipe.recv().item)))
    except (EOFError, BrokenPipeError):  # nobody is listening any more
        return
    except JtbdError as error:
        pipe.send(Failed(error))
    except Exception as error:  # noqa: BLE001,RUF100 - said by type alone: its message may hold words of an interview
        pipe.send(Failed(ModelError(f"A worker could not go on ({type(error).__name__}). Run again with one worker to see where.")))


def _end_with_parent() -> None:
    """No worker outlives the process that it works for, however that one ends."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
