"""The readers, by the kind that a file's content and ending say it is. A module is loaded when a file needs it."""

from __future__ import annotations

from importlib import import_module
from typing import Final, Protocol, cast

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read.pieces import Draft


class Reader(Protocol):
    """Bytes of one file to the interviews in it; raises Unreadable, and nothing else, for what it cannot use."""

    def __call__(self, data: bytes, config: ReadConfig) -> tuple[Draft, ...]: ...


#: kind -> module with a function `read` that is a Reader
READERS: Final = {
    "text": "jtbd_nlp.read.formats.text",
    "markdown": "jtbd_nlp.read.formats.markdown",
    "webvtt": "jtbd_nlp.read.formats.webvtt",
    "srt": "jtbd_nlp.read.formats.srt",
    "sbv": "jtbd_nlp.read.formats.sbv",
    "docx": "jtbd_nlp.read.formats.docx",
    "odt": "jtbd_nlp.read.formats.odt",
    "rtf": "jtbd_nlp.read.formats.rtf",
    "html": "jtbd_nlp.read.formats.html",
    "pdf": "jtbd_nlp.read.formats.pdf",
    "json": "jtbd_nlp.read.formats.json",
    "csv": "jtbd_nlp.read.formats.csv",
    "xlsx": "jtbd_nlp.read.formats.xlsx",
}


def reader_of(kind: str) -> Reader:
    """The reader of a kind."""
    return cast(Reader, import_module(READERS[kind]).read)
