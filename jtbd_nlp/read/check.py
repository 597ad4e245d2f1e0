"""What a file is and what is odd about it, without running anything on it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read.api import drafts_of, id_of, read_bytes, transcripts_of
from jtbd_nlp.read.duplicates import alike, fingerprint
from jtbd_nlp.read.overrides import settings_for
from jtbd_nlp.read.pieces import RoleHint, Unreadable, unopened
from jtbd_nlp.read.questions import bending_questions
from jtbd_nlp.read.records import Check, Source, SpeakerCheck, TranscriptCheck
from jtbd_nlp.read.roles import find_roles
from jtbd_nlp.schema import Note, Transcript

_FEW_WORDS = 150
_FEW_TURNS = 4


def check_sources(sources: Iterable[Source], config: ReadConfig | None = None) -> tuple[Check, ...]:
    """What `check_source` says of each file, and which of their interviews are there twice (`duplicate_of`)."""
    said: dict[str, str] = {}
    checks = [_check(source, config or ReadConfig(), said) for source in sources]
    kept = {d.id: d.kept for d in alike(said)}
    return tuple(check.model_copy(update={"transcripts": tuple(_told_apart(t, kept) for t in check.transcripts)}) for check in checks)


def check_source(source: Source, config: ReadConfig | None = None) -> Check:
    """What would be read from a file: format, encoding, speakers, roles, length, notes, and questions that bend answers.

    A file that cannot be used is a Check with `problem` set; nothing is raised for it.
    """
    return _check(source, config or ReadConfig(), {})


def _check(source: Source, config: ReadConfig, said: dict[str, str]) -> Check:
    """Check a file; the fingerprints of its interviews are added to `said`."""
    config = settings_for(source, config)
    size = 0
    try:
        size = Path(source.path).stat().st_size
        data = read_bytes(source, config)
        drafts = drafts_of(data, source, config)
        transcripts = transcripts_of(drafts, source, config, hashlib.sha256(data).hexdigest())
    except OSError as error:
        return Check(name=source.name, id=source.id, size=size, problem=str(unopened(error)))
    except Unreadable as error:
        return Check(name=source.name, id=source.id, size=size, problem=str(error))
    said |= {t.id: words for t in transcripts if (words := fingerprint(t)) is not None}
    first, hints = drafts[0], {id_of(draft, source): draft.hints for draft in drafts}
    return Check(
        name=source.name, id=source.id, format=first.format, encoding=first.encoding, size=size,
        transcripts=tuple(_checked(t, hints[t.id], config) for t in transcripts),
    )  # fmt: skip


def _told_apart(transcript: TranscriptCheck, kept: Mapping[str, str]) -> TranscriptCheck:
    if transcript.id not in kept:
        return transcript
    note = Note(code="duplicate", message=f"says the same words as {kept[transcript.id]}; a run counts it once")
    return transcript.model_copy(update={"duplicate_of": kept[transcript.id], "notes": (*transcript.notes, note)})


def _checked(transcript: Transcript, hints: Sequence[RoleHint], config: ReadConfig) -> TranscriptCheck:
    turns, words = dict[str, int](), dict[str, int]()
    for turn in transcript.turns:
        turns[turn.speaker] = turns.get(turn.speaker, 0) + 1
        words[turn.speaker] = words.get(turn.speaker, 0) + len(transcript.turn_text(turn).split())
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
    unsure = [s for s in speakers if s.confidence < 0.8 and s.role != "unknown"]
    if unsure:
        notes.append(Note(code="role_unsure", message=f"the role of {len(unsure)} speaker(s) is not sure"))
    return notes
