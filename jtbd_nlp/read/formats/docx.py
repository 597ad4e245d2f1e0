"""Word: free `Speaker: text` paragraphs, tables of turns, and the layouts of Teams, Google Meet, Otter and Rev."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Final

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read.layouts import draft_of_paragraphs
from jtbd_nlp.read.pieces import Draft, parsing
from jtbd_nlp.read.tables import line_of_row
from jtbd_nlp.read.zips import refuse_entities

_MAX_DEPTH: Final = 5


def read(data: bytes, config: ReadConfig) -> tuple[Draft, ...]:
    """Read a Word file (.docx)."""
    with parsing("Word (.docx)"):
        refuse_entities(data)
        import docx

        paragraphs = list(_paragraphs(docx.Document(io.BytesIO(data))))
    return (draft_of_paragraphs(paragraphs, config, format="docx"),)


def _paragraphs(block: Any, depth: int = 0) -> Iterator[str]:
    """The paragraphs of a file or a table cell in their order; a row of a table is one."""
    from docx.table import Table

    for item in block.iter_inner_content():
        if not isinstance(item, Table):
            yield item.text
        elif depth < _MAX_DEPTH:
            for row in item.rows:
                yield line_of_row(["\n".join(_paragraphs(cell, depth + 1)) for cell in row.cells])
