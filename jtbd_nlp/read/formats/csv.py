"""CSV and TSV: survey answers, highlights, turns."""

from __future__ import annotations

import csv
import io
from itertools import islice
from typing import Final

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read.columns import drafts_of_rows
from jtbd_nlp.read.decode import decode
from jtbd_nlp.read.pieces import Draft, Unreadable, over_limit

_DELIMITERS: Final = ",;\t|"


def read(data: bytes, config: ReadConfig) -> tuple[Draft, ...]:
    """Read a table of values with separators between."""
    decoded = decode(data)
    try:
        table = csv.reader(io.StringIO(decoded.text, newline=""), delimiter=_delimiter(decoded.text))
        rows = [row[: config.max_columns] for row in islice(table, config.max_rows + 1)]
    except csv.Error as error:
        raise Unreadable(
            "a table that cannot be parsed: a cell is too long, or a quote is never closed",
            "CSV with cells of at most 131,072 characters",
            "Export it again, or as .xlsx",
        ) from error
    if len(rows) > config.max_rows:
        raise over_limit("a table of more rows", "max_rows", config.max_rows, "rows")
    return drafts_of_rows(rows, config, format="csv", encoding=decoded.encoding)


def _delimiter(text: str) -> str:
    """The separator that splits the header into most columns, comma where several do."""
    head = text[:20_000]
    counts = {}
    for delimiter in _DELIMITERS:
        try:
            counts[delimiter] = len(next(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), []))
        except csv.Error:
            counts[delimiter] = 0
    return max(_DELIMITERS, key=lambda d: counts[d])
