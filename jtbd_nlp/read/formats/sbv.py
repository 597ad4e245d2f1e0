"""SBV captions of YouTube and Google Meet: with `Name: text`, or without speakers."""

from __future__ import annotations

import io

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read.captions import Cue, draft_of_cues
from jtbd_nlp.read.decode import decode
from jtbd_nlp.read.pieces import Draft, parsing
from jtbd_nlp.read.times import seconds


def read(data: bytes, config: ReadConfig) -> tuple[Draft, ...]:
    """Read an SBV file."""
    from webvtt import WebVTT

    decoded = decode(data)
    with parsing("SBV"):
        captions = WebVTT.from_buffer(io.StringIO(decoded.text.strip("\ufeff \t\r\n")), format="sbv").captions
        cues = [Cue(c.raw_text, seconds(c.start), seconds(c.end)) for c in captions]
    return (draft_of_cues(cues, config, format="sbv", encoding=decoded.encoding),)
