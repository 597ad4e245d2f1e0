"""Bytes to text: a byte order mark, UTF-8, UTF-16 without a mark, then what charset-normalizer finds likeliest."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from itertools import islice
from typing import Final

from jtbd_nlp.read.pieces import Unreadable

#: (mark, codec that decodes what follows it, name). UTF-32 comes before UTF-16: its mark begins with the same bytes.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Encodings of one byte a character that English transcripts come in, likeliest first.
_ISOLATION: Final = ["cp1252", "mac_roman", "cp1250", "cp1251", "cp1253", "cp1255", "cp1256", "shift_jis", "gb18030", "big5", "euc_kr"]
_SAMPLE: Final = 65_536
_HIGH = re.compile(rb"[\x80-\xff]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_MAX_CONTROL_SHARE: Final = 0.01


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text without its byte order mark, and the encoding it was in."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """Decode a text file.

    Raises:
        Unreadable: it is not text.
    """
    decoded = _marked(data) or _utf8(data) or _utf16(data) or _legacy(data)
    if decoded is None or _is_noise(decoded.text):
        raise Unreadable(
            "not text: its bytes are those of a program, an archive, a picture or a recording",
            "a transcript in one of the formats that are read",
            "Export it as text, captions or a Word file",
        )
    return decoded


def without_surrogates(text: str) -> str:
    """Lone surrogates cannot be written as UTF-8; each becomes U+FFFD, so offsets stay."""
    return _SURROGATE.sub("\ufffd", text)


def _marked(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            # Bytes after a mark that do not fit it are damage: the rest is still worth reading.
            return Decoded(data[len(mark) :].decode(encoding, errors="replace"), encoding)
    return None


def _utf8(data: bytes) -> Decoded | None:
    if data.count(0) > len(data) * _MAX_CONTROL_SHARE:
        return None
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if len(data) - error.start < 4 and error.reason == "unexpected end of data":
            return Decoded(data[: error.start].decode("utf-8"), "utf-8")  # cut off inside the last character
        return None


def _utf16(data: bytes) -> Decoded | None:
    """Latin text in UTF-16 has a zero in nearly every other byte."""
    head = data[:_SAMPLE]
    if len(head) < 4:
        return None
    even, odd = head[0::2].count(0) / len(head[0::2]), head[1::2].count(0) / len(head[1::2])
    for encoding, zero, other in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zero > 0.5 and other < 0.05:
            return Decoded(data.decode(encoding, errors="replace"), encoding)
    return None


def _legacy(data: bytes) -> Decoded | None:
    if data.count(0) > len(data) * _MAX_CONTROL_SHARE:
        return None
    encoding = _likeliest(data)
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return Decoded(data.decode(encoding, errors="replace"), encoding)


def _likeliest(data: bytes) -> str:
    from charset_normalizer import from_bytes

    # The words around bytes above ASCII decide; the others say nothing about the encoding.
    telling = b"\n".join(data[max(0, m.start() - 40) : m.end() + 40] for m in islice(_HIGH.finditer(data), 500))
    matches = from_bytes(telling, cp_isolation=list(_ISOLATION), preemptive_behaviour=False)
    if not matches:
        return "cp1252"
    found = [m for m in matches if m.chaos <= matches[0].chaos]
    names = {m.encoding for m in found} | {name for m in found for name in m.could_be_from_charset}
    return next((name for name in _ISOLATION if name in names), "cp1252")


def _is_noise(text: str) -> bool:
    sample = text[:_SAMPLE]
    broken = len(_CONTROL.findall(sample)) + sample.count("\ufffd")
    return broken > max(2, len(sample) * _MAX_CONTROL_SHARE)
