"""JSON of Whisper, whisper.cpp, WhisperX, and plain lists of speaker and text."""

from __future__ import annotations

from typing import Any, Final

from jtbd_nlp.read.formats.shapes import Found, at, items, name, text
from jtbd_nlp.read.pieces import Piece, Word, join_words
from jtbd_nlp.read.times import clean, seconds

_SPEAKER_KEYS: Final = ("speaker", "speaker_name", "speakerName", "speaker_label", "speakerLabel", "name", "author", "role", "from")
_TEXT_KEYS: Final = ("text", "content", "transcript", "utterance", "sentence", "message", "value")
_START_KEYS: Final = ("start", "start_time", "startTime", "start_s", "begin", "time", "timestamp", "offset")
_END_KEYS: Final = ("end", "end_time", "endTime", "end_s")
_LIST_KEYS: Final = ("segments", "utterances", "transcript", "turns", "sentences", "entries", "messages", "results", "items", "data")


def whisper(value: Any) -> Found | None:
    """Whisper and WhisperX: `segments` with `text`, `start`, `end`, and words; WhisperX adds `speaker` to both."""
    segments = items(value, "segments")
    if not segments or not any(isinstance(s.get("text"), str) for s in segments):
        return None
    voiced = any(name(s.get("speaker")) or any(name(w.get("speaker")) for w in items(s, "words")) for s in segments)
    pieces: list[Piece] = []
    for segment in segments:
        words = items(segment, "words")
        if voiced and len({name(w.get("speaker")) for w in words} - {None}) > 1:
            pieces.extend(join_words(_words(segment, words)))
        else:
            pieces.append(
                Piece(name(segment.get("speaker")), text(segment, "text"), clean(segment.get("start")), clean(segment.get("end")))
            )
    return Found(tuple(pieces), "whisperx-json" if voiced else "whisper-json", text(value, "language") or None)


def _words(segment: dict[str, Any], words: list[dict[str, Any]]) -> list[Word]:
    """Words of a segment in which the speaker changes; one without a speaker goes with the one before."""
    found: list[Word] = []
    speaker = name(segment.get("speaker"))
    for word in words:
        speaker = name(word.get("speaker")) or speaker
        said = text(word, "word") or text(word, "text")
        found.append(Word(speaker, said if said.startswith(" ") else f" {said}", clean(word.get("start")), clean(word.get("end"))))
    return found


def whisper_cpp(value: Any) -> Found | None:
    """whisper.cpp: `transcription` with `text` and `offsets` in milliseconds."""
    segments = items(value, "transcription")
    if not segments or "offsets" not in segments[0]:
        return None
    pieces = tuple(
        Piece(
            name(s.get("speaker"), "Speaker "),
            text(s, "text"),
            clean(at(s, "offsets", "from"), 0.001),
            clean(at(s, "offsets", "to"), 0.001),
        )
        for s in segments
    )
    return Found(pieces, "whisper-json", text(value, "result", "language") or None)


def plain_list(value: Any) -> Found | None:
    """A list of objects with a speaker and a text under usual names, at the top or one key down."""
    rows = [x for x in value if isinstance(x, dict)] if isinstance(value, list) else []
    if not rows:
        rows = next((found for key in _LIST_KEYS if (found := items(value, key))), [])
    pieces = []
    for row in rows:
        said = next((row[k] for k in _TEXT_KEYS if isinstance(row.get(k), str)), "")
        speaker = next((s for k in _SPEAKER_KEYS if (s := name(row.get(k)))), None)
        pieces.append(Piece(speaker, said, _time(row, _START_KEYS), _time(row, _END_KEYS)))
    return Found(tuple(pieces), "json") if any(p.speaker and p.text.strip() for p in pieces) else None


def _time(row: dict[str, Any], keys: tuple[str, ...]) -> float | None:
    value = next((row[k] for k in keys if k in row), None)
    return seconds(value) if isinstance(value, str) and ":" in value else clean(value)


SHAPES: Final = (whisper_cpp, whisper, plain_list)
