"""A coverage-guided fuzzer (atheris) over every reader: nothing but a transcript or an InputError may come of any bytes.

usage: python benchmarks/fuzz_read.py KIND CORPUS [libFuzzer options, such as -max_total_time=600 -timeout=5]

KIND is one of the readers (text, webvtt, docx, ...) or `any`, which lets the content decide, or docx-part, odt-part, xlsx-part: then the bytes
are those of the XML that holds the talk, in an archive that is whole otherwise. CORPUS is a folder of inputs: begin with
tests/read/fixtures; what is found is added to it. A file that crashes or hangs is written as crash-* or timeout-* where it is run.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["jtbd_nlp.read", "webvtt", "striprtf", "docx", "openpyxl", "pypdf"], enable_loader_override=False):
    from benchmarks.hostile_makers import book_of, docx_of, odt_of
    from jtbd_nlp.config import ReadConfig
    from jtbd_nlp.read.api import transcripts_of
    from jtbd_nlp.read.pieces import Unreadable
    from jtbd_nlp.read.records import Source
    from jtbd_nlp.read.registry import READERS, reader_of
    from jtbd_nlp.read.sniff import kind_of

CONFIG = ReadConfig(max_unpacked_bytes=5_000_000, max_rows=2_000)
PARTS = {"docx-part": docx_of, "odt-part": odt_of, "xlsx-part": book_of}
SOURCE = Source(path="x", name="x", id="x")


def one(kind: str, data: bytes) -> None:
    """Read bytes as a kind and look at what came of it."""
    if kind in PARTS:
        kind, data = kind.removesuffix("-part"), PARTS[kind](data)
    try:
        found = kind_of(data, "x.txt", CONFIG) if kind == "any" else kind
        transcripts = transcripts_of(reader_of(found)(data, CONFIG), SOURCE, CONFIG, "")
    except Unreadable:
        return
    for transcript in transcripts:
        transcript.text.encode("utf-8")
        for turn in transcript.turns:
            said = transcript.turn_text(turn)
            if not said or said != said.strip():
                raise AssertionError(f"turn {turn.index} is empty or not trimmed")


def main() -> None:
    kind = sys.argv.pop(1) if len(sys.argv) > 1 else "any"
    if kind not in {*READERS, *PARTS, "any"}:
        raise SystemExit(__doc__)
    atheris.Setup(sys.argv, lambda data: one(kind, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
