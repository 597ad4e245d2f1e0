"""What a worker of a cluster does: one function from bytes to bytes, found there by its name."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jtbd_nlp.config import Config
from jtbd_nlp.engine.worker import Failed, Load
from jtbd_nlp.errors import JtbdError, ModelError
from jtbd_nlp.schema.packed import Packed, pack, unpack

if TYPE_CHECKING:
    from jtbd_nlp.engine.work import Rooms

#: The hash of all that a result depends on besides its input, computed where it is called; a function of a module.
MadeBy = Callable[[Config], str]


@dataclass(frozen=True)
class Setup:
    """What all tasks of a run have in common; small, since it travels with each.

    Attributes:
        config: as JSON. load: makes the rooms. made_by: must give `expected` on the worker too; None asks nothing.
    """

    config: str
    load: Load
    made_by: MadeBy | None = None
    expected: str = ""


_lock = threading.Lock()
_loaded: dict[Setup, Rooms] = {}


def work(setup: Setup, read: Packed) -> Packed | Failed:
    """Process the transcripts of one input that has been read.

    Nothing is raised: a worker writes the arguments of a call that raises into its log, and they hold an interview.
    """
    try:
        return pack(_rooms(setup).process_read(unpack(read)))
    except JtbdError as error:
        return Failed(error)
    except Exception as error:  # noqa: BLE001,RUF100 - said by type alone: its message may hold words of an interview
        return Failed(
            ModelError(f"A worker of the cluster could not go on ({type(error).__name__}). Run without --engine dask to see where.")
        )


def _rooms(setup: Setup) -> Rooms:
    """The rooms of this process for a run, loaded once; those of the run before are let go.

    Raises:
        ModelError: results would not be the same as on the machine that asks.
    """
    with _lock:
        if setup not in _loaded:
            config = Config.model_validate_json(setup.config)
            if setup.made_by is not None and setup.made_by(config) != setup.expected:
                raise ModelError(
                    "A worker of the cluster has other code, weights, libraries or another Python than this machine, so its results would differ. "
                    "Install the same versions on all, with the same constraints file, and start the workers again."
                )
            _loaded.clear()
            _loaded[setup] = setup.load(config)
        return _loaded[setup]
