"""Folders change places: in one step where the system can, else in two that `settle` finishes or undoes."""

from __future__ import annotations

import ctypes
import errno
import logging
import os
import shutil
import sys
from pathlib import Path

logger = logging.getLogger("jtbd_nlp")

#: Above this many files one `sync` of the system costs less than an fsync of each.
_SYNC_ALL_ABOVE = 500
_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOTTY, errno.EPERM}


def exchange(first: Path, second: Path) -> bool:
    """Exchange two existing folders of one file system in one step; False where the system or the file system has no such step.

    Linux: renameat2(2) with RENAME_EXCHANGE. macOS: renamex_np(2) with RENAME_SWAP.

    Raises:
        OSError: the step exists and failed.
    """
    if sys.platform not in ("linux", "darwin"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    one, two = os.fsencode(first), os.fsencode(second)
    flag = ctypes.c_uint(2)  # RENAME_EXCHANGE and RENAME_SWAP have the same value
    try:
        if sys.platform == "linux":
            here = ctypes.c_int(-100)  # AT_FDCWD
            failed = libc.renameat2(here, ctypes.c_char_p(one), here, ctypes.c_char_p(two), flag)
        else:
            failed = libc.renamex_np(ctypes.c_char_p(one), ctypes.c_char_p(two), flag)
    except AttributeError:  # a C library older than the call
        return False
    if not failed:
        return True
    code = ctypes.get_errno()
    if code in _CANNOT:
        return False
    raise OSError(code, os.strerror(code), str(first), None, str(second))


def put_in_place(new: Path, target: Path, previous: Path, discard: Path) -> None:
    """`new` becomes `target`; what was there is deleted. All four lie on one file system; `previous` and `discard` are free names.

    Killed at any instant, `target` is the old folder or the new one, or is absent while `previous` holds the old one (no one-step
    exchange on this system): then `settle` puts it right.

    Raises:
        OSError: a step failed; the old folder is in its place.
    """
    sync_tree(new)
    if not target.exists():
        new.rename(target)
    else:
        shutil.copymode(target, new)
        if exchange(new, target):
            sync_folder(target.parent)
            throw_away(new, discard)
            return
        target.rename(previous)
        try:
            new.rename(target)
        except OSError:
            previous.rename(target)
            raise
        sync_folder(target.parent)
        throw_away(previous, discard)
    sync_folder(target.parent)


def settle(new: Path, target: Path, previous: Path, discard: Path) -> None:
    """Finish or undo what a killed run left behind. A `previous` means that `new` was whole: the two renames go on from there.

    Raises:
        OSError: a step failed; nothing that could be an only copy was deleted.
    """
    if discard.exists():
        shutil.rmtree(discard)
    if previous.exists():
        if target.is_dir() and not any(target.iterdir()):
            target.rmdir()
        if not target.exists():
            (new if new.exists() else previous).rename(target)
            sync_folder(target.parent)
            logger.warning("Finished replacing %s, which an earlier run was stopped in.", target)
        if previous.exists():
            throw_away(previous, discard)
    if new.exists():
        throw_away(new, discard)


def throw_away(folder: Path, discard: Path) -> None:
    """Delete a folder, under another name first: half a deletion is then never taken for an output."""
    folder.rename(discard)
    try:
        shutil.rmtree(discard)
    except OSError as error:
        logger.warning("Could not delete %s (%s); the next run tries again.", discard, error.strerror)


def sync_tree(folder: Path) -> None:
    """Everything below a folder is on the disk when this returns, as far as the system promises it."""
    files = [Path(base) / name for base, _, names in os.walk(folder) for name in names]
    if len(files) > _SYNC_ALL_ABOVE and hasattr(os, "sync"):
        os.sync()
        return
    mode = "rb+" if os.name == "nt" else "rb"
    for file in files:
        with file.open(mode) as handle:
            os.fsync(handle.fileno())
    for base, _, _ in os.walk(folder, topdown=False):
        sync_folder(Path(base))


def sync_folder(folder: Path) -> None:
    """The names in a folder are on the disk; does nothing where folders cannot be opened (Windows)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
