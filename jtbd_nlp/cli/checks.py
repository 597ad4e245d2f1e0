"""How `jtbd check` shows what it found: a table of speakers, then what a person should know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from jtbd_nlp.read import Check

#: ids of interviews that are named where a note is on several
_SHOWN: Final = 3


def show(checks: Sequence[Check]) -> None:
    """Print a row a speaker of every file that can be used, then notes and questions, on stdout."""
    readable = [check for check in checks if check.problem is None]
    table = Table("File", "Format", "Language", "Length", "Speaker", "Role", "Sure", "Words", header_style="bold", box=None, pad_edge=False)
    for check in readable:
        for transcript in check.transcripts:
            head = [escape(transcript.id), escape(_format(check)), transcript.language, _length(transcript.duration_s, transcript.words)]
            for speaker in transcript.speakers:
                table.add_row(*head, escape(speaker.speaker), speaker.role, f"{speaker.confidence:.0%}", str(speaker.words))
                head = ["", "", "", ""]
    console = Console(width=None if Console().is_terminal else 160, highlight=False)
    if readable:
        console.print(table)
    typer.echo(f"{len(readable)} of {len(checks)} files can be read; {sum(len(c.transcripts) for c in readable)} interviews.")
    for line in (line for check in readable for line in (*_notes(check), *_questions(check))):
        typer.echo(line)


def _notes(check: Check) -> Iterator[str]:
    """The notes on a file's interviews, of several with one kind of note the first."""
    kinds: dict[str, dict[str, list[str]]] = {}
    for transcript in check.transcripts:
        for note in transcript.notes:
            kinds.setdefault(note.code, {}).setdefault(transcript.id, []).append(note.message)
    for found in kinds.values():
        first, *others = found.values()
        for message in first:
            yield f"Note: {_where(check, list(found))}: {'' if all(other == first for other in others) else 'in the first: '}{message}"


def _questions(check: Check) -> Iterator[str]:
    """Questions that bend answers, each with its turn, or once where several interviews of a file are asked the same."""
    kinds: dict[tuple[str, str], dict[str, list[int]]] = {}
    for transcript in check.transcripts:
        for question in transcript.questions:
            asked = kinds.setdefault((question.kind, " ".join(question.text.split())), {})
            asked.setdefault(transcript.id, []).append(question.turn)
    for (kind, text), found in kinds.items():
        what = "leads the answer" if kind == "leading" else "asks for solutions"
        if len(found) > 1:
            yield f"Question {what}: {_where(check, list(found))}: {text}"
            continue
        for id, turns in found.items():
            yield from (f"Question {what}: {id}, turn {turn}: {text}" for turn in turns)


def _where(check: Check, ids: Sequence[str]) -> str:
    """An interview by its id, several of one file by how many they are, with the first ids."""
    if len(ids) == 1:
        return ids[0]
    more = ", ..." if len(ids) > _SHOWN else ""
    return f"{check.name}, {len(ids)} of {len(check.transcripts)} interviews ({', '.join(ids[:_SHOWN])}{more})"


def _format(check: Check) -> str:
    return f"{check.format or '?'} ({check.encoding})" if check.encoding else check.format or "?"


def _length(seconds: float | None, words: int) -> str:
    return f"{words} words" if seconds is None else f"{words} words, {int(seconds // 60)}:{int(seconds % 60):02}"
