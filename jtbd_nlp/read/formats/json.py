"""JSON of speech recognisers, told apart by their shape: Whisper and WhisperX, AWS Transcribe, Deepgram, AssemblyAI, Rev, and plain lists."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, Final

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read.captions import Cue, draft_of_cues
from jtbd_nlp.read.decode import decode
from jtbd_nlp.read.formats import json_services, json_whisper
from jtbd_nlp.read.layouts import too_long
from jtbd_nlp.read.pieces import Draft, Piece, Unreadable

_KNOWN: Final = "that of Whisper, WhisperX, AWS Transcribe, Deepgram, AssemblyAI or Rev, or a list of objects with speaker and text"


def read(data: bytes, config: ReadConfig) -> tuple[Draft, ...]:
    """Read a recogniser's JSON."""
    decoded = decode(data)
    try:
        value: Any = json.loads(decoded.text)
    except RecursionError as error:
        raise Unreadable("JSON that is nested too deeply to be a transcript", _KNOWN, "Export it again") from error
    except ValueError as error:
        raise Unreadable("not JSON that can be read: it is broken or cut off", _KNOWN, "Export it again") from error
    for shape in (*json_services.SHAPES, *json_whisper.SHAPES):
        found = shape(value)
        if found is not None:
            return (_draft(found.pieces, found.format, found.language, config, decoded.encoding),)
    raise Unreadable("JSON of no known recogniser", _KNOWN, "Export it in one of these, or as text, captions or a table")


def _draft(pieces: tuple[Piece, ...], format: str, language: str | None, config: ReadConfig, encoding: str) -> Draft:
    length = sum(len(p.text) for p in pieces)
    if length > config.max_chars:
        raise too_long(length, config)
    if any(p.speaker for p in pieces):
        return Draft(pieces=pieces, format=format, encoding=encoding, language=language)
    # Recognisers name nobody, but people who edited the text may have.
    draft = draft_of_cues([Cue(p.text, p.start_s, p.end_s) for p in pieces], config, format=format, encoding=encoding)
    return replace(draft, language=language)
