"""One run at a time into one output: a lock file that the system gives up by itself when its holder dies."""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jtbd_nlp.errors import OutputError

logger = logging.getLogger("jtbd_nlp")

#: What a lock that somebody else holds answers (Windows answers EACCES).
_TAKEN = {errno.EAGAIN, errno.EACCES, errno.EDEADLK, errno.EWOULDBLOCK}
_ATTEMPTS = 50


@contextmanager
def locked(path: Path, target: Path) -> Iterator[None]:
    """Hold the lock file `path`, which is made with its folder and deleted again (its folder too, where nothing else is in it).

    Raises:
        OutputError: another run holds it; the message names `target`.
        OSError: the file cannot be made.
    """
    handle = _take(path, target)
    try:
        os.truncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
        yield
    finally:
        # Deleted while it is held: whoever waits on this file finds that its name leads elsewhere, and starts anew.
        with suppress(OSError):
            path.unlink()
        _release(handle)
        os.close(handle)
        with suppress(OSError):
            path.parent.rmdir()


def _take(path: Path, target: Path) -> int:
    """An open handle of the locked file that `path` names."""
    for _ in range(_ATTEMPTS):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except FileNotFoundError:  # its last holder has just deleted the folder
            continue
        try:
            _try_lock(handle)
            if os.path.samestat(os.fstat(handle), path.stat()):
                return handle
        except FileNotFoundError:
            pass
        except OSError as error:
            if error.errno in _TAKEN:
                holder = os.read(handle, 32).decode("ascii", "replace").strip() if os.name != "nt" else ""
                os.close(handle)
                raise _taken(target, holder) from None
            logger.warning("The file system of %s has no locks; make sure that only one run writes there.", path)
            return handle
        os.close(handle)
    raise _taken(target, "")


def _taken(target: Path, holder: str) -> OutputError:
    who = f"process {holder}" if holder else "another process"
    return OutputError(
        f"Got {target}, which another run ({who}) is writing to; expected one run at a time. Wait until it ends, or choose another folder."
    )


def _try_lock(handle: int) -> None:
    """Take the lock or raise OSError at once."""
    try:
        import fcntl
    except ImportError:
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _release(handle: int) -> None:
    """Give the lock up for every copy of the handle, also one that a forked child still has."""
    try:
        import fcntl
    except ImportError:
        return
    with suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_UN)
