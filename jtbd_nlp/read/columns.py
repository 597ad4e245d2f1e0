"""Rows and columns to interviews: turns (one a row), highlights (one a row, by participant), survey answers (one respondent a row)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read.pieces import Draft, Piece, RoleHint, Unreadable
from jtbd_nlp.read.times import clean, seconds
from jtbd_nlp.read.words import closed, folded

_TEXT: Final = closed(
    "text utterance quote quotes transcript content comment comments verbatim highlight excerpt statement message answer response said feedback sentence"
)
_SPEAKER: Final = closed("speaker who author role talker label from name")
_RESPONDENT: Final = closed("participant respondent interviewee customer user person")
_INTERVIEW: Final = closed("interview session transcript_id document file source recording conversation call note")
_TIME: Final = closed("time timestamp start timecode start_time time_code begin offset")
_ID: Final = closed("id respondent_id response_id participant_id respondent participant uuid key email user_id case number no")
_NOISE: Final = closed("id name title text label s")
#: The labels of a survey's two sides.
ASKED: Final = "Question"
ANSWERED: Final = "Respondent"
_HINTS: Final = (RoleHint(ASKED, "interviewer"), RoleHint(ANSWERED, "participant"))


@dataclass(frozen=True, slots=True)
class _Columns:
    text: int | None
    speaker: int | None
    respondent: int | None
    interview: int | None
    time: int | None


def drafts_of_rows(rows: Sequence[Sequence[str]], config: ReadConfig, *, format: str, encoding: str | None) -> tuple[Draft, ...]:
    """The interviews of a table whose first row names its columns.

    Raises:
        Unreadable: no column holds what people said, or a column named in the settings is not there.
    """
    filled = [list(row) for row in rows if any(cell.strip() for cell in row)]
    if len(filled) < 2:
        raise Unreadable("a table without rows below its header", "a row of names, then a row for each turn or answer", "Export it again")
    header, body = filled[0], filled[1:]
    columns = _columns(header, config)
    if columns.text is not None and (columns.speaker is not None or columns.respondent is not None):
        return _turns(body, columns, format, encoding)
    return _answers(header, body, columns, format, encoding)


def _columns(header: Sequence[str], config: ReadConfig) -> _Columns:
    names = [re.sub(r"[\W_]+", "_", folded(h)).strip("_") for h in header]

    def find(given: str | None, setting: str, usual: frozenset[str]) -> int | None:
        if given is not None:
            exact = [i for i, h in enumerate(header) if folded(h) == folded(given)]
            if not exact:
                raise Unreadable(f"no column {given!r}, which read.{setting} names", f"one of: {_shown(header)}", "Correct the setting")
            return exact[0]
        for i, name in enumerate(names):
            if name in usual:
                return i
        return next((i for i, name in enumerate(names) if len(w := set(name.split("_"))) <= 3 and w & usual and w <= usual | _NOISE), None)

    text = find(config.text_column, "text_column", _TEXT)
    speaker = find(config.speaker_column, "speaker_column", _SPEAKER)
    respondent = find(None, "", _RESPONDENT)
    interview = find(config.interview_column, "interview_column", _INTERVIEW)
    time = find(config.time_column, "time_column", _TIME)
    return _Columns(text, speaker, respondent, interview if interview != text else None, time)


def _shown(header: Sequence[str]) -> str:
    return ", ".join(h.strip() for h in header if h.strip())[:300]


def _cell(row: Sequence[str], column: int | None) -> str:
    return row[column].strip() if column is not None and column < len(row) else ""


def _turns(body: Sequence[Sequence[str]], columns: _Columns, format: str, encoding: str | None) -> tuple[Draft, ...]:
    """One turn or highlight a row; one interview a value of the interview column, else of the respondent's, else all rows."""
    apart = columns.interview if columns.interview is not None else columns.respondent if columns.speaker is None else None
    groups: dict[str, list[Piece]] = {}
    for row in body:
        clock = _cell(row, columns.time)
        start = seconds(clock) if ":" in clock else clean(clock or None)
        speaker = _cell(row, columns.speaker) or _cell(row, columns.respondent) or None
        groups.setdefault(_cell(row, apart), []).append(Piece(speaker, _cell(row, columns.text), start))
    keys = _keys(list(groups)) if apart is not None else [""]
    return tuple(
        Draft(pieces=tuple(pieces), key=key, format=format, encoding=encoding, hints=_telling(pieces) if columns.speaker is None else ())
        for key, pieces in zip(keys, groups.values(), strict=True)
        if any(p.text for p in pieces)
    )


def _telling(pieces: Sequence[Piece]) -> tuple[RoleHint, ...]:
    """Whose words are highlights answers."""
    return tuple(RoleHint(speaker, "participant") for speaker in sorted({p.speaker or "" for p in pieces}))


def _answers(
    header: Sequence[str], body: Sequence[Sequence[str]], columns: _Columns, format: str, encoding: str | None
) -> tuple[Draft, ...]:
    """One respondent a row; a column with sentences in it is a question."""
    questions = (
        [columns.text]
        if columns.text is not None
        else [i for i in range(len(header)) if _is_question(header[i], [_cell(r, i) for r in body])]
    )
    if not questions:
        raise Unreadable(
            f"a table of which no column holds what people said (its columns: {_shown(header)})",
            "a column with sentences",
            "Name it with read.text_column, and with read.speaker_column for turns",
        )
    names = [re.sub(r"[\W_]+", "_", folded(h)).strip("_") for h in header]
    by_name = next((i for i, n in enumerate(names) if n in _ID and i not in questions), None)
    keys = _keys([_cell(row, by_name) or str(number) for number, row in enumerate(body, 1)])
    drafts = []
    for key, row in zip(keys, body, strict=True):
        pieces: list[Piece] = []
        for i in questions:
            if answer := _cell(row, i):
                pieces += [Piece(ASKED, header[i].strip()), Piece(ANSWERED, answer)] if header[i].strip() else [Piece(ANSWERED, answer)]
        if pieces:
            drafts.append(Draft(pieces=tuple(pieces), key=key, format=format, encoding=encoding, hints=_HINTS))
    return tuple(drafts)


def _is_question(head: str, cells: Sequence[str]) -> bool:
    """Whether a column's filled cells are mostly talk: four words and more, or two and more below a header that asks."""
    said = [len(c.split()) for c in cells if c]
    least = 2 if head.strip().endswith("?") else 4
    return bool(said) and sum(n >= least for n in said) * 2 >= len(said)


def _keys(values: Sequence[str]) -> list[str]:
    """Keys that can stand in file names; those that repeat or are empty get their number among the rows.

    No two are the same to a file system that does not tell case or composition apart.
    """
    made = [re.sub(r"[^\w.-]+", "_", value).strip("._")[:60] for value in values]
    counts = Counter(map(_same, made))
    taken = {_same(k) for k in made if k and counts[_same(k)] == 1}
    keys = []
    for number, given in enumerate(made, 1):
        key = given
        while not key or (_same(key) in taken if key != given else counts[_same(key)] > 1):
            key = f"{key}_{number}".strip("_")
        taken.add(_same(key))
        keys.append(key)
    return keys


def _same(key: str) -> str:
    return unicodedata.normalize("NFC", key).casefold()
