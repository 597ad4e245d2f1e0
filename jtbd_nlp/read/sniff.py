"""What a file is: first by what its bytes say, then by its ending. A wrong ending does no harm."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath
from typing import Final

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read.pieces import Unreadable, over_limit, parsing

_ZIP_KINDS: Final = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"))
_ENDINGS: Final = {
    "vtt": "webvtt",
    "srt": "srt",
    "sbv": "sbv",
    "json": "json",
    "csv": "csv",
    "tsv": "csv",
    "html": "html",
    "htm": "html",
    "md": "markdown",
    "markdown": "markdown",
}
_TRANSCRIPT: Final = "a transcript, whatever its name says"
_LEAVE_OUT: Final = "Leave it out, or export the transcript"
_TRANSCRIBE: Final = "Have it transcribed first"
_UNPACK: Final = "Unpack it, and give the folder"
#: Beginnings of files that are no transcript, what they are, and what to do.
_MAGIC: Final = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc, .xls)", "Save it as .docx or .xlsx"),
    (b"\x89PNG", "a picture", _LEAVE_OUT),
    (b"\xff\xd8\xff", "a picture", _LEAVE_OUT),
    (b"GIF8", "a picture", _LEAVE_OUT),
    (b"ID3", "a sound recording", _TRANSCRIBE),
    (b"OggS", "a sound recording", _TRANSCRIBE),
    (b"fLaC", "a sound recording", _TRANSCRIBE),
    (b"RIFF", "a recording or a picture", _TRANSCRIBE),
    (b"\x1aE\xdf\xa3", "a video", _TRANSCRIBE),
    (b"\x1f\x8b", "a compressed archive", _UNPACK),
    (b"7z\xbc\xaf", "a compressed archive", _UNPACK),
    (b"Rar!", "a compressed archive", _UNPACK),
    (b"\x7fELF", "a program", _LEAVE_OUT),
    (b"SQLite format 3", "a database", _LEAVE_OUT),
)
_BLANK: Final = b" \t\r\n\0\xef\xbb\xbf\xff\xfe"
_SRT = re.compile(rb"\s*(?:\d{1,9}\s*\r?\n)?\s*\d{1,3}:\d{1,2}:\d{1,2}[,.]\d{1,3}\s*-+>\s*\d{1,3}:\d{1,2}:\d{1,2}[,.]\d{1,3}")
_SBV = re.compile(rb"\s*\d{1,3}:\d{2}:\d{2}\.\d{3},\d{1,3}:\d{2}:\d{2}\.\d{3}\s*\n")
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)


def kind_of(data: bytes, name: str, config: ReadConfig) -> str:
    """The kind of a file: a key of the registry of readers.

    Raises:
        Unreadable: it is empty, or plainly something else than a transcript.
    """
    if not data[:65_536].strip(_BLANK) and not data.strip(_BLANK):
        raise Unreadable("nothing but white space in it" if data else "an empty file", "a transcript", "Export it again, or leave it out")
    for magic, what, do in _MAGIC:
        if data.startswith(magic):
            raise Unreadable(what, _TRANSCRIPT, do)
    if data[4:8] == b"ftyp":
        raise Unreadable("a video or sound recording", _TRANSCRIPT, _TRANSCRIBE)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data, config)
    ending = PurePosixPath(name).suffix.lower().removeprefix(".")
    if ending in {"docx", "xlsx", "odt"}:
        raise Unreadable(f"not a .{ending} file: it is broken, or something else was renamed", "what its name says", "Export it again")
    if len(data) > 4 * config.max_chars and not data.startswith(b"%PDF"):
        raise over_limit(f"a text of {len(data):,} bytes", "max_chars", config.max_chars, "characters")
    return _text_kind(data, ending)


def _text_kind(data: bytes, ending: str) -> str:
    head = data[:4_096].lstrip(b"\xef\xbb\xbf")
    if b"%PDF-" in head[:1_024]:
        return "pdf"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    plain = head.replace(b"\0", b"").lstrip(b"\xff\xfe")
    if plain.startswith(b"WEBVTT"):
        return "webvtt"
    if _HTML.match(plain):
        return "html"
    if plain.lstrip()[:1] in (b"{", b"[") and (ending == "json" or re.match(rb"\s*[{\[]\s*[\"{\[]", plain)):
        return "json"
    if _SRT.match(plain):
        return "srt"
    if _SBV.match(plain):
        return "sbv"
    return _ENDINGS.get(ending, "text")


def _zip_kind(data: bytes, config: ReadConfig) -> str:
    with parsing("zip-based (.docx, .xlsx, .odt)"):
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = {m.filename: m.file_size for m in archive.infolist()}
        if sum(members.values()) > config.max_unpacked_bytes:
            raise Unreadable(
                f"a file that unpacks to {sum(members.values()):,} bytes",
                f"at most read.max_unpacked_bytes = {config.max_unpacked_bytes:,}",
                "Take pictures out, or raise the limit in the config",
            )
        for member, kind in _ZIP_KINDS:
            if member in members:
                return kind
        if "mimetype" in members and members["mimetype"] < 200 and b"opendocument.text" in archive.read("mimetype"):
            return "odt"
    raise Unreadable("a zip archive", _TRANSCRIPT, _UNPACK)
