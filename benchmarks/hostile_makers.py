"""What inputs that keep a reader busy are made with: functions of about how many bytes are wanted."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from typing import Final

Maker = Callable[[int], bytes]

_WORD: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SHEET: Final = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_ODT: Final = "".join(f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "text", "table"))


def over(unit: str, head: str = "", tail: str = "") -> Maker:
    """A unit over and over; `{n}` in it counts."""

    def make(size: int) -> bytes:
        if "{n}" not in unit:
            return (head + unit * (size // len(unit.encode("utf-8"))) + tail).encode("utf-8")
        count = max(1, size // (len(unit) + 2))
        return (head + "".join(unit.replace("{n}", str(n)) for n in range(count)) + tail).encode("utf-8")[: size + 1_000]

    return make


def nested(opening: str, closing: str, inside: str = "", head: str = "", tail: str = "") -> Maker:
    return lambda size: (head + opening * (n := size // len(opening + closing)) + inside + closing * n + tail).encode("utf-8")


def stamp(n: int, sign: str = ".") -> str:
    return f"{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}{sign}000"


def cues(text: str, head: str, form: str) -> Maker:
    """Captions of a second each; `{n}` in the text counts."""

    def make(size: int) -> bytes:
        count = max(1, size // (len(form) + len(text) + 20))
        rows = (form.format(n=n + 1, a=stamp(n), b=stamp(n + 1), c=stamp(n, ","), d=stamp(n + 1, ",")) for n in range(count))
        return (head + "".join(row + text.replace("{n}", str(n)) + "\n\n" for n, row in enumerate(rows))).encode("utf-8")

    return make


def archive(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return buffer.getvalue()


def packed(make: Callable[[bytes], bytes], unit: str, head: str, tail: str, most: int = 60_000_000) -> Maker:
    """An archive of about `size` bytes, or one whose part unpacks to `most` bytes: whichever comes first."""

    def made(size: int) -> bytes:
        if not unit:
            return make((head + tail).encode("utf-8"))
        ratio = max(1.0, 100_000 / len(zlib.compress((unit * (100_000 // len(unit) + 1)).encode("utf-8"))))
        count = int(min(most * size / 1_000_000, size * ratio)) // len(unit)
        rows = unit * count if "{n}" not in unit else "".join(unit.replace("{n}", str(n)) for n in range(count))
        return make((head + rows + tail).encode("utf-8"))

    return made


@cache
def empty_docx() -> dict[str, bytes]:
    import docx

    buffer = io.BytesIO()
    docx.Document().save(buffer)
    with zipfile.ZipFile(buffer) as plain:
        return {name: plain.read(name) for name in plain.namelist()}


@cache
def empty_book() -> dict[str, bytes]:
    from openpyxl import Workbook

    buffer, book = io.BytesIO(), Workbook()
    book.active.append(["Speaker", "Text"])
    book.save(buffer)
    with zipfile.ZipFile(buffer) as plain:
        return {name: plain.read(name) for name in plain.namelist()}


def docx_of(document: bytes) -> bytes:
    return archive({**empty_docx(), "word/document.xml": document})


def docx(unit: str, head: str = "", tail: str = "", most: int = 60_000_000) -> Maker:
    return packed(docx_of, unit, f"<w:document {_WORD}><w:body>{head}", f"{tail}</w:body></w:document>", most)


def odt_of(content: bytes) -> bytes:
    return archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content})


def odt(unit: str, head: str = "", tail: str = "", most: int = 60_000_000) -> Maker:
    begin = f"<office:document-content{_ODT}><office:body><office:text>{head}"
    return packed(odt_of, unit, begin, f"{tail}</office:text></office:body></office:document-content>", most)


def book_of(sheet: bytes, shared: bytes = b"") -> bytes:
    strings = {"xl/sharedStrings.xml": shared} if shared else {}
    return archive({**empty_book(), **strings, "xl/worksheets/sheet1.xml": sheet})


def xlsx(unit: str, head: str = "", tail: str = "", dimension: str = "A1:B2", most: int = 60_000_000) -> Maker:
    begin = f'<worksheet {SHEET}><dimension ref="{dimension}"/><sheetData>{head}'
    return packed(book_of, unit, begin, f"{tail}</sheetData></worksheet>", most)


def cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def pdf(contents: Callable[[int], bytes], forms: list[bytes] | None = None, pages: int = 1) -> Maker:
    """A PDF with one stream that all pages draw, and forms that it may draw (`/F0 Do`)."""

    def make(size: int) -> bytes:
        names = " ".join(f"/F{i} {5 + i} 0 R" for i in range(len(forms or [])))
        resources = f"<< /Font << /A 4 0 R >> /XObject << {names} >> >>"
        first = 5 + len(forms or [])
        kids = " ".join(f"{first + n} 0 R" for n in range(pages))
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R /Resources {resources} >>".encode()
        objects = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode()]
        objects += [stream(contents(size), ""), b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
        objects += [stream(form, f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources {resources}") for form in forms or []]
        out, offsets = bytearray(b"%PDF-1.4\n"), []
        for number, content in enumerate([*objects, *[page] * pages], 1):
            offsets.append(len(out))
            out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
        table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
        at = len(out)
        count = len(offsets) + 1
        return (
            bytes(out)
            + f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer << /Size {count} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n".encode()
        )

    return make


def stream(content: bytes, more: str) -> bytes:
    short = zlib.compress(content)
    return f"<< /Length {len(short)} /Filter /FlateDecode {more} >>\nstream\n".encode() + short + b"\nendstream"


def nested_json(size: int) -> bytes:
    return b'{"segments": ' + b"[" * (size // 2) + b"]" * (size // 2) + b"}"


def words(size: int) -> bytes:
    rows = [{"type": "pronunciation", "start_time": str(n), "alternatives": [{"content": "a"}]} for n in range(size // 80)]
    return json.dumps({"results": {"items": rows, "speaker_labels": {"segments": []}}}).encode()
