"""Inputs to files: folders are walked, what is no transcript is passed over by name, and every file gets its id."""

from __future__ import annotations

import os
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read.overrides import unmatched
from jtbd_nlp.read.pieces import refusal
from jtbd_nlp.read.records import Discovery, Source
from jtbd_nlp.read.words import closed
from jtbd_nlp.schema import Problem, content_id

_SYSTEM_FILES: Final = frozenset({"thumbs.db", "desktop.ini", "icon\r"})
_SYSTEM_PREFIXES: Final = (".", "~$", "~lock")
_VIDEO: Final = closed("mp4 mov m4v avi mkv webm wmv mpg mpeg 3gp")
_AUDIO: Final = closed("mp3 m4a wav aac flac ogg oga opus wma aiff aif amr")
_PICTURE: Final = closed("jpg jpeg png gif heic tif tiff bmp webp svg")
#: Files of these endings hold an interview a row, of the id `<id of the file>__<key of the row>`.
_TABLES: Final = frozenset({".csv", ".tsv", ".xlsx", ".xlsm"})
_ROW: Final = "__"
_FILE: Final = "a file"
_NO_INTERVIEW: Final = refusal("named under read.roles, but not there", "the id or the file name of an interview", "Correct the config")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\]")


@dataclass(frozen=True)
class _Found:
    path: Path
    name: str


def discover(inputs: Sequence[str | Path], config: ReadConfig | None = None) -> Discovery:
    """The files among files and folders, sorted by name; folders are walked to the bottom.

    The result is a function of the set of inputs: their order changes nothing. A file that is reached twice (named twice, or by a
    symbolic link) is taken once.

    Args:
        inputs: files and folders.
        config: reading settings; an interview of `roles` that is not among the files is a problem.
    """
    config = config or ReadConfig()
    found: list[_Found] = []
    problems: list[Problem] = []
    skipped: list[str] = []
    for given in sorted({str(p) for p in inputs}):
        path = Path(given)
        if path.is_dir():
            before = len(found) + len(problems)
            _walk(path, found, problems, skipped)
            if len(found) + len(problems) == before:
                problems.append(
                    Problem(
                        source=_shown(given),
                        reason=refusal(
                            "a folder with nothing to read", "files of interviews", "Name the folder that they are in, or the files"
                        ),
                    )
                )
        elif path.exists():
            found.append(_Found(path, path.name))
        else:
            problems.append(
                Problem(source=_shown(given), reason=refusal("no such file or folder", "a path that exists", "Check how it is written"))
            )
    kept: list[_Found] = []
    for file in found:
        reason = _reason_against(file)
        if reason is None:
            kept.append(file)
        else:
            problems.append(Problem(source=_shown(file.name), reason=reason))
    named = _unique_names(_once(kept))
    ids = _ids([f.name for f in named])
    sources = tuple(Source(path=str(f.path), name=f.name, id=i) for f, i in zip(named, ids, strict=True))
    problems += [Problem(source=_shown(name), reason=_NO_INTERVIEW) for name in unmatched(sources, config)]
    return Discovery(
        sources=sources, problems=tuple(sorted(set(problems), key=lambda p: (p.source, p.reason))), skipped=tuple(sorted(set(skipped)))
    )


def _walk(folder: Path, found: list[_Found], problems: list[Problem], skipped: list[str]) -> None:
    seen: set[str] = set()

    def failed(error: OSError) -> None:
        problems.append(
            Problem(
                source=_shown(os.path.relpath(error.filename, folder)),
                reason=refusal("a folder that cannot be opened", "one that may be read", "Check who may read it"),
            )
        )

    for here, folders, files in os.walk(folder, onerror=failed, followlinks=True):
        real = os.path.realpath(here)
        if real in seen:  # a symbolic link that leads back
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for file in sorted(files):
            path = Path(here, file)
            name = path.relative_to(folder).as_posix()
            if file.lower() in _SYSTEM_FILES or file.startswith(_SYSTEM_PREFIXES):
                skipped.append(_shown(name))
            else:
                found.append(_Found(path, name))


def _reason_against(file: _Found) -> str | None:
    """Why a file is left out by its name or kind; None where it is to be read."""
    try:
        file.name.encode("utf-8")
    except UnicodeEncodeError:
        return refusal("a file name that is not valid Unicode", "one that can be written as UTF-8", "Rename the file")
    if not file.path.exists():
        return refusal("a link that leads nowhere, or a file that is gone", _FILE, "Mend the link, or leave it out")
    if not file.path.is_file():
        return refusal("a device, socket or pipe", _FILE, "Save what comes from it as a file first")
    ending = file.path.suffix.lower().removeprefix(".")
    for kind, endings in (("video", _VIDEO), ("sound recording", _AUDIO)):
        if ending in endings:
            return refusal(f"a {kind}", "a transcript", "Have it transcribed first")
    return refusal("a picture", "a transcript", "Leave it out, or have its text recognised") if ending in _PICTURE else None


def _shown(name: str) -> str:
    return name.encode("utf-8", "replace").decode("utf-8")


def _once(found: list[_Found]) -> list[_Found]:
    """Every real file once, under the deepest of its names (a file named beside its folder keeps the name below the folder)."""
    by_real: dict[str, _Found] = {}
    for file in sorted(found, key=lambda f: (-f.name.count("/"), f.name, str(f.path))):
        by_real.setdefault(os.path.realpath(file.path), file)
    return list(by_real.values())


def _unique_names(found: list[_Found]) -> list[_Found]:
    """Names that repeat (the same name below two inputs) grow by the folders above them until they differ."""
    names = {i: f.name for i, f in enumerate(found)}
    parts = {i: Path(os.path.abspath(f.path)).parts for i, f in enumerate(found)}  # noqa: PTH100 - links stay as they were named
    for _ in range(max((len(p) for p in parts.values()), default=0)):
        counts = Counter(_folded(n) for n in names.values())
        repeated = [i for i, n in names.items() if counts[_folded(n)] > 1]
        if not repeated:
            break
        for i in repeated:
            depth = names[i].count("/") + 2
            names[i] = PurePosixPath(*parts[i][1:][-depth:]).as_posix()
    renamed = [_Found(f.path, names[i]) for i, f in enumerate(found)]
    return sorted(renamed, key=lambda f: (f.name, str(f.path)))


def _folded(text: str) -> str:
    """How a file system that does not tell case or composition apart would compare names."""
    return unicodedata.normalize("NFC", text).casefold()


def _forms(name: str) -> Iterator[str]:
    """Ids a file may have, shortest first."""
    path = PurePosixPath(name)
    yield _UNSAFE.sub("_", path.stem)
    yield _UNSAFE.sub("_", path.with_suffix("").as_posix().replace("/", "__"))
    yield _UNSAFE.sub("_", name.replace("/", "__"))
    yield _UNSAFE.sub("_", name.replace("/", "__")) + content_id("", [name])


def _ids(names: Sequence[str]) -> list[str]:
    """An id a name: the shortest form that no other file has, nor, of a table, a row of it could have. A function of the set of names."""
    forms = [tuple(_forms(n)) for n in names]
    tables = [i for i, n in enumerate(names) if PurePosixPath(n).suffix.lower() in _TABLES]
    level = [0] * len(names)
    for _ in range(4 * len(names) + 1):
        given = [_folded(f[n]) for f, n in zip(forms, level, strict=True)]
        counts, ordered = Counter(given), sorted(given)
        clashing = {i for i, name in enumerate(given) if counts[name] > 1} | {i for i in tables if _has_below(ordered, given[i] + _ROW)}
        repeated = sorted(i for i in clashing if level[i] < 3)
        if not repeated:
            break
        for i in repeated:
            level[i] += 1
    return [f[n] for f, n in zip(forms, level, strict=True)]


def _has_below(ordered: Sequence[str], beginning: str) -> bool:
    """Whether a sorted name begins so."""
    at = bisect_left(ordered, beginning)
    return at < len(ordered) and ordered[at].startswith(beginning)
