"""SubRip captions: with `Name: text`, or without speakers."""

from __future__ import annotations

import io

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read.captions import Cue, draft_of_cues
from jtbd_nlp.read.decode import decode
from jtbd_nlp.read.pieces import Draft, parsing
from jtbd_nlp.read.times import seconds


def read(data: bytes, config: ReadConfig) -> tuple[Draft, ...]:
    """Read a SubRip file."""
    from webvtt import WebVTT

    decoded = decode(data)
    text = decoded.text.strip("\ufeff \t\r\n")
    first = text.split("\n", 1)[0]
    with parsing("SubRip"):
        # The parser wants the number that some tools leave out above the first cue.
        captions = WebVTT.from_buffer(io.StringIO(f"1\n{text}" if "-->" in first else text), format="srt").captions
        cues = [Cue(c.raw_text, seconds(c.start), seconds(c.end)) for c in captions]
    return (draft_of_cues(cues, config, format="srt", encoding=decoded.encoding),)
