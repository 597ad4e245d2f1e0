"""Rows of tables that stand in a text: turns with the speaker in one cell and the talk in another."""

from __future__ import annotations

from collections.abc import Sequence

from jtbd_nlp.read.times import seconds


def line_of_row(cells: Sequence[str]) -> str:
    """A row as a line: time and speaker before the talk where the cells are those, else the cells with spaces between.

    Cells that repeat the one before (merged cells) count once.
    """
    kept = [c.strip() for i, c in enumerate(cells) if i == 0 or c != cells[i - 1]]
    kept = [c for c in kept if c]
    clocks = [c for c in kept if seconds(c) is not None]
    rest = [c for c in kept if seconds(c) is None]
    while len(rest) > 2 and rest[0].rstrip(".").isdigit():
        rest = rest[1:]  # a number a row
    if len(rest) == 2 and len(rest[0]) <= 60 and "\n" not in rest[0]:
        time = f" ({clocks[0]})" if clocks else ""
        return f"{rest[0].rstrip(':')}{time}: {rest[1]}"
    return " ".join(kept)
