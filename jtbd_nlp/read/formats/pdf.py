"""PDF with a text layer: the text of its pages, without what repeats at their edges."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read.layouts import draft_of_paragraphs
from jtbd_nlp.read.pieces import Draft, Unreadable, parsing

_PAGE_NUMBER = re.compile(r"(?:page )?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?$", re.IGNORECASE)
_EDGE: Final = 2


def read(data: bytes, config: ReadConfig) -> tuple[Draft, ...]:
    """Read a PDF that has a text layer."""
    with parsing("PDF"):
        from pypdf import PdfReader

        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("a PDF with a password; save it without one")
        if len(reader.pages) > config.max_pages:
            raise Unreadable(
                f"{len(reader.pages):,} pages are more than read.max_pages = {config.max_pages:,}; split the file or raise the limit"
            )
        pages, length = [], 0
        for page in reader.pages:
            pages.append([line.rstrip() for line in page.extract_text().split("\n")])
            length += sum(map(len, pages[-1]))
            if length > config.max_chars:
                raise Unreadable(f"text is longer than read.max_chars = {config.max_chars:,}; split the file or raise the limit")
    if not any(line.strip() for page in pages for line in page):
        raise Unreadable("a PDF without a text layer (a scan); recognise its text first")
    return (draft_of_paragraphs(_without_edges(pages), config, format="pdf"),)


def _without_edges(pages: Sequence[Sequence[str]]) -> list[str]:
    """Lines without page numbers, and without those that stand at the top or bottom of most pages."""
    edges = Counter(line for page in pages for line in {*page[:_EDGE], *page[-_EDGE:]} if line.strip())
    often = {line for line, count in edges.items() if count > 2 and count * 2 > len(pages)}
    kept = []
    for page in pages:
        last = len(page) - 1
        for i, line in enumerate(page):
            at_edge = i < _EDGE or i > last - _EDGE
            if not (at_edge and (line in often or _PAGE_NUMBER.match(line.strip()))):
                kept.append(line)
    return kept
