"""PDF with a text layer: the text of its pages, without what repeats at their edges."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read.layouts import draft_of_paragraphs
from jtbd_nlp.read.pieces import Draft, Unreadable, over_limit, parsing
from jtbd_nlp.read.quiet import quietly

_PAGE_NUMBER = re.compile(r"(?:page )?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?$", re.IGNORECASE)
_EDGE: Final = 2
#: Forms that a page may draw, and bytes that one stream of a PDF may unpack to: more than any page of text has.
_MAX_FORMS: Final = 500
_MAX_STREAM: Final = 8_000_000
#: Operands and operators of one stream.
_MAX_WORK: Final = 200_000
#: Parsing so many bytes takes as long as an instruction.
_BYTES: Final = 20


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
        work = _Work(config)
        for page in reader.pages:
            work.begin(page)
            pages.append([line.rstrip() for line in page.extract_text(visitor_operand_before=work).split("\n")])
            work.take(0)
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
    from pypdf import apply_configuration
    from pypdf.errors import LimitReachedError

    try:
        with apply_configuration(
            stream_parsing_work_maximum_count=min(config.max_instructions, _MAX_WORK),
            xform_maximum_invocations_per_extraction=_MAX_FORMS,
            zlib_maximum_output_length=min(config.max_unpacked_bytes, _MAX_STREAM),
        ):
            yield
    except LimitReachedError as error:
        raise _too_much(config) from error


class _Work:
    """Counts what pages draw: instructions, and the bytes that these are parsed from; forms each time that they are drawn."""

    def __init__(self, config: ReadConfig) -> None:
        self._config = config
        self._left = config.max_instructions
        self._forms: dict[str, int] = {}

    def begin(self, page: Any) -> None:
        """Count the bytes of a page and look at the sizes of its forms."""
        contents = page.get_contents()
        self.take(len(contents.get_data()) // _BYTES if contents is not None else 0)
        self._forms = {}
        self._measure(page.get("/Resources"), set())

    def _measure(self, resources: Any, seen: set[int]) -> None:
        objects = resources.get_object().get("/XObject") if resources is not None else None
        for name, given in objects.get_object().items() if objects is not None else ():
            form = given.get_object()
            if id(form) not in seen and form.get("/Subtype") == "/Form" and len(seen) < _MAX_FORMS:
                seen.add(id(form))
                size = len(form.get_data()) // _BYTES
                self._forms[name] = max(self._forms.get(name, 0), size)
                self.take(0 if sum(self._forms.values()) <= self._config.max_instructions else self._left + 1)
                self._measure(form.get("/Resources"), seen)

    def __call__(self, operator: bytes, operands: Any, *_: object) -> None:
        """Called by pypdf before each instruction."""
        self.take(1 + (self._forms.get(str(operands[0]), 0) if operator == b"Do" and operands else 0))

    def take(self, count: int) -> None:
        """
        Raises:
            Unreadable: there is more than the settings allow. pypdf swallows it inside forms, so it is asked again after each page.
        """
        self._left -= count
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
