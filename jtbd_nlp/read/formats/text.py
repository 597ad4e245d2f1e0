"""Plain text: `Speaker: text` lines stay as they are; layouts with a header line a turn (Otter, Zoom) are laid out anew."""

from __future__ import annotations

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read.decode import decode
from jtbd_nlp.read.layouts import draft_of_text
from jtbd_nlp.read.pieces import Draft


def read(data: bytes, config: ReadConfig) -> tuple[Draft, ...]:
    """Read a text file."""
    decoded = decode(data)
    return (draft_of_text(decoded.text, config, format="text", encoding=decoded.encoding),)
