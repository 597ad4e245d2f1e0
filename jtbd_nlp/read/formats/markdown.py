"""Markdown: read as text; `**Anna:** ...` and lists and quotes of turns are labels, headings are nobody's talk."""

from __future__ import annotations

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read.decode import decode
from jtbd_nlp.read.layouts import draft_of_text
from jtbd_nlp.read.pieces import Draft


def read(data: bytes, config: ReadConfig) -> tuple[Draft, ...]:
    """Read a Markdown file."""
    decoded = decode(data)
    return (draft_of_text(decoded.text, config, format="markdown", encoding=decoded.encoding),)
