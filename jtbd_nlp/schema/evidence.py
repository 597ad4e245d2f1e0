"""Proof: where in which interview somebody said it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from pydantic import Field

from jtbd_nlp.schema.base import Record
from jtbd_nlp.schema.statement import Statement
from jtbd_nlp.schema.transcript import Transcript


class Evidence(Record):
    """A verbatim quote and where it stands: `transcripts/<transcript>.txt`, code points `[start, end)`, text of that sha256."""

    transcript: str
    sha256: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    quote: str
    time: tuple[float, float] | None = None
    #: the statement that the quote is (part of), where it is one
    statement: str | None = None

    @classmethod
    def of(cls, statement: Statement, sha256: str) -> Self:
        """The whole of a statement as evidence; `sha256` is of its transcript's canonical text."""
        return cls(
            transcript=statement.transcript,
            sha256=sha256,
            start=statement.start,
            end=statement.end,
            quote=statement.text,
            time=statement.time,
            statement=statement.id,
        )


class Quoted(Record):
    """A text that is shown to people, with the words that it comes from."""

    text: str
    evidence: tuple[Evidence, ...]


class Quoter:
    """Makes Evidence: knows the sha256 of every transcript's canonical text."""

    def __init__(self, sha256: Mapping[str, str]) -> None:
        self._sha256 = dict(sha256)

    @classmethod
    def over(cls, transcripts: tuple[Transcript, ...]) -> Self:
        """A quoter over these transcripts."""
        return cls({t.id: t.sha256 for t in transcripts})

    def evidence(self, statement: Statement) -> Evidence:
        """The whole statement as evidence."""
        return Evidence.of(statement, self._sha256[statement.transcript])

    def quoted(self, statement: Statement) -> Quoted:
        """The statement's own words, proved by themselves."""
        return Quoted(text=statement.text, evidence=(self.evidence(statement),))

    def part(self, statement: Statement, start: int, end: int) -> Evidence:
        """`statement.text[start:end]` as evidence."""
        return self.evidence(statement).model_copy(
            update={"start": statement.start + start, "end": statement.start + end, "quote": statement.text[start:end]}
        )
