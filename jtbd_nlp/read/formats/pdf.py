"""PDF with a text layer: the text of its pages, without what repeats at their edges."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read.layouts import draft_of_paragraphs
from jtbd_nlp.read.pieces import Draft, Unreadable, over_limit, parsing
from jtbd_nlp.read.quiet import quietly

_PAGE_NUMBER = re.compile(r"(?:page )?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?$", re.IGNORECASE)
_EDGE: Final = 2
#: Forms that a page may draw, and bytes that one stream of a PDF may unpack to: more than any page of text has.
_MAX_FORMS: Final = 500
_MAX_STREAM: Final = 16_000_000


def read(data: bytes, config: ReadConfig) -> tuple[Draft, ...]:
    """Read a PDF that has a text layer."""
    with parsing("PDF"), quietly("pypdf"), _bounded(config):
        from pypdf import PdfReader

        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("a PDF with a password", "one without", "Save it without a password")
        if len(reader.pages) > config.max_pages:
            raise over_limit(f"a PDF of {len(reader.pages):,} pages", "max_pages", config.max_pages, "pages")
        pages, length = [], 0
        count = _Instructions(config)
        for page in reader.pages:
            pages.append([line.rstrip() for line in page.extract_text(visitor_operand_before=count).split("\n")])
            count.check()
            length += sum(map(len, pages[-1]))
            if length > config.max_chars:
                raise over_limit("a PDF with more text", "max_chars", config.max_chars, "characters")
    if not any(line.strip() for page in pages for line in page):
        raise Unreadable("a PDF without a text layer (a scan)", "one whose text can be marked and copied", "Have its text recognised first")
    return (draft_of_paragraphs(_without_edges(pages), config, format="pdf"),)


@contextmanager
def _bounded(config: ReadConfig) -> Iterator[None]:
    """Within, pypdf takes no more work on than the settings allow. Its own settings are those of this context alone.

    Raises:
        Unreadable: it had to stop.
    """
    from pypdf import overwrite_configuration
    from pypdf.errors import LimitReachedError

    try:
        with overwrite_configuration(
            stream_parsing_work_maximum_count=config.max_instructions,
            xform_maximum_invocations_per_extraction=_MAX_FORMS,
            zlib_maximum_output_length=min(config.max_unpacked_bytes, _MAX_STREAM),
        ):
            yield
    except LimitReachedError as error:
        raise _too_much(config) from error


class _Instructions:
    """Counts what pages draw, forms within forms included: a form may be drawn over and over."""

    def __init__(self, config: ReadConfig) -> None:
        self._config = config
        self._left = config.max_instructions

    def __call__(self, *_: object) -> None:
        self._left -= 1
        self.check()

    def check(self) -> None:
        """
        Raises:
            Unreadable: there were more than the settings allow. pypdf swallows it inside forms, so it is asked again after each page.
        """
        if self._left < 0:
            raise _too_much(self._config)


def _too_much(config: ReadConfig) -> Unreadable:
    return over_limit("a PDF whose pages take more to draw", "max_instructions", config.max_instructions, "instructions")


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
