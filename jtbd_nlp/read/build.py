"""Drafts to transcripts: the canonical text, its turns, and when each stretch was said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read.decode import without_surrogates
from jtbd_nlp.read.language import language_note, language_of
from jtbd_nlp.read.layouts import too_long
from jtbd_nlp.read.pieces import NOBODY, Draft, Marked, Piece, Unreadable, nobody_speaks
from jtbd_nlp.read.records import SpeakerRole
from jtbd_nlp.read.roles import find_roles
from jtbd_nlp.read.talk import TurnText
from jtbd_nlp.schema import Note, TimeMark, TimeRange, Transcript, Turn

_BREAKS = re.compile(r"[ \t]*[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+[ \t]*")


@dataclass(frozen=True, slots=True)
class _Layout:
    text: str
    marked: tuple[Marked, ...]
    marks: tuple[TimeMark, ...]


def transcript_of(draft: Draft, config: ReadConfig, *, id: str, source: str = "", source_sha256: str = "") -> Transcript:
    """Make the transcript of a draft.

    Raises:
        Unreadable: nobody says anything in it, or not in English, or it is longer than `config.max_chars`.
    """
    layout = _in_place(draft) if draft.text is not None else _laid_out(draft.pieces)
    if len(layout.text) > config.max_chars:
        raise too_long(len(layout.text), config)
    if not any(_has_word(layout.text[m.start : m.end]) for m in layout.marked):
        raise nobody_speaks()
    notes = list(draft.notes)
    said = [layout.text[m.start : m.end] for m in layout.marked]
    language = language_of(said, draft.language)
    if not language.supported:
        raise Unreadable(f"language {language.code!r} is not supported", "an interview in English", "Translate it first")
    if note := language_note(said):
        notes.append(note)
    roles = {
        r.speaker: r for r in find_roles([TurnText(m.speaker, s) for m, s in zip(layout.marked, said, strict=True)], config, draft.hints)
    }
    notes.extend(_role_notes(list(roles.values()), in_a_table=bool(draft.key)))
    turns = tuple(
        Turn(index=i, speaker=m.speaker, role=roles[m.speaker].role, start=m.start, end=m.end, time=time)
        for i, (m, time) in enumerate(zip(layout.marked, _times(layout), strict=True))
    )
    return Transcript(
        id=id, text=layout.text, turns=turns, source=source, format=draft.format, language="en", marks=layout.marks,
        notes=tuple(sorted(set(notes), key=lambda n: (n.code, n.message))), source_sha256=source_sha256,
    )  # fmt: skip


def _role_notes(roles: Sequence[SpeakerRole], *, in_a_table: bool) -> list[Note]:
    """What a person should know of the roles. A row of a table has the roles that its columns give it."""
    found = {r.role for r in roles}
    if "unknown" in found:
        count = sum(r.role == "unknown" for r in roles)
        message = f"{count} speaker(s) of unclear role, treated as participants; name interviewers by hand if that is wrong"
        return [Note(code="role_unknown", message=message)]
    if in_a_table:
        return []
    if found == {"participant"}:
        if len(roles) == 1:
            return [Note(code="monologue", message="one speaker alone, taken as a participant; questions, if any, count as what they say")]
        return [Note(code="no_interviewer", message="nobody asks; name the interviewer by hand if there is one")]
    if found == {"interviewer"}:
        return [Note(code="no_participant", message="nobody answers, so nothing can be coded; name a participant by hand")]
    return []


def _has_word(text: str) -> bool:
    return any(c.isalnum() for c in text)


def _in_place(draft: Draft) -> _Layout:
    return _Layout(without_surrogates(draft.text or ""), tuple(m for m in draft.marked if m.start < m.end), ())


def one_line(text: str) -> str:
    """A text on one line: line breaks become spaces, nothing else changes but the white space at the ends."""
    if text.isprintable():  # neither breaks nor halves of characters in it
        return text.strip()
    return _BREAKS.sub(" ", without_surrogates(text)).strip()


def _laid_out(pieces: Sequence[Piece]) -> _Layout:
    """One `Speaker: text` line a turn. Pieces of one speaker in a row are one turn; each keeps its time."""
    lines: list[str] = []
    marked: list[Marked] = []
    marks: list[TimeMark] = []
    at = began = 0
    began_s: float | None = None
    speaker = talking = NOBODY
    for piece in pieces:
        text = one_line(piece.text)
        if piece.speaker is not None:
            speaker = one_line(piece.speaker).rstrip(":： ") or NOBODY
        if not text:
            continue
        if lines and speaker == talking:
            head = " "
        else:
            if lines:
                marked.append(Marked(talking, began, at, began_s))
            head = f"\n{speaker}: " if lines else f"{speaker}: "
            talking, began, began_s = speaker, at + len(head), piece.start_s
        lines += (head, text)
        at += len(head)
        if piece.start_s is not None:
            end_s = piece.end_s if piece.end_s is not None else piece.start_s
            marks.append(TimeMark(start=at, end=at + len(text), start_s=piece.start_s, end_s=max(end_s, piece.start_s)))
        at += len(text)
    if lines:
        marked.append(Marked(talking, began, at, began_s))
        lines.append("\n")
    return _Layout("".join(lines), tuple(marked), tuple(marks))


def _times(layout: _Layout) -> list[TimeRange | None]:
    """When each turn was said: from its marks; else from its own time code to the next one's."""
    if layout.marks:
        return _times_of_marks(layout)
    starts = [m.start_s for m in layout.marked]
    times: list[TimeRange | None] = [None] * len(starts)
    following: float | None = None
    for i in range(len(starts) - 1, -1, -1):
        start = starts[i]
        if start is not None:
            times[i] = TimeRange(start_s=start, end_s=following if following is not None and following >= start else start)
            following = start
    return times


def _times_of_marks(layout: _Layout) -> list[TimeRange | None]:
    times: list[TimeRange | None] = []
    i = 0
    for turn in layout.marked:
        inside = []
        while i < len(layout.marks) and layout.marks[i].start < turn.end:
            inside.append(layout.marks[i])
            i += 1
        times.append(TimeRange(start_s=min(m.start_s for m in inside), end_s=max(m.end_s for m in inside)) if inside else None)
    return times
