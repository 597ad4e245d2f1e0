"""The per-transcript part on the workers of a Dask scheduler that is there already."""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from queue import Empty, SimpleQueue
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, Final

from jtbd_nlp.config import EngineConfig
from jtbd_nlp.engine.inputs import OnDone, Reader, name_of
from jtbd_nlp.engine.order import InOrder
from jtbd_nlp.engine.remote_worker import Setup, work
from jtbd_nlp.engine.work import read_one
from jtbd_nlp.engine.worker import Failed
from jtbd_nlp.errors import ConfigError, JtbdError, MissingExtraError
from jtbd_nlp.schema import Problem, Transcript
from jtbd_nlp.schema.packed import Packed, pack, unpack
from jtbd_nlp.schema.processed import Processed

if TYPE_CHECKING:
    from distributed import Client, Future

    from jtbd_nlp.read import Source

logger = logging.getLogger("jtbd_nlp")

#: How many inputs may be done ahead of the first that is not, a thread of a worker: bounds what waits in memory.
_AHEAD: Final = 8
#: How often, in seconds, it is asked whether scheduler and workers are still there while nothing comes.
_TICK: Final = 1.0


def run_on_dask(
    items: Iterable[Source | Transcript],
    settings: EngineConfig,
    setup: Setup,
    reader: Reader,
    on_done: OnDone | None = None,
) -> Generator[Processed, None, None]:
    """One result an item, in their order, the same as in one process; items are taken as they are needed.

    Files are read here and their transcripts travel, so that workers need no file system in common. An input whose worker died is done again
    by another; where that goes on, the scheduler gives it up and it becomes a Problem. Whoever stops listening cancels what is not done.

    Raises:
        MissingExtraError: `distributed` is not installed. ConfigError: the scheduler's address is missing or is none.
        JtbdError: the scheduler does not answer, goes away, or has no worker for too long; or the workers cannot load the models.
    """
    rest = iter(items)
    for first in rest:
        with _connected(settings) as client:
            yield from _Run(client, settings, setup, reader, on_done).run(chain([first], rest))


@contextmanager
def _connected(settings: EngineConfig) -> Iterator[Client]:
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingExtraError("distributed", "dask") from error
    if settings.scheduler is None:
        raise ConfigError(
            "Got engine dask without a scheduler; expected an address such as tcp://10.0.0.5:8786, with --scheduler or in [engine]."
        )
    try:
        client = Client(settings.scheduler, timeout=settings.connect_timeout_s, set_as_default=False, name="jtbd_nlp")
    except OSError as error:  # TimeoutError is one
        raise JtbdError(
            f"Got no answer from a Dask scheduler at {settings.scheduler} within {settings.connect_timeout_s:g} s ({type(error).__name__}). "
            "Is it running, and is the address right? Start one with: dask scheduler"
        ) from error
    except (ValueError, TypeError) as error:
        raise ConfigError(
            f"Got scheduler {settings.scheduler!r}, which is no address ({error}); expected one such as tcp://10.0.0.5:8786."
        ) from error
    try:
        yield client
    finally:
        with suppress(Exception):  # the scheduler may be gone; it forgets this client's tasks by itself
            client.close(timeout=2)


class _Run:
    """One run over a connected client."""

    def __init__(self, client: Client, settings: EngineConfig, setup: Setup, reader: Reader, on_done: OnDone | None) -> None:
        self._client, self._settings, self._setup, self._reader = client, settings, setup, reader
        self._results = InOrder(on_done)
        self._waiting: dict[int, tuple[Source | Transcript, Future[Any]]] = {}
        self._heard: SimpleQueue[int] = SimpleQueue()
        self._seen_worker = self._asked = monotonic()
        self._threads = 1

    def run(self, items: Iterable[Source | Transcript]) -> Generator[Processed, None, None]:
        self._check(now=True)
        rest = iter(items)
        more = True
        while more or self._results.pending:
            if more and self._results.has_room(_AHEAD * self._threads):
                item = next(rest, None)
                more = item is not None
                if item is not None:
                    self._submit(self._results.begin(), item)
                self._listen(0)
            elif self._results.blocked:
                self._listen(_TICK)
            yield from self._results.ready()

    def _submit(self, index: int, item: Source | Transcript) -> None:
        read = Processed(name_of(item), (item,)) if isinstance(item, Transcript) else read_one(self._reader, item)
        if read.problems:
            self._results.finish(index, item, read)
            return
        future: Future[Any] = self._client.submit(work, self._setup, pack(read), pure=False)
        self._waiting[index] = (item, future)
        future.add_done_callback(lambda _: self._heard.put(index))

    def _listen(self, seconds: float) -> None:
        """Take what has come, waiting so long for something to come."""
        try:
            index = self._heard.get(timeout=seconds) if seconds else self._heard.get_nowait()
        except Empty:
            if seconds:
                self._check()
            return
        self._take(index)

    def _take(self, index: int) -> None:
        item, future = self._waiting[index]
        answer = self._answer(name_of(item), future)
        if isinstance(answer, Failed):
            raise answer.error
        del self._waiting[index]
        self._results.finish(index, item, unpack(answer) if isinstance(answer, Packed) else answer)

    def _answer(self, name: str, future: Future[Any]) -> Packed | Failed | Processed:
        from distributed import KilledWorker

        while True:
            try:
                answer: Packed | Failed = future.result(timeout=_TICK)
            except TimeoutError:  # its worker died with it, and it is being done again
                self._check()
                continue
            except KilledWorker:
                reason = "the workers of the cluster that it was given to died, perhaps for want of memory; split it into smaller files"
                return Processed(source=name, problems=(Problem(source=name, reason=reason),))
            except Exception as error:
                if future.cancelled() or isinstance(error, OSError):  # nothing that `work` does raises; the connection did
                    raise self._lost() from error
                raise JtbdError(
                    f"The workers of the cluster cannot do this work ({type(error).__name__}). Is the same version of jtbd-nlp installed there?"
                ) from error
            return answer

    def _check(self, *, now: bool = False) -> None:
        """Whether there is a scheduler with a worker, asked at most once a tick; `now` asks at once and waits for the first worker."""
        while True:
            if self._client.status != "running":
                raise self._lost()
            if monotonic() - self._asked < _TICK and not now:
                return
            self._asked = monotonic()
            try:
                threads = sum(self._client.nthreads(callback_timeout=self._settings.connect_timeout_s).values())
            except (OSError, ValueError) as error:
                raise self._lost() from error
            if threads:
                self._threads, self._seen_worker = threads, monotonic()
                return
            if monotonic() - self._seen_worker > self._settings.no_worker_timeout_s:
                raise JtbdError(
                    f"Got no worker at the Dask scheduler {self._settings.scheduler} for {self._settings.no_worker_timeout_s:g} s. "
                    f"Start some with: dask worker {self._settings.scheduler} --nthreads 1. Finished work is kept; run again to go on."
                )
            if not now:
                return
            sleep(_TICK / 4)

    def _lost(self) -> JtbdError:
        return JtbdError(
            f"Lost the Dask scheduler at {self._settings.scheduler}. Finished work is kept; when the scheduler is back, run again to go on."
        )
