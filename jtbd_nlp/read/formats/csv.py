"""CSV and TSV: survey answers, highlights, turns."""

from __future__ import annotations

import csv
import io
from itertools import islice
from typing import Final

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read.columns import drafts_of_rows
from jtbd_nlp.read.decode import decode
from jtbd_nlp.read.pieces import Draft, Unreadable

_DELIMITERS: Final = ",;\t|"


def read(data: bytes, config: ReadConfig) -> tuple[Draft, ...]:
    """Read a table of values with separators between."""
    decoded = decode(data)
    try:
        rows = list(islice(csv.reader(io.StringIO(decoded.text, newline=""), delimiter=_delimiter(decoded.text)), config.max_rows + 1))
    except csv.Error as error:
        raise Unreadable("not a CSV file that can be read: a cell is longer than 131,072 characters, or a quote is never closed") from error
    if len(rows) > config.max_rows:
        raise Unreadable(f"more rows than read.max_rows = {config.max_rows:,}; split the file or raise the limit")
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
