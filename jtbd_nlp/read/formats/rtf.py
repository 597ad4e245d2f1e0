"""Rich text: its text, read like the paragraphs of a Word file."""

from __future__ import annotations

import re
from typing import Any, Final

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read.layouts import draft_of_paragraphs
from jtbd_nlp.read.pieces import Draft, parsing

#: striprtf looks for links with an expression whose time grows with the cube of a line; with a space here it finds none. The words of a
#: link are read all the same, its address is not.
_LINK = re.compile(r"(\\fldinst)\{", re.IGNORECASE)
#: It looks through the table of fonts in a time that grows with its square. Word writes half as much of one at most.
_MAX_FONTS: Final = 32_000


def read(data: bytes, config: ReadConfig) -> tuple[Draft, ...]:
    """Read an RTF file."""
    with parsing("RTF"):
        from striprtf import striprtf

        convert: Any = striprtf.rtf_to_text
        table_of_fonts: Any = striprtf.font_table_group
        # RTF is ASCII with escapes; what a writer left unescaped is in the code page that cp1252 stands for.
        written = _LINK.sub(r"\1 {", data.decode("cp1252", errors="replace"))
        fonts: str = table_of_fonts(written)
        if len(fonts) > _MAX_FONTS:
            written = written.replace(fonts, "", 1)
        text: str = convert(written, errors="replace")
        # Characters beyond the first plane are written as two halves.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return (draft_of_paragraphs(text.split("\n"), config, format="rtf"),)
