"""Word: free `Speaker: text` paragraphs, tables of turns, and the layouts of Teams, Google Meet, Otter and Rev."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Final

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read.layouts import draft_of_paragraphs
from jtbd_nlp.read.pieces import Draft, over_limit, parsing
from jtbd_nlp.read.tables import line_of_row
from jtbd_nlp.read.zips import check_parts

_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _TABLE, _ROW, _CELL = (f"{_WORD}{name}" for name in ("p", "tbl", "tr", "tc"))
#: What holds paragraphs, rows or runs besides these: content controls, links, insertions.
_AROUND: Final = frozenset(
    f"{_WORD}{name}" for name in ("sdt", "sdtContent", "hyperlink", "ins", "smartTag", "fldSimple", "customXml", "r")
)
_SIGNS: Final = {f"{_WORD}{name}": sign for name, sign in (("tab", "\t"), ("br", "\n"), ("cr", "\n"), ("noBreakHyphen", "-"))}
_SAID: Final = f"{_WORD}t"
_MAX_DEPTH: Final = 30


def read(data: bytes, config: ReadConfig) -> tuple[Draft, ...]:
    """Read a Word file (.docx)."""
    with parsing("Word (.docx)"):
        check_parts(data, config)
        import docx

        paragraphs: list[str] = []
        for paragraph in _paragraphs(docx.Document(io.BytesIO(data)).element.body, 0):
            if len(paragraphs) >= config.max_lines:
                raise over_limit("a file of more paragraphs", "max_lines", config.max_lines, "lines")
            paragraphs.append(paragraph)
    return (draft_of_paragraphs(paragraphs, config, format="docx"),)


def _paragraphs(block: Any, depth: int) -> Iterator[str]:
    """The paragraphs of a file or a table cell in their order; a row of a table is one. python-docx takes ten times as long."""
    for item in block if depth < _MAX_DEPTH else ():
        if item.tag == _PARAGRAPH:
            held: list[str] = []
            _said(item, held, 0)
            yield "".join(held)
        elif item.tag == _ROW:
            yield line_of_row(["\n".join(_paragraphs(cell, depth + 1)) for cell in _cells(item, 0)])
        elif item.tag == _TABLE or item.tag in _AROUND:
            yield from _paragraphs(item, depth + 1)


def _cells(row: Any, depth: int) -> Iterator[Any]:
    for item in row if depth < _MAX_DEPTH else ():
        if item.tag == _CELL:
            yield item
        elif item.tag in _AROUND:
            yield from _cells(item, depth + 1)


def _said(element: Any, held: list[str], depth: int) -> None:
    """Add the text of a paragraph or a run; deletions, notes and drawings are not what it says."""
    for item in element if depth < _MAX_DEPTH else ():
        tag = item.tag
        if tag == _SAID:
            held.append(item.text or "")
        elif tag in _SIGNS:
            held.append(_SIGNS[tag])
        elif tag in _AROUND:
            _said(item, held, depth + 1)
