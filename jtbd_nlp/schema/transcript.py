"""One interview: canonical text, its turns, and the segments that are tagged."""

from __future__ import annotations

from typing import Final, Self

from pydantic import Field, model_validator

from jtbd_nlp.errors import SchemaError
from jtbd_nlp.schema.base import Record, text_sha256
from jtbd_nlp.schema.labels import Role

#: longest id, in bytes of UTF-8: file systems allow 255 for a name, and `.txt` is added
MAX_ID_BYTES: Final = 240


class Span(Record):
    """Half-open range `[start, end)` of code points in a text."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class TimeRange(Record):
    """Where in the recording, in seconds from its start."""

    start_s: float = Field(ge=0)
    end_s: float = Field(ge=0)


class TimeMark(Record):
    """Code points `[start, end)` of the canonical text were said between `start_s` and `end_s` (a cue, a word)."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    start_s: float = Field(ge=0)
    end_s: float = Field(ge=0)


class Turn(Record):
    """One speaker's uninterrupted talk. `[start, end)` covers what was said, without the speaker's label."""

    index: int = Field(ge=0)
    speaker: str
    role: Role
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    time: TimeRange | None = None


class Note(Record):
    """Something odd about an input that a person should know; `code` is stable, `message` is for reading."""

    code: str
    message: str


class Transcript(Record):
    """One interview.

    `text` is the canonical text that every span points into: the decoded file for `Speaker: text` plain text, else one
    `Speaker: text` line a turn. Turns are in order and do not overlap.
    """

    id: str
    text: str = Field(repr=False)
    turns: tuple[Turn, ...] = Field(repr=False)
    source: str = ""
    format: str = "text"
    language: str = "en"
    marks: tuple[TimeMark, ...] = Field(default=(), repr=False)
    notes: tuple[Note, ...] = ()
    #: sha256 of the bytes of the file that this was read from; empty for transcripts made in memory.
    source_sha256: str = ""

    @model_validator(mode="after")
    def _names_a_file(self) -> Self:
        name = self.id
        if not name or name in (".", "..") or any(c in "/\\\0\n\r" for c in name) or len(name.encode("utf-8", "replace")) > MAX_ID_BYTES:
            raise SchemaError(
                f"Got transcript id {name[:60]!r}; expected 1 to {MAX_ID_BYTES} bytes without slashes, since transcripts/<id>.txt is named after it."
            )
        try:
            self.text.encode("utf-8")
        except UnicodeEncodeError as error:
            raise SchemaError(
                f"Got a lone surrogate at code point {error.start} of transcript {name!r}; expected text that UTF-8 can hold."
            ) from error
        return self

    @model_validator(mode="after")
    def _turns_fit(self) -> Self:
        at = 0
        for position, turn in enumerate(self.turns):
            if turn.index != position or not at <= turn.start <= turn.end <= len(self.text):
                raise SchemaError(
                    f"Got turn {turn.index} at [{turn.start}, {turn.end}) in place {position} of a transcript of {len(self.text)} code points; "
                    "expected turns numbered from 0, in order, inside the text and without overlap."
                )
            at = turn.end
        return self

    @property
    def sha256(self) -> str:
        """sha256 of the canonical text's UTF-8 bytes."""
        return text_sha256(self.text)

    def turn_text(self, turn: Turn) -> str:
        """What was said in a turn."""
        return self.text[turn.start : turn.end]

    def time_of(self, start: int, end: int) -> TimeRange | None:
        """When `[start, end)` was said: over the marks that it touches, else its turn's time, else None."""
        touched = [m for m in self.marks if m.start < end and start < m.end]
        if touched:
            return TimeRange(start_s=min(m.start_s for m in touched), end_s=max(m.end_s for m in touched))
        return next((t.time for t in self.turns if t.start <= start < t.end), None)


class Segment(Record):
    """The unit that is tagged: a sentence or a clause of a turn; `text` is exactly `transcript.text[start:end]`."""

    transcript: str
    turn: int = Field(ge=0)
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str
