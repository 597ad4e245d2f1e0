"""An output folder is built beside its place and takes it in one step."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from jtbd_nlp.errors import OutputError
from jtbd_nlp.store.guard import check_apart, check_target
from jtbd_nlp.store.lock import locked
from jtbd_nlp.store.swap import put_in_place, settle


@dataclass(frozen=True)
class OutputPlace:
    """An output folder that this process alone may replace, while its lock is held (see `output_place`).

    Attributes:
        target: the output folder, resolved; side: its sibling `<name>.jtbd`, where the lock, the store and unfinished output live.
    """

    target: Path
    side: Path

    @property
    def _names(self) -> tuple[Path, Path, Path, Path]:
        """new, target, previous, discard: what `swap` works on."""
        return self.side / "new", self.target, self.side / "previous", self.side / "discard"

    def repair(self) -> None:
        """Finish or undo what a killed run left behind.

        Raises:
            OutputError: the file system does not let it.
        """
        with clear_errors(self.target):
            settle(*self._names)

    def replace(self, build: Callable[[Path], None]) -> None:
        """`build` writes into an empty folder, which then takes the place of the output in one step.

        Where `build` raises, or the process is killed at any instant, the old output is there whole, or the new one.

        Raises:
            OutputError: there is something at the target that is not an output of this library, or the file system refuses (full,
                read-only, open elsewhere). Whatever else `build` raises is passed on.
        """
        new = self._names[0]
        with clear_errors(self.target):
            check_target(self.target)
            new.mkdir()
            try:
                build(new)
                put_in_place(*self._names)
            except BaseException:
                with suppress(OSError):
                    settle(*self._names)
                raise


@contextmanager
def output_place(target: str | Path, inputs: Iterable[str | Path] = ()) -> Iterator[OutputPlace]:
    """Take an output folder for this process: checked, locked, and repaired after a killed run. Nothing is made at the target yet.

    Args:
        target: the folder; a link is followed, missing parents are made. inputs: files and folders that are read.

    Raises:
        OutputError: another run holds it; it is a file, or a folder with files that this library did not write; it lies in an input
            folder or an input lies in it; or its parent cannot be written to.
    """
    place = _resolved(target)
    side = place.with_name(place.name + ".jtbd")
    check_apart(place, side, [Path(given).expanduser() for given in inputs])
    held = OutputPlace(place, side)
    with ExitStack() as stack:
        with clear_errors(place):
            stack.enter_context(locked(side / "lock", place))
        held.repair()
        check_target(place)
        yield held


def _resolved(target: str | Path) -> Path:
    """The folder that a name leads to, where it is one that can be replaced."""
    try:
        place = Path(target).expanduser().resolve()
        here = Path.cwd()
    except (OSError, RuntimeError) as error:  # a loop of links; a user without a home; a deleted working folder
        raise OutputError(f"Got output {target}, which leads nowhere ({type(error).__name__}). Choose another folder.") from error
    if place == here or place in here.parents:
        raise OutputError(
            f"Got output {target}, which is the current folder or holds it; it cannot be replaced. Choose a new folder in it."
        )
    if os.path.ismount(place):
        raise OutputError(f"Got output {place}, which is a mount point and cannot be replaced in one step. Choose a folder below it.")
    return place


def replace_folder(target: str | Path | OutputPlace, build: Callable[[Path], None], inputs: Iterable[str | Path] = ()) -> Path:
    """`build` writes a whole new output, which takes the place of `target` in one step; gives the path of the output.

    An `OutputPlace` is one that the caller already holds; see `output_place` and `OutputPlace.replace`.

    Raises:
        OutputError: as they say.
    """
    if isinstance(target, OutputPlace):
        target.replace(build)
        return target.target
    with output_place(target, inputs) as place:
        place.replace(build)
    return Path(target)


_REASONS = {
    errno.ENOSPC: "the disk is full. Free some space and run again; what was done so far is kept",
    errno.EDQUOT: "your quota of the disk is used up. Free some space and run again; what was done so far is kept",
    errno.EROFS: "the file system is read-only. Choose a folder on another one",
    errno.EACCES: "you may not write there. Choose another folder, or have its permissions changed",
    errno.EPERM: "you may not write there. Choose another folder, or have its permissions changed",
    errno.ENOTDIR: "a part of the path is a file, not a folder. Choose another folder",
    errno.EEXIST: "a part of the path is a file, not a folder. Choose another folder",
    errno.ENAMETOOLONG: "the name is too long for the file system. Choose a shorter one",
    errno.EBUSY: "it is in use. Close the programs that have it open, or choose another folder",
    errno.EXDEV: "it lies on another file system than its parent folder. Choose a folder below it",
}


@contextmanager
def clear_errors(target: Path) -> Iterator[None]:
    """An OSError of the file system becomes an OutputError that says what to do."""
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, f"{error.strerror or type(error).__name__}. Choose another folder")
        raise OutputError(f"Could not write {target}: {reason}.") from error
