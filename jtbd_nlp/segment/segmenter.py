"""The segmenter: turns to pieces, pieces through the parser, parses to clauses, clauses to segments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from jtbd_nlp.parser import language_lock, load_parser
from jtbd_nlp.schema import Segment, Transcript
from jtbd_nlp.segment.clauses import clause_spans
from jtbd_nlp.segment.pieces import pieces

if TYPE_CHECKING:
    from jtbd_nlp.config import SegmentConfig

_LONE_I: Final = re.compile(r"\bi\b")
_UNUSED: Final = ["lemmatizer"]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Code points [start, start + len(text)) of the transcript, in one turn."""

    turn: int
    start: int
    text: str


class ClauseSegmenter:
    """Cuts transcripts with spaCy's parser. Holds no text: what it gives depends on the transcript and the config alone."""

    def __init__(self, config: SegmentConfig) -> None:
        self._config = config

    def segment(self, transcript: Transcript) -> tuple[Segment, ...]:
        """Segments of every turn whose role is not interviewer, in order, without overlap.

        Raises:
            ModelError: the parser is missing or cannot be read.
        """
        found = []
        todo = [
            _Piece(turn.index, turn.start + span.start, transcript.text[turn.start + span.start : turn.start + span.end])
            for turn in transcript.turns
            if turn.role != "interviewer"
            for span in pieces(transcript.turn_text(turn))
        ]
        if not todo:
            return ()
        # One Language serves the whole process and must not run twice at once. The memory zone drops the words that
        # this transcript added to the vocabulary, so that a long-running process does not grow.
        with language_lock:
            nlp = load_parser()
            with nlp.memory_zone():
                docs = nlp.pipe([parsable(piece.text) for piece in todo], disable=_UNUSED)
                for piece, doc in zip(todo, docs, strict=True):
                    for span in clause_spans(doc, min_words=self._config.min_words, max_words=self._config.max_words):
                        a, b = piece.start + span.start, piece.start + span.end
                        found.append(Segment(transcript=transcript.id, turn=piece.turn, start=a, end=b, text=transcript.text[a:b]))
        return tuple(found)


def parsable(text: str) -> str:
    """The text as the parser knows English best, code point for code point: a lone "i" as "I", capitals throughout as lower case."""
    letters = [c for c in text if c.isalpha()]
    if len(letters) > 20 and sum(c.isupper() for c in letters) > 0.8 * len(letters):
        lowered = text.lower()
        text = lowered if len(lowered) == len(text) else text
    return _LONE_I.sub("I", text)
