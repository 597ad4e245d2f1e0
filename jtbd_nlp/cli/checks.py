"""How `jtbd check` shows what it found: a table of speakers, then what a person should know."""

from __future__ import annotations

from collections.abc import Sequence

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from jtbd_nlp.read import Check


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
    for check in readable:
        for transcript in check.transcripts:
            for note in transcript.notes:
                typer.echo(f"Note: {transcript.id}: {note.message}")
            for question in transcript.questions:
                what = "leads the answer" if question.kind == "leading" else "asks for solutions"
                typer.echo(f"Question {what}: {transcript.id}, turn {question.turn}: {' '.join(question.text.split())}")


def _format(check: Check) -> str:
    return f"{check.format or '?'} ({check.encoding})" if check.encoding else check.format or "?"


def _length(seconds: float | None, words: int) -> str:
    return f"{words} words" if seconds is None else f"{words} words, {int(seconds // 60)}:{int(seconds % 60):02}"
