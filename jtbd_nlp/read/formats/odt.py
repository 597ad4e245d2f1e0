"""OpenDocument text: its paragraphs, read like those of a Word file."""

from __future__ import annotations

import io
import zipfile
from typing import Any, Final

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read.layouts import draft_of_paragraphs
from jtbd_nlp.read.pieces import Draft, parsing
from jtbd_nlp.read.tables import line_of_row
from jtbd_nlp.read.zips import check_parts

_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
#: Comments and tracked deletions are not what the text says.
_LEFT_OUT: Final = {f"{_OFFICE}annotation", f"{_TEXT}tracked-changes", f"{_TEXT}note"}
_PARAGRAPHS: Final = {f"{_TEXT}p", f"{_TEXT}h"}
_MAX_DEPTH: Final = 200


def read(data: bytes, config: ReadConfig) -> tuple[Draft, ...]:
    """Read an OpenDocument text (.odt). The format is a zip of XML, and its paragraphs are all that is wanted of it."""
    with parsing("OpenDocument (.odt)"):
        check_parts(data, config)
        from defusedxml.ElementTree import fromstring

        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            root = fromstring(archive.read("content.xml"))
        body = root.find(f"{_OFFICE}body/{_OFFICE}text")
        paragraphs = _paragraphs(body, [], 0) if body is not None else []
    return (draft_of_paragraphs(paragraphs, config, format="odt"),)


def _paragraphs(element: Any, found: list[str], depth: int) -> list[str]:
    """Add the paragraphs below an element to those found."""
    for child in element if depth <= _MAX_DEPTH else ():
        if child.tag in _PARAGRAPHS:
            held: list[str] = []
            _said(child, held, 0)
            found.append("".join(held))
        elif child.tag == f"{_TABLE}table-row":
            found.append(line_of_row(["\n".join(_paragraphs(cell, [], depth + 1)) for cell in child]))
        elif child.tag not in _LEFT_OUT:
            _paragraphs(child, found, depth + 1)
    return found


def _said(element: Any, held: list[str], depth: int) -> None:
    """Add the text of a paragraph, with the white space that OpenDocument writes as elements."""
    held.append(element.text or "")
    for child in element:
        if child.tag == f"{_TEXT}line-break":
            held.append("\n")
        elif child.tag == f"{_TEXT}tab":
            held.append("\t")
        elif child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c", "1")
            held.append(" " * min(int(count) if count.isdecimal() and len(count) < 5 else 1, 100))
        elif child.tag not in _LEFT_OUT and depth < _MAX_DEPTH:
            _said(child, held, depth + 1)
        held.append(child.tail or "")
