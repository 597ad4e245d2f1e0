"""What may be written where: nobody's files are overwritten, and no output is read as input."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from jtbd_nlp.errors import PlaceError

#: Left by file managers; not somebody's work.
_LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}
_MANIFEST_LIMIT = 500_000_000


def check_target(target: Path) -> None:
    """A free name, an empty folder, or an output of this library to which nothing was added.

    Raises:
        PlaceError: anything else; nothing was touched.
    """
    if not os.path.lexists(target):
        return
    if not target.is_dir():
        raise PlaceError(f"Got output {target}, which is not a folder; expected a new name, an empty folder or an earlier output.")
    present = {path for path in _files(target) if Path(path).name not in _LITTER and not Path(path).name.startswith("._")}
    if not present and not any(path.is_dir() for path in target.iterdir()):
        return
    listed = manifest_files(target)
    if listed is None:
        raise PlaceError(
            f"Got output {target}, which holds files and is not an output of this library (no manifest.json of it); "
            "nothing was changed. Choose a new name, an empty folder or an earlier output."
        )
    added = sorted(present - listed - {"manifest.json"})
    if added:
        raise PlaceError(
            f"Got output {target}, to which {len(added)} file(s) were added that this library did not write ({added[0]} first); "
            "they would be lost. Move them out, or choose another folder."
        )


def check_apart(target: Path, side: Path, inputs: Iterable[Path]) -> None:
    """No input lies in the output (or beside it in `side`), and the output lies in no input folder.

    Raises:
        PlaceError: one does.
    """
    for given in inputs:
        if not given.exists():
            continue
        inside = any(_same(folder, place) for folder in (given.resolve(), *given.resolve().parents) for place in (target, side))
        if inside:
            raise PlaceError(
                f"Got input {given}, which lies in the output {target}; writing would replace it. Choose another output folder."
            )
        if given.is_dir() and any(_same(folder, given) for folder in target.parents):
            raise PlaceError(
                f"Got output {target}, which lies in the input folder {given}; the next run would read it as interviews. Choose a folder outside of it."
            )


def manifest_files(folder: Path) -> set[str] | None:
    """Names of the files that the folder's manifest lists; None where there is no manifest of this library."""
    path = folder / "manifest.json"
    try:
        if path.stat().st_size > _MANIFEST_LIMIT:
            return None
        manifest = json.loads(path.read_bytes())
        if not isinstance(manifest["schema_version"], str) or not isinstance(manifest["package_version"], str):
            return None
        return {str(entry["name"]) for entry in manifest["files"]}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _files(folder: Path) -> set[str]:
    """Relative names, with `/`, of everything below a folder that is not a folder."""
    return {(Path(base) / name).relative_to(folder).as_posix() for base, _, names in os.walk(folder) for name in names}


def _same(one: Path, other: Path) -> bool:
    """Whether two paths lead to the same thing, whatever the case of letters or links say."""
    try:
        return one.samefile(other)
    except OSError:
        return one == other
