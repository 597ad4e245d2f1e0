"""A segment (or neighbouring segments) that carries tags."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from jtbd_nlp.errors import SchemaError
from jtbd_nlp.schema.base import Record, content_id
from jtbd_nlp.schema.labels import Dimension, Phase, Stage, Tag


def statement_id(transcript: str, start: int, end: int) -> str:
    """Id of the statement at `[start, end)` of a transcript: the same in every run that finds it there."""
    return content_id("s", (transcript, str(start), str(end)))


class Statement(Record):
    """A stretch of one participant's words with what a coder would say of it.

    Attributes:
        start, end: code points into the transcript's canonical text, half open; `text` is exactly that slice.
        tags: the tags decided at the operating point, each with its calibrated probability in [0, 1].
        labels: the user's own labels decided at the operating point, each with its calibrated probability; only from a tagger that was
            trained on them, and not written where there is none. A statement with labels may have no tag: themes, stories and jobs pass it by.
        scores: probability of all eleven tags. Empty where people coded the statement.
        undecided: tags on which the tagger abstained: neither yes nor no is safe.
        dimension: for forces and outcomes; stage: point of the buying timeline; phase: of a step.
        themes: tag to id of the theme that the statement is in, for tags that have one.
        time: `[start_s, end_s]`, seconds in the recording, or None.
    """

    id: str
    transcript: str
    turn: int = Field(ge=0)
    speaker: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str
    tags: dict[Tag, float]
    labels: dict[str, float] = Field(default_factory=dict, exclude_if=lambda labels: not labels)
    scores: dict[Tag, float] = Field(default_factory=dict)
    undecided: tuple[Tag, ...] = ()
    dimension: Dimension | None = None
    stage: Stage | None = None
    phase: Phase | None = None
    themes: dict[Tag, str] = Field(default_factory=dict)
    time: tuple[float, float] | None = None

    @model_validator(mode="after")
    def _span_fits(self) -> Self:
        if self.end - self.start != len(self.text) or not self.text:
            raise SchemaError(
                f"Got statement {self.id} with span [{self.start}, {self.end}) and a text of {len(self.text)} code points; "
                "expected a text that is not empty and exactly the slice of that span."
            )
        return self
