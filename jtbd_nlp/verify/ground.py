"""What the files of an output are by themselves: bytes, texts, statements."""

from __future__ import annotations

import hashlib
import json
import math
import os
import stat
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jtbd_nlp.verify.report import MOST, Finding

MANIFEST, ANALYSIS, STATEMENTS, REPORT = "manifest.json", "analysis.json", "statements.jsonl", "report.html"
#: left by file managers: passed over
LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}
#: bytes of a file, and of a line, that are read at once
FILE_LIMIT, LINE_LIMIT = 4 << 30, 64 << 20
#: places that are told of a changed transcript
FIRST = 3
MALFORMED = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError, MemoryError, OSError)


@dataclass
class Changed:
    """A transcript that is not what was analysed: why, the sha256 that the analysis gives, and where what was taken from it no longer stands."""

    why: str
    analysed: object
    lines: list[int] = field(default_factory=list)
    quotes: set[tuple[int, int]] = field(default_factory=set)

    def told(self) -> str:
        """The change in one sentence, with the first few places."""
        parts = [
            f"{len(places)} {what}{'s' if len(places) > 1 else ''} ({where} {', '.join(places[:FIRST])}{', ...' if len(places) > FIRST else ''})"
            for what, where, places in (
                ("statement", f"{STATEMENTS} line", [str(number) for number in self.lines]),
                ("quote", "characters", [f"{start}:{end}" for start, end in sorted(self.quotes)]),
            )
            if places
        ]
        return f"{self.why}; no longer in it: {', '.join(parts)}" if parts else f"{self.why}; every statement and quote still stands in it"


@dataclass
class Check:
    """What is known so far."""

    folder: Path
    findings: list[Finding] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)
    turns: dict[str, list[Any]] = field(default_factory=dict)
    sha256: dict[str, str] = field(default_factory=dict)
    changed: dict[str, Changed] = field(default_factory=dict)
    statements: dict[str, dict[str, Any]] = field(default_factory=dict)
    said: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    last: tuple[str, str] | None = None

    def expect(self, holds: object, file: str, what: str) -> None:
        """Note a finding unless something holds; beyond a thousand nobody reads them."""
        if not holds and len(self.findings) < MOST:
            self.findings.append(Finding(printable(file), printable(what)[:300]))

    @contextmanager
    def reading(self, file: str, what: str) -> Iterator[None]:
        """Whatever is missing or malformed within becomes one finding."""
        try:
            yield
        except MALFORMED as error:
            self.expect(False, file, f"{what} is missing, unreadable or malformed ({type(error).__name__}: {str(error)[:80]})")

    def text(self, name: str) -> str:
        """Canonical text of a transcript, empty where it cannot be read; only the last one is kept, since things come sorted by transcript."""
        if name in self.changed and not self.sha256[name]:
            return ""
        if self.last is None or self.last[0] != name:
            self.last = (name, read(self.files[f"transcripts/{name}.txt"]).decode("utf-8"))
        return self.last[1]

    def all_findings(self) -> tuple[Finding, ...]:
        """Findings, with one for each changed transcript in front."""
        told = [Finding(printable(f"transcripts/{name}.txt"), printable(changed.told())) for name, changed in self.changed.items()]
        return (*told, *self.findings)[:MOST]


def find_files(check: Check) -> None:
    """All regular files below the folder; whatever else is there is a finding."""

    def fail(error: OSError) -> None:
        raise error

    for base, folders, names in os.walk(check.folder, onerror=fail):
        for path in (Path(base) / name for name in [*folders, *names]):
            mode, name = path.lstat().st_mode, path.relative_to(check.folder).as_posix()
            check.expect(stat.S_ISREG(mode) or stat.S_ISDIR(mode), name, "is neither a file nor a folder (a link?)")
            if stat.S_ISREG(mode):
                check.files[name] = path
        where = Path(base).relative_to(check.folder).as_posix()
        check.expect(folders or names or where == "transcripts", where, "is an empty folder")


def check_bytes(check: Check) -> None:
    """Every file against the manifest, and the manifest against its own seal."""
    raw = read(check.files[MANIFEST])
    manifest = parse(raw)
    listed = {str(entry["name"]): entry["sha256"] for entry in manifest["files"]}
    check.expect(len(listed) == len(manifest["files"]), MANIFEST, "lists a file twice")
    for name, sha256 in sorted(listed.items()):
        with check.reading(name, "the file"):
            with check.files[name].open("rb") as handle:
                same = hashlib.file_digest(handle, "sha256").hexdigest() == sha256
            check.expect(same, name, "was changed: it has another sha256 than the manifest gives")
    for name in sorted(check.files.keys() - listed.keys() - {MANIFEST}):
        check.expect(_litter(name), name, "was added: the manifest does not list it")
    check.expect(REPORT in check.files, REPORT, "is missing")
    mark = f'"seal": "{manifest["seal"]}"'.encode()
    fits = raw.count(mark) == 1 and hashlib.sha256(raw.replace(mark, b'"seal": ""')).hexdigest() == manifest["seal"]
    check.expect(fits, MANIFEST, "was changed: its seal does not fit")


def check_transcripts(check: Check, analysis: dict[str, Any]) -> None:
    """The interviews that the analysis names are the files that are there, with their texts and turns."""
    for row in analysis["transcripts"]:
        with check.reading(ANALYSIS, "a transcript"):
            _check_transcript(check, row)
    check.expect(list(check.sha256) == sorted(check.sha256), ANALYSIS, "transcripts are not sorted")
    named = {f"transcripts/{name}.txt" for name in check.sha256}
    for file in check.files:
        check.expect(not file.startswith("transcripts/") or file in named or _litter(file), file, "is not named by the analysis")


def _check_transcript(check: Check, row: dict[str, Any]) -> None:
    name, at = row["id"], 0
    if not isinstance(name, str):
        raise ValueError("an id must be a text")
    check.expect(name not in check.sha256, ANALYSIS, f"transcript {name!r} is there twice")
    check.turns[name], check.sha256[name] = row["turns"], ""
    try:
        text = check.text(name)
    except MALFORMED as error:
        check.changed[name] = Changed(f"is missing or unreadable ({type(error).__name__})", row["sha256"])
        return
    check.sha256[name] = hashlib.sha256(text.encode("utf-8")).hexdigest()
    if row["sha256"] != check.sha256[name]:
        check.changed[name] = Changed("is not the text that was analysed", row["sha256"])
    for index, turn in enumerate(row["turns"]):
        start, end = span(turn)
        fits = at <= start <= end and (end <= len(text) or name in check.changed)
        check.expect(turn["index"] == index and fits, ANALYSIS, f"turn {index} of {name!r} does not fit its text")
        at = end


def check_statements(check: Check) -> None:
    """Statements are slices of their transcripts, in order, without overlap, under ids that follow from their spans."""
    last: tuple[str, int] = ("", 0)
    with check.files[STATEMENTS].open("rb") as handle:
        for number, line in enumerate(iter(lambda: handle.readline(LINE_LIMIT), b""), 1):
            with check.reading(STATEMENTS, f"line {number}"):
                row = parse(line)
                name, (start, end), where = row["transcript"], span(row), f"line {number} ({row['id']})"
                turn = check.turns[name][whole(row["turn"])]
                sliced, placed = check.text(name)[start:end], turn["start"] <= start < turn["end"] and turn["speaker"] == row["speaker"]
                after = name > last[0] or (name == last[0] and start >= last[1])
                stands = sliced == row["text"] != ""
                if name in check.changed and not stands:
                    check.changed[name].lines.append(number)
                else:
                    check.expect(stands, STATEMENTS, f"{where}: the text is not the slice of {name!r} that it says")
                check.expect(
                    row["id"] == content_id("s", name, str(start), str(end)), STATEMENTS, f"{where}: the id does not follow from its span"
                )
                check.expect(after, STATEMENTS, f"{where}: is out of order or overlaps the one before")
                check.expect(placed, STATEMENTS, f"{where}: turn or speaker does not fit its span")
                last = (name, end)
                # Of its text, only what tells it from others is still wanted.
                check.statements[row["id"]] = {**row, "text": content_id("t", row["text"]), "scores": None}
                check.said[name].append(row["id"])


def printable(text: str) -> str:
    """A text that every stream takes."""
    return text.encode("utf-8", "backslashreplace").decode()


def _litter(name: str) -> bool:
    return name.rsplit("/", 1)[-1] in LITTER


def content_id(prefix: str, *parts: str) -> str:
    """The id of what has these parts."""
    return f"{prefix}_{hashlib.blake2b(chr(31).join(parts).encode('utf-8', 'surrogatepass'), digest_size=6).hexdigest()}"


def whole(value: object) -> int:
    """A whole number from 0, or ValueError."""
    if type(value) is not int or value < 0:
        raise ValueError("a position must be a whole number from 0")
    return value


def span(record: dict[str, Any]) -> tuple[int, int]:
    """Start and end of a record, or ValueError."""
    return whole(record["start"]), whole(record["end"])


def read(path: Path) -> bytes:
    """All bytes of a file of bounded size, or ValueError."""
    if path.stat().st_size > FILE_LIMIT:
        raise ValueError("larger than can be checked")
    return path.read_bytes()


def parse(raw: bytes) -> Any:
    """JSON in UTF-8 without repeated keys and without numbers that are none, or ValueError."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise ValueError("a key is there twice")
        return found

    def number(text: str) -> float:
        if not math.isfinite(float(text)):
            raise ValueError("a number is none")
        return float(text)

    return json.loads(raw.decode("utf-8"), object_pairs_hook=once, parse_float=number, parse_constant=number)
