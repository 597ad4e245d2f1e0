"""Ctrl-C ends a command soon, also while a library is busy in code that does not listen to it."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import copy_context
from typing import Final

from jtbd_nlp.cli import INTERRUPTED, console

#: seconds that an interrupt has to end the command in the usual way
_GRACE: Final = 2.0


@contextmanager
def soon() -> Iterator[None]:
    """Meanwhile, an interrupt that has not ended this process after a grace ends it all the same; for what goes on where it was.

    That is safe at any instant: the store and the output bear a killed process, workers end with the one that started them.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    ours, systems = socket.socketpair()
    systems.setblocking(False)
    over = threading.Event()
    context = copy_context()
    before = signal.set_wakeup_fd(systems.fileno(), warn_on_full_buffer=False)
    threading.Thread(target=lambda: context.run(_wait, ours, over), daemon=True, name="interrupts").start()
    try:
        yield
    finally:
        over.set()
        signal.set_wakeup_fd(before)
        systems.close()


def _wait(told: socket.socket, over: threading.Event) -> None:
    """The system writes the number of each signal that comes."""
    with told:
        while signals := told.recv(64):
            if signal.SIGINT in signals and not over.wait(_GRACE):
                console.tell_interrupt(goes_on=True)
                os._exit(INTERRUPTED)
