"""What reading gives besides transcripts: the files found, their speakers' roles, and what `check` says of a file."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from jtbd_nlp.schema import Note, Problem, Record, Role


class Source(Record):
    """One file to read.

    Attributes:
        path: where it is.
        name: its path below the input that it was found in, with `/`; the same on every machine. For messages and ids.
        id: the id of its transcript (the beginning of it, where a file holds several).
    """

    path: str
    name: str
    id: str


class Discovery(Record):
    """The files among some inputs. `sources` are sorted by name; `skipped` are names passed over in silence (system files, hidden files)."""

    sources: tuple[Source, ...] = ()
    problems: tuple[Problem, ...] = ()
    skipped: tuple[str, ...] = ()


class SpeakerRole(Record):
    """Who a speaker is.

    Attributes:
        role: `unknown` where the talk does not tell.
        confidence: from 0 to 1, that the likelier of the two roles is right; 1 where a person said it.
        reason: what it was decided by: a setting, the header, the label, the talk, or a speaker alone.
    """

    speaker: str
    role: Role
    confidence: float = Field(ge=0, le=1)
    reason: Literal["setting", "header", "label", "talk", "alone"]


class SpeakerCheck(SpeakerRole):
    """A speaker with how much they say."""

    turns: int = Field(ge=0)
    words: int = Field(ge=0)


class QuestionCheck(Record):
    """An interviewer's question that may bend the answer: it leads, or it asks for solutions. `[start, end)` is in the canonical text."""

    kind: Literal["leading", "solution"]
    turn: int = Field(ge=0)
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str


class TranscriptCheck(Record):
    """What one interview of a file looks like.

    Attributes:
        duration_s: the last time code, where there are time codes.
        language: ISO 639-1; only English can be used.
        notes: what is odd about it.
        questions: the interviewer's questions that lead or ask for solutions.
        duplicate_of: id of the interview that says the same words and is counted in its place.
    """

    id: str
    speakers: tuple[SpeakerCheck, ...]
    turns: int = Field(ge=0)
    words: int = Field(ge=0)
    duration_s: float | None = None
    language: str = "en"
    notes: tuple[Note, ...] = ()
    questions: tuple[QuestionCheck, ...] = ()
    duplicate_of: str | None = None


class Check(Record):
    """What would be read from a file. `encoding` is None for formats that are not text; `problem` is set where it cannot be used."""

    name: str
    id: str
    format: str | None = None
    encoding: str | None = None
    size: int = Field(default=0, ge=0)
    transcripts: tuple[TranscriptCheck, ...] = ()
    problem: str | None = None


class Duplicate(Record):
    """A transcript with the same words as another one: `id` says what `kept` says."""

    id: str
    kept: str
