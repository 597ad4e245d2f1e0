"""Excel: survey answers, highlights, turns; the first sheet that holds any."""

from __future__ import annotations

import io
from typing import Any

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read.columns import drafts_of_rows
from jtbd_nlp.read.pieces import Draft, Unreadable, over_limit, parsing
from jtbd_nlp.read.quiet import quietly
from jtbd_nlp.read.zips import check_parts


def read(data: bytes, config: ReadConfig) -> tuple[Draft, ...]:
    """Read an Excel workbook (.xlsx). What formulas last came to is read, not the formulas."""
    with parsing("Excel (.xlsx)"), quietly("openpyxl"):
        check_parts(data, config)
        from openpyxl import load_workbook

        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = [_rows(sheet, config) for sheet in book.worksheets]
    first: Unreadable | None = None
    for rows in sheets:
        try:
            return drafts_of_rows(rows, config, format="xlsx", encoding=None)
        except Unreadable as error:
            first = first or error
    raise first or Unreadable("a workbook without sheets", "a sheet with a header and rows", "Export it again")


def _rows(sheet: Any, config: ReadConfig) -> list[list[str]]:
    rows: list[list[str]] = []
    # A sheet may claim any size, too small a one too, and a row any number: what is there is read, and what is empty is not kept.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_col=config.max_columns, values_only=True)):
        if number >= config.max_rows:
            raise over_limit("a sheet of more rows", "max_rows", config.max_rows, "rows")
        if filled := [i for i, value in enumerate(row) if value is not None]:
            rows.append([_shown(value) for value in row[: filled[-1] + 1]])
    return rows


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
