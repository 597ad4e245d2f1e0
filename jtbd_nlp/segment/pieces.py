"""A turn's text in pieces that the parser can take, cut where a speaker would pause."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from jtbd_nlp.schema import Span

#: code points of a piece at most: memory and time of a parse are bounded by it
MAX_CHARS: Final = 6_000

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
#: places to cut a piece that is too long, best first; the cut is at the end of the match
_PAUSES: Final = (
    re.compile(r"\n"),
    re.compile(r"[.!?…][\"'”’)\]]*\s+"),
    re.compile(r"[;:,]\s+"),
    re.compile(r"\s+(?=(?:and|but|so|because|or|well|okay|yeah)\s)", re.IGNORECASE),
    re.compile(r"\s+(?=(?:i|we|you|he|she|it|they)\s)", re.IGNORECASE),
    re.compile(r"\s+"),
)


def pieces(text: str, max_chars: int = MAX_CHARS) -> list[Span]:
    """Spans that cover all of a text but white space: its paragraphs, those above `max_chars` cut at pauses.

    A function of the text alone. Where there is no white space to cut at (a run of `max_chars` other code points), the cut is hard.
    """
    edges = [0]
    for gap in _PARAGRAPH.finditer(text):
        edges.append(gap.end())
    edges.append(len(text))
    out = []
    for start, end in pairwise(edges):
        at = start
        while end - at > max_chars:
            cut = _pause(text, at, max_chars)
            out.append((at, cut))
            at = cut
        out.append((at, end))
    return [span for a, b in out if (span := _stripped(text, a, b))]


def _pause(text: str, start: int, max_chars: int) -> int:
    """The last best pause in the second half of `[start, start + max_chars)`."""
    window = text[start : start + max_chars]
    for pause in _PAUSES:
        ends = [match.end() for match in pause.finditer(window, max_chars // 2)]
        if ends:
            return start + ends[-1]
    return start + max_chars


def _stripped(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    inner = piece.strip()
    if not inner:
        return None
    a = start + piece.index(inner)
    return Span(start=a, end=a + len(inner))
