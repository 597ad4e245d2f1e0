"""WebVTT: of Teams (`<v Name>`, end tags missing or not), of Zoom (`Name: text` in the cue) and plain."""

from __future__ import annotations

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read.captions import Cue, draft_of_cues
from jtbd_nlp.read.decode import decode
from jtbd_nlp.read.pieces import Draft, parsing
from jtbd_nlp.read.times import seconds


def read(data: bytes, config: ReadConfig) -> tuple[Draft, ...]:
    """Read a WebVTT file."""
    import webvtt

    decoded = decode(data)
    with parsing("WebVTT"):
        captions = webvtt.from_string(decoded.text.lstrip("\ufeff \t\r\n")).captions
        cues = [Cue(c.raw_text, seconds(c.start), seconds(c.end)) for c in captions]
    return (draft_of_cues(cues, config, format="webvtt", encoding=decoded.encoding),)
