"""Text, Word and other files to drafts: labels before the talk, or a line with the speaker above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read.headers import headed, named
from jtbd_nlp.read.labels import lines_of
from jtbd_nlp.read.pieces import Draft, Piece, Unreadable, over_limit
from jtbd_nlp.read.plain import Labelled, find_turns

_TRANSCRIPT_HEADING = re.compile(r"\W{0,6}(?:full |verbatim |meeting )?transcript\W{0,6}$", re.IGNORECASE)
_BREAKS: Final = "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"


def draft_of_text(text: str, config: ReadConfig, *, format: str, encoding: str | None) -> Draft:
    """A text file as a draft. With labels on the lines of the talk it stays as it is, to the letter.

    Raises:
        Unreadable: nobody can be told to speak, or it is too long.
    """
    check_length(text, config)
    pieces = headed(text)
    labelled = Labelled() if pieces else _labels_in(text, config)
    if not pieces and not labelled.marked:
        pieces = named(text)
    if pieces:
        return Draft(pieces=ended(pieces), format=format, encoding=encoding)
    _refuse_silence(labelled)
    return Draft(text=text, marked=labelled.marked, format=format, encoding=encoding, notes=labelled.notes, hints=labelled.hints)


def draft_of_paragraphs(paragraphs: Sequence[str], config: ReadConfig, *, format: str) -> Draft:
    """Paragraphs of a word processor, a web page or a PDF as a draft.

    Raises:
        Unreadable: nobody can be told to speak, or it is too long.
    """
    whole = "\n".join(paragraphs)
    check_length(whole, config)
    draft = draft_of_text(_after_heading(whole, config), config, format=format, encoding=None)
    if draft.text is None:
        return draft
    text = draft.text
    found = tuple(Piece(m.speaker, text[m.start : m.end], m.start_s) for m in draft.marked)
    return replace(draft, text=None, marked=(), pieces=ended(found))


def ended(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """A piece ends when the next one begins, where both times are known."""
    nexts: list[Piece | None] = [*pieces[1:], None][: len(pieces)]
    return tuple(
        replace(p, end_s=n.start_s) if p.start_s is not None and n is not None and n.start_s is not None and n.start_s >= p.start_s else p
        for p, n in zip(pieces, nexts, strict=True)
    )


def check_length(text: str, config: ReadConfig) -> None:
    """
    Raises:
        Unreadable: a text has more characters or lines than the settings allow.
    """
    if len(text) > config.max_chars:
        raise too_long(len(text), config)
    lines = sum(map(text.count, _BREAKS))
    if lines > config.max_lines:
        raise over_limit(f"a text of {lines:,} lines", "max_lines", config.max_lines, "lines")


def too_long(length: int, config: ReadConfig) -> Unreadable:
    """The error for a text of so many characters."""
    return over_limit(f"a text of {length:,} characters", "max_chars", config.max_chars, "characters")


def _after_heading(text: str, config: ReadConfig) -> str:
    """What comes after a line that says "Transcript", where people speak there: notes and summaries above it are not speech."""
    headings = [line for line in lines_of(text) if line.end - line.start <= 40 and _TRANSCRIPT_HEADING.match(text, line.start, line.end)]
    for line in (headings[-1:] + headings[:1])[:2]:
        rest = text[line.end :]
        if headed(rest) or _labels_in(rest, config).marked:
            return rest
    return text


def _labels_in(text: str, config: ReadConfig) -> Labelled:
    return find_turns(text, (*config.interviewers, *config.participants))


def _refuse_silence(labelled: Labelled) -> None:
    if labelled.silent:
        raise Unreadable("labels alone: nobody says anything in it", "words after the labels", "Export it again, or leave it out")
    if not labelled.marked:
        raise Unreadable(
            "no speakers found",
            "lines such as 'Anna: ...', or a line with name and time above the words",
            "Add labels, or name the speakers with --interviewer and --participant",
        )
