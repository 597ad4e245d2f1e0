"""What a file is and what is odd about it, without running anything on it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.errors import InputError
from jtbd_nlp.read.api import drafts_of, read_bytes, transcripts_of
from jtbd_nlp.read.pieces import Draft, Unreadable
from jtbd_nlp.read.questions import bending_questions
from jtbd_nlp.read.records import Check, Source, SpeakerCheck, TranscriptCheck
from jtbd_nlp.read.roles import find_roles
from jtbd_nlp.schema import Note, Transcript

_FEW_WORDS = 150
_FEW_TURNS = 4


def check_source(source: Source, config: ReadConfig | None = None) -> Check:
    """What would be read from a file: format, encoding, speakers, roles, length, notes, and questions that bend answers.

    A file that cannot be used is a Check with `problem` set; nothing is raised for it.
    """
    config = config or ReadConfig()
    size = 0
    try:
        size = Path(source.path).stat().st_size
        data = read_bytes(source, config)
        drafts = drafts_of(data, source, config)
        transcripts = transcripts_of(drafts, source, config, hashlib.sha256(data).hexdigest())
    except OSError as error:
        return Check(
            name=source.name,
            id=source.id,
            size=size,
            problem=f"cannot be opened ({error.strerror or type(error).__name__}); check that it is there",
        )
    except Unreadable as error:
        return Check(name=source.name, id=source.id, size=size, problem=str(error))
    except InputError as error:
        return Check(name=source.name, id=source.id, size=size, problem=error.reason)
    first = drafts[0]
    return Check(
        name=source.name, id=source.id, format=first.format, encoding=first.encoding, size=size,
        transcripts=tuple(_checked(t, drafts, config) for t in transcripts),
    )  # fmt: skip


def _checked(transcript: Transcript, drafts: Sequence[Draft], config: ReadConfig) -> TranscriptCheck:
    turns, words = dict[str, int](), dict[str, int]()
    for turn in transcript.turns:
        turns[turn.speaker] = turns.get(turn.speaker, 0) + 1
        words[turn.speaker] = words.get(turn.speaker, 0) + len(transcript.turn_text(turn).split())
    hints = [h for d in drafts for h in d.hints]
    speakers = tuple(
        SpeakerCheck(**role.model_dump(), turns=turns[role.speaker], words=words[role.speaker])
        for role in find_roles(transcript, config, hints)
    )
    ends = [m.end_s for m in transcript.marks] + [t.time.end_s for t in transcript.turns if t.time]
    return TranscriptCheck(
        id=transcript.id, speakers=speakers, turns=len(transcript.turns), words=sum(words.values()), duration_s=max(ends, default=None),
        language=transcript.language, notes=(*transcript.notes, *_oddities(transcript, speakers)), questions=bending_questions(transcript),
    )  # fmt: skip


def _oddities(transcript: Transcript, speakers: Sequence[SpeakerCheck]) -> list[Note]:
    notes = []
    total = sum(s.words for s in speakers)
    if total < _FEW_WORDS or len(transcript.turns) < _FEW_TURNS:
        notes.append(Note(code="short", message=f"only {len(transcript.turns)} turn(s) and {total} words"))
    asked = sum(s.words for s in speakers if s.role == "interviewer")
    if asked * 2 > total:
        notes.append(Note(code="interviewer_talks_most", message=f"the interviewer says {100 * asked // total} % of the words"))
    if not any(s.role == "interviewer" for s in speakers):
        notes.append(Note(code="no_interviewer", message="nobody asks: a monologue, or roles that should be set by hand"))
    if not any(s.role != "interviewer" for s in speakers):
        notes.append(Note(code="no_participant", message="nobody answers: set the roles by hand"))
    unsure = [s for s in speakers if s.confidence < 0.8 and s.role != "unknown"]
    if unsure:
        notes.append(Note(code="role_unsure", message=f"the role of {len(unsure)} speaker(s) is not sure"))
    return notes
