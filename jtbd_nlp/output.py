"""The folder that a run writes: what is in it, byte for byte, and how it is read back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from jtbd_nlp.errors import OutputError, SchemaError
from jtbd_nlp.schema import (
    SCHEMA_VERSION,
    AnalysisRecord,
    FileHash,
    Manifest,
    Provenance,
    Record,
    Transcript,
    schema_version_of,
    text_sha256,
)
from jtbd_nlp.schema.shelved import whole

STATEMENTS: Final = "statements.jsonl"
ANALYSIS: Final = "analysis.json"
TRANSCRIPTS: Final = "transcripts"
MANIFEST: Final = "manifest.json"
REPORT: Final = "report.html"

#: kept in files of their own, so that nothing is written twice
_ELSEWHERE: Final = ("statements", "provenance")


def write(analysis: AnalysisRecord, report: str, folder: Path) -> None:
    """Write an analysis into an empty folder: statements, analysis, canonical texts, report, and the manifest last.

    Raises:
        OSError: the folder cannot be written to.
    """
    (folder / TRANSCRIPTS).mkdir(parents=True)
    with (folder / STATEMENTS).open("wb") as lines:
        for statement in analysis.statements:
            lines.write(_line(statement.model_dump(mode="json")).encode("utf-8"))
    with (folder / ANALYSIS).open("wb") as file:
        for part in _analysis(analysis, folder / TRANSCRIPTS):
            file.write(part.encode("utf-8"))
    (folder / REPORT).write_bytes(report.encode("utf-8"))
    provenance = analysis.provenance or Provenance(package_version="unknown")
    manifest = Manifest(**dict(provenance), schema_version=_version(analysis), files=tuple(_hashes(folder)))
    (folder / MANIFEST).write_bytes(_sealed(manifest))


def _analysis(analysis: AnalysisRecord, texts: Path) -> Iterator[str]:
    """The JSON of an analysis in pieces, so that it is never in memory as a whole; writes each transcript's text on the way."""
    sign = "{"
    for name in (n for n in type(analysis).model_fields if n not in _ELSEWHERE):
        yield f"{sign}\n {json.dumps(name)}: "
        sign = ","
        value = getattr(analysis, name)
        if name == "schema_version":
            yield json.dumps(_version(analysis))
        elif name == "transcripts":
            yield from _list(_row(t, texts) for t in analysis.transcripts)
        elif isinstance(value, tuple) and all(isinstance(item, Record) for item in value):
            yield from _list(item.model_dump(mode="json") for item in value)
        else:
            yield _indented(analysis.model_dump(mode="json", include={name})[name], 1)
    yield "\n}\n"


def _version(analysis: AnalysisRecord) -> str:
    """The analysis's own version, or a higher one where what it holds needs it."""
    structures = (analysis.structure, analysis.job_structure)
    needed = schema_version_of(analysis.statements, analysis.stories, analysis.pathways, analysis.saturation, analysis.jobs, structures)
    return max(analysis.schema_version, needed, key=lambda version: [int(n) for n in version.split(".")])


def _row(transcript: Transcript, texts: Path) -> dict[str, Any]:
    """A transcript without its text, which is written to a file of its own."""
    full = whole(transcript)
    (texts / f"{full.id}.txt").write_bytes(full.text.encode("utf-8"))
    return {**full.model_dump(mode="json", exclude={"text"}), "sha256": full.sha256}


def _list(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    sign = "["
    for row in rows:
        yield f"{sign}\n  {_indented(row, 2)}"
        sign = ","
    yield "[]" if sign == "[" else "\n ]"


def _indented(data: object, by: int) -> str:
    """JSON whose lines but the first are moved to the right. No string of JSON holds a line break, so none is changed."""
    return json.dumps(data, ensure_ascii=False, indent=1).replace("\n", "\n" + " " * by)


def read(folder: Path) -> dict[str, Any]:
    """The fields of the analysis that `write` wrote there, for `AnalysisRecord.model_validate`.

    Raises:
        OutputError: the folder is not such an output, or a file of it is missing or damaged.
        SchemaError: it was written with a schema that this version does not read.
    """
    data = _json(folder / ANALYSIS)
    check_schema_version(data.get("schema_version"), folder)
    try:
        for row in data["transcripts"]:
            row["text"] = (folder / TRANSCRIPTS / f"{row['id']}.txt").read_bytes().decode("utf-8")
            if row.pop("sha256") != text_sha256(row["text"]):
                raise ValueError(f"the text of transcript {row['id']} is another one")
        lines = (folder / STATEMENTS).read_bytes().decode("utf-8").split("\n")
        data["statements"] = [json.loads(line) for line in lines if line]
        manifest = Manifest.model_validate(_json(folder / MANIFEST))
    except (OSError, KeyError, TypeError, ValueError, ValidationError) as error:
        raise OutputError(
            f"Got {folder}, whose files do not fit together ({type(error).__name__}: {str(error)[:200]}). See which one changed with: jtbd verify {folder}"
        ) from error
    data["provenance"] = Provenance(**{name: getattr(manifest, name) for name in Provenance.model_fields}).model_dump()
    return data


def check_schema_version(version: object, where: Path) -> None:
    """Hold a file's schema version against this library's: same major, minor not above.

    Raises:
        SchemaError: the file cannot be read by this version.
    """
    major, minor = SCHEMA_VERSION.split(".")
    parts = version.split(".") if isinstance(version, str) else []
    if len(parts) != 2 or not all(p.isdecimal() for p in parts) or parts[0] != major or int(parts[1]) > int(minor):
        raise SchemaError(
            f"Got schema_version {version!r} in {where}; this version reads {major}.0 to {SCHEMA_VERSION}. Install the jtbd-nlp that wrote it, or run again."
        )


def _json(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_bytes().decode("utf-8"))
    except FileNotFoundError as error:
        raise OutputError(
            f"Got {path.parent}, which has no {path.name}; expected a folder that `jtbd run` or `Analysis.save` wrote."
        ) from error
    except (OSError, ValueError, RecursionError) as error:
        raise OutputError(
            f"Got {path}, which cannot be read as JSON ({error}). See what changed with: jtbd verify {path.parent}"
        ) from error
    if not isinstance(data, dict):
        raise OutputError(f"Got {path}, which holds no JSON object; expected a file that `jtbd run` wrote.")
    return data


def _line(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def _pretty(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _sealed(manifest: Manifest) -> bytes:
    seal = hashlib.sha256(_pretty(manifest.model_dump(mode="json"))).hexdigest()
    return _pretty(manifest.model_copy(update={"seal": seal}).model_dump(mode="json"))


def _hashes(folder: Path) -> Iterable[FileHash]:
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        yield FileHash(name=path.relative_to(folder).as_posix(), sha256=_sha256(path))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
