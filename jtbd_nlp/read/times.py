"""Time codes as people and tools write them, to seconds."""

from __future__ import annotations

import math
import re
from typing import Final

#: `1:02`, `00:01:02`, `00:01:02.345`, `00:01:02,345`, `0:0:4.12`.
CLOCK: Final = r"\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,3})?"
_CLOCK = re.compile(rf"(?:{CLOCK})\Z", re.ASCII)
#: Longer recordings than this are a mistake in the file.
_MAX_SECONDS = 1_000_000.0


def seconds(clock: str) -> float | None:
    """Seconds of a time code, or None where it is none."""
    text = clock.strip()
    if not _CLOCK.match(text):
        return None
    total = 0.0
    for part in text.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total


def clean(value: object, scale: float = 1.0) -> float | None:
    """A number or number-like string as seconds; None for what cannot be a time (negative, infinite, not a number)."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value) * scale
    except (ValueError, OverflowError):
        return None
    return round(number, 3) if math.isfinite(number) and 0 <= number <= _MAX_SECONDS else None
