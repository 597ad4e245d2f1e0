"""Worker processes that each hold the models, do one input at a time, and are replaced when they die."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import connection, resource_tracker
from typing import TYPE_CHECKING

from jtbd_nlp.config import Config
from jtbd_nlp.engine.inputs import OnDone, name_of
from jtbd_nlp.engine.order import InOrder
from jtbd_nlp.engine.worker import Done, Failed, Load, Message, Ready, Task, serve
from jtbd_nlp.errors import JtbdError
from jtbd_nlp.schema import Problem
from jtbd_nlp.schema.processed import Processed

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

    from jtbd_nlp.read import Source
    from jtbd_nlp.schema import Transcript

#: How many inputs may be done ahead of the first that is not, a worker: bounds what waits in memory.
_AHEAD = 16
_ATTEMPTS = 2


@dataclass(eq=False)
class _Worker:
    """One process and the end of its pipe; `task` is what it is at."""

    process: SpawnProcess
    pipe: connection.Connection[Task, Message]
    ready: bool = False
    task: Task | None = None


class Pool:
    """Processes inputs in several processes; results come in the order of the inputs.

    Processes are spawned, never forked (a fork of a process with threads may hang). An input whose worker died is done again by a new
    worker; where that one dies too, it becomes a Problem. When the iteration ends, in whatever way, the workers are gone.
    """

    def __init__(self, size: int, load: Load, config: Config, on_done: OnDone | None = None) -> None:
        self._size, self._load, self._config = size, load, config
        self._results = InOrder(on_done)
        self._workers: list[_Worker] = []
        self._stillborn = 0
        self._again: deque[Task] = deque()
        self._attempts: dict[int, int] = {}

    def run(self, items: Iterable[Source | Transcript]) -> Generator[Processed, None, None]:
        """One result an item, in their order; items are taken as they are needed.

        Raises:
            JtbdError: the models cannot be loaded, or the workers die before they have loaded them.
        """
        rest = iter(items)
        first = list(islice(rest, self._size))
        tasks = (Task(self._results.begin(), item) for item in chain(first, rest))
        try:
            for _ in first:
                self._start()
            more = bool(first)
            while more or self._results.pending:
                for worker in [w for w in self._workers if w.ready and w.task is None]:
                    task = self._again.popleft() if self._again else None
                    if task is None and more and self._results.has_room(_AHEAD * self._size):
                        task = next(tasks, None)
                        more = task is not None
                    if task is not None:
                        self._give(worker, task)
                yield from self._results.ready()
                if any(w.task or not w.ready for w in self._workers) and (more or self._results.pending):
                    self._listen()
        finally:
            self._end()

    def _give(self, worker: _Worker, task: Task) -> None:
        worker.task = task
        try:
            worker.pipe.send(task)
        except (BrokenPipeError, ConnectionResetError):
            self._bury(worker)

    def _listen(self) -> None:
        """Wait for a message or a death, and act on all there are."""
        heard = connection.wait([e for w in self._workers for e in (w.pipe, w.process.sentinel)])
        for worker in [w for w in self._workers if w.pipe in heard or w.process.sentinel in heard]:
            messages, alive = _received(worker.pipe)
            for message in messages:
                self._take(worker, message)
            if not alive or worker.process.sentinel in heard:
                self._bury(worker)

    def _take(self, worker: _Worker, message: Message) -> None:
        if isinstance(message, Failed):
            raise message.error
        if isinstance(message, Ready):
            worker.ready = True
        if isinstance(message, Done) and worker.task is not None:
            task, worker.task = worker.task, None
            self._finish(task, message.processed)

    def _finish(self, task: Task, processed: Processed) -> None:
        self._attempts.pop(task.index, None)
        self._results.finish(task.index, task.item, processed)

    def _bury(self, worker: _Worker) -> None:
        """A worker has died: its task is done again or given up, and another worker takes its place."""
        self._workers.remove(worker)
        worker.pipe.close()
        worker.process.kill()
        worker.process.join()
        code = worker.process.exitcode
        if not worker.ready:
            self._stillborn += 1
            if self._stillborn == 1:
                self._start()
            elif not self._workers:
                raise JtbdError(
                    f"Worker processes ended while they loaded the models (exit code {code}). Is there memory for {self._size} of them? "
                    "In a script, the call must stand under `if __name__ == '__main__':`. Or use one worker."
                )
            return
        if worker.task is not None:
            task = worker.task
            self._attempts[task.index] = self._attempts.get(task.index, 0) + 1
            if self._attempts[task.index] < _ATTEMPTS:
                self._again.append(task)
            else:
                name = name_of(task.item)
                reason = f"its worker process ended {_ATTEMPTS} times (exit code {code}), perhaps for want of memory; split it into smaller files"
                self._finish(task, Processed(source=name, problems=(Problem(source=name, reason=reason),)))
        self._start()

    def _start(self) -> None:
        """Start one worker."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, self._load, self._config), daemon=True, name="jtbd_nlp worker")
        with _interrupts_kept_out():
            process.start()
        theirs.close()
        self._workers.append(_Worker(process, ours))

    def _end(self) -> None:
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()
        self._workers.clear()


def _received(pipe: connection.Connection[Task, Message]) -> tuple[list[Message], bool]:
    """All messages that are there, and whether more may come."""
    messages: list[Message] = []
    try:
        while pipe.poll():
            messages.append(pipe.recv())
    except (EOFError, OSError):  # the other end is gone, perhaps in the middle of a message
        return messages, False
    return messages, True


@contextmanager
def _interrupts_kept_out() -> Iterator[None]:
    """A process that is started here is born deaf to Ctrl-C, so that it cannot print a traceback before it is set up.

    The mask is this thread's and is put back; an interrupt that comes meanwhile is delivered then.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # starting it would lift the mask
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
