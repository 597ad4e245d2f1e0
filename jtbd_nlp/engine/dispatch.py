"""Where the per-transcript part is done: in this process, in a pool of processes, or on a cluster."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Generator, Iterable, Sized
from typing import TYPE_CHECKING

from jtbd_nlp.config import Config
from jtbd_nlp.engine.inputs import OnDone, Reader, reader_of
from jtbd_nlp.engine.remote_worker import MadeBy, Setup
from jtbd_nlp.engine.work import Processed, Rooms
from jtbd_nlp.engine.worker import Load

if TYPE_CHECKING:
    from jtbd_nlp.read import Source
    from jtbd_nlp.schema import Transcript

#: Below so many inputs, loading the models a second time takes longer than the second process saves.
WORTH_A_POOL = 8


def run(
    items: Iterable[Source | Transcript],
    config: Config,
    *,
    workers: int | None = 1,
    rooms: Rooms | None = None,
    on_done: OnDone | None = None,
    load: Load = Rooms.load,
    reader: Reader | None = None,
    made_by: MadeBy | None = None,
) -> Generator[Processed, None, None]:
    """Process inputs lazily; one result each, in their order, the same for any number of workers and wherever they run.

    Args:
        items: files to read, or transcripts.
        config: settings of the rooms.
        workers: processes; 1 stays in this one, None decides by the number of items and of cores. A script that asks for more than one
            must guard its entry with `if __name__ == "__main__":`, as always with spawned processes.
        rooms: rooms that are loaded already, for work in this process.
        on_done: called in this process with each item and its result as soon as it is done, not always in order.
        load: makes the rooms in each process.
        reader: reads files where they are read apart from the other rooms, which is so on a cluster.
        made_by: what must be the same here and on each worker of a cluster, for results to be.

    Raises:
        ModelError, MissingExtraError: the models cannot be loaded.
        JtbdError: the cluster cannot be reached, or is lost.
    """
    if config.engine.kind == "dask":
        from jtbd_nlp.engine.remote import run_on_dask

        setup = Setup(config.model_dump_json(), load, made_by, made_by(config) if made_by else "")
        yield from run_on_dask(items, config.engine, setup, reader or reader_of(config), on_done)
        return
    size = count_workers(workers, len(items) if isinstance(items, Sized) else None)
    if size > 1:
        from jtbd_nlp.engine.pool import Pool

        yield from Pool(size, load, config, on_done).run(items)
        return
    for item in items:
        rooms = rooms or load(config)
        processed = rooms.process(item)
        if on_done is not None:
            on_done(item, processed)
        yield processed


def count_workers(asked: int | None, items: int | None) -> int:
    """How many processes to use: what was asked for, else one a core where there is enough to do; never more than items."""
    if multiprocessing.current_process().daemon:  # such a process may not start others
        return 1
    if asked is None:
        asked = _all_cores() if items is None or items >= WORTH_A_POOL else 1
    return max(1, asked if items is None else min(asked, items))


def _all_cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
