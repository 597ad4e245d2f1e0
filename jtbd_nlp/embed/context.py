"""A statement heard in its place: its own words, the question it answers, and the talk around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from jtbd_nlp.embed.base import TextEmbedder
from jtbd_nlp.schema.arrays import Embeddings
from jtbd_nlp.schema.statement import Statement
from jtbd_nlp.schema.transcript import Transcript

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: how much of a turn is heard around a statement, and of a question from its end, in code points
AROUND, QUESTION = 400, 300


class ContextEmbedder:
    """Weighted sum of three vectors, scaled to norm 1: the statement's text; the question before it with the text; its turn.

    "Yes, very much" after "Were you worried it would break?" is so told from the same words elsewhere. A statement at the same place of
    the same transcript always has the same vector; equal texts at different places need not. Each distinct text of a transcript is encoded
    once, and none for a weight of zero.
    """

    def __init__(self, inner: TextEmbedder, question_weight: float, turn_weight: float) -> None:
        self._inner = inner
        self._question_weight = question_weight
        self._turn_weight = turn_weight

    @property
    def name(self) -> str:
        """Which weights, and how much context."""
        return f"{self._inner.name}+q{self._question_weight:g}+t{self._turn_weight:g}"

    @property
    def width(self) -> int:
        """Length of a vector."""
        return self._inner.width

    def embed(self, transcript: Transcript, statements: Sequence[Statement]) -> Embeddings:
        """Vectors of `statements`, in their order. Shape: (n_statements, width), float32, rows of norm 1."""
        import numpy as np

        seen: dict[str, NDArray[np.float32]] = {}

        def heard(text: str) -> NDArray[np.float64]:
            if text not in seen:
                seen[text] = self._inner.encode(text)
            return seen[text].astype(np.float64)

        vectors = np.zeros((len(statements), self.width), dtype=np.float32)
        for row, statement in enumerate(statements):
            whole = heard(statement.text)
            if self._question_weight:
                question = question_before(transcript, statement)
                whole += self._question_weight * heard(f"{question} {statement.text}" if question else statement.text)
            if self._turn_weight:
                whole += self._turn_weight * heard(around(transcript, statement))
            vectors[row] = (whole / max(float(np.linalg.norm(whole)), 1e-12)).astype(np.float32)
        return Embeddings(ids=tuple(s.id for s in statements), vectors=vectors)


def question_before(transcript: Transcript, statement: Statement) -> str:
    """The end of the last turn before the statement's own that somebody else speaks; empty where there is none."""
    for turn in reversed(transcript.turns[: statement.turn]):
        if turn.speaker != statement.speaker:
            return transcript.turn_text(turn)[-QUESTION:]
    return ""


def around(transcript: Transcript, statement: Statement) -> str:
    """The statement's turn, cut where it reaches further than `AROUND` to either side."""
    if statement.turn >= len(transcript.turns):
        return statement.text
    turn = transcript.turns[statement.turn]
    return transcript.text[max(turn.start, statement.start - AROUND) : min(turn.end, statement.end + AROUND)]
