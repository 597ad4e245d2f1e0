"""Files and texts to transcripts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.errors import InputError
from jtbd_nlp.read.build import transcript_of
from jtbd_nlp.read.layouts import draft_of_text
from jtbd_nlp.read.overrides import settings_for
from jtbd_nlp.read.pieces import Draft, Unreadable, nobody_speaks, over_limit, unopened
from jtbd_nlp.read.records import Source
from jtbd_nlp.read.registry import reader_of
from jtbd_nlp.read.sniff import kind_of
from jtbd_nlp.schema import Note, Transcript


def read_source(source: Source, config: ReadConfig | None = None) -> tuple[Transcript, ...]:
    """Read one file: one transcript, or several where a file holds several (a table has one a row).

    Raises:
        InputError: the file cannot be used; the reason says why and what to do. Bytes that are broken raise nothing else.
    """
    config = settings_for(source, config or ReadConfig())
    try:
        data = read_bytes(source, config)
        return transcripts_of(drafts_of(data, source, config), source, config, hashlib.sha256(data).hexdigest())
    except Unreadable as error:
        raise InputError(source.name, str(error)) from error.__cause__


def transcripts_of(drafts: Sequence[Draft], source: Source, config: ReadConfig, digest: str) -> tuple[Transcript, ...]:
    """The transcripts of a file's drafts. Of several, those that cannot be used are left out and counted in a note on the first.

    Raises:
        Unreadable: none can be used, or there are more than `config.max_interviews`, or they have more turns in all than `config.max_lines`.
    """
    if len(drafts) > config.max_interviews:
        raise over_limit(f"a file of {len(drafts):,} interviews", "max_interviews", config.max_interviews, "interviews")
    if len(drafts) > 1 and (turns := sum(len(draft.pieces) for draft in drafts)) > config.max_lines:
        raise over_limit(f"a file of {turns:,} questions and answers", "max_lines", config.max_lines, "lines")
    made: list[Transcript] = []
    failed: list[Unreadable] = []
    for draft in drafts:
        try:
            made.append(transcript_of(draft, config, id=id_of(draft, source), source=source.name, source_sha256=digest))
        except Unreadable as error:
            failed.append(error)
    if not made:
        raise failed[0] if failed else nobody_speaks()
    if failed:
        note = Note(
            code="rows_left_out",
            message=f"{len(failed)} of {len(drafts)} interviews in this file were left out; the first because: {failed[0]}",
        )
        made[0] = made[0].model_copy(update={"notes": (*made[0].notes, note)})
    return tuple(made)


def id_of(draft: Draft, source: Source) -> str:
    """The id of a draft's transcript: its file's, with its key where the file holds several."""
    return f"{source.id}__{draft.key}" if draft.key else source.id


def read_bytes(source: Source, config: ReadConfig) -> bytes:
    """The bytes of a file, within the limit.

    Raises:
        Unreadable: it cannot be opened, or is too big.
    """
    try:
        with Path(source.path).open("rb") as file:
            data = file.read(config.max_bytes + 1)
    except OSError as error:
        raise unopened(error) from error
    if len(data) > config.max_bytes:
        raise over_limit("a file of more bytes", "max_bytes", config.max_bytes, "bytes")
    return data


def drafts_of(data: bytes, source: Source, config: ReadConfig) -> tuple[Draft, ...]:
    """The interviews in a file's bytes.

    Raises:
        Unreadable: there is none that can be used.
    """
    drafts = reader_of(kind_of(data, source.name, config))(data, config)
    if not drafts:
        raise nobody_speaks()
    return drafts


def transcript_from_text(text: str, *, id: str = "interview", config: ReadConfig | None = None) -> Transcript:
    """A transcript from a text with `Speaker: text` lines, as if it had been read from a plain text file.

    Args:
        text: the interview; it becomes the canonical text, unchanged, unless a line with name and time stands above each turn.
        id: the id of the transcript.
        config: reading settings.

    Raises:
        InputError: nobody can be told to speak, or the talk is not in English, or it is too long.
    """
    config = config or ReadConfig()
    try:
        draft = draft_of_text(text, config, format="text", encoding=None)
        return transcript_of(draft, config, id=id)
    except Unreadable as error:
        raise InputError(id, str(error)) from error.__cause__
