"""Rich text: its text, read like the paragraphs of a Word file."""

from __future__ import annotations

from typing import Any

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read.layouts import draft_of_paragraphs
from jtbd_nlp.read.pieces import Draft, parsing


def read(data: bytes, config: ReadConfig) -> tuple[Draft, ...]:
    """Read an RTF file."""
    with parsing("RTF"):
        from striprtf import striprtf

        convert: Any = striprtf.rtf_to_text

        # RTF is ASCII with escapes; what a writer left unescaped is in the code page that cp1252 stands for.
        text: str = convert(data.decode("cp1252", errors="replace"), errors="replace")
        # Characters beyond the first plane are written as two halves.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return (draft_of_paragraphs(text.split("\n"), config, format="rtf"),)
