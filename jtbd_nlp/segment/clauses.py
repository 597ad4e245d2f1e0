"""Where one turn's parsed text is cut: at sentences, and at clauses where a sentence says several things.

Cuts are chosen best first by the score of their joint (`joints`): in a stretch of ordinary length only likely ones, in a
long one also those that coders cut less often, and above `max_words` the best that there is.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from jtbd_nlp.schema import Span
from jtbd_nlp.segment.features import word_counts
from jtbd_nlp.segment.joints import NEVER, JointModels, joint_scores

if TYPE_CHECKING:
    from spacy.tokens import Doc

MIN_WORDS: Final = 4
MIN_SENTENCE_WORDS: Final = 2
LONG_WORDS: Final = 20
MAX_WORDS: Final = 40
#: log-odds from which a joint is cut, in a stretch of up to LONG_WORDS words and in a longer one
LIKELY: Final = -1.0
POSSIBLE: Final = -1.5


@dataclass(frozen=True, slots=True)
class _Cutter:
    """A parsed text with what deciding needs: scores of its joints, and words before each token."""

    doc: Doc
    scores: list[float]
    words: list[int]
    min_words: int
    max_words: int

    def divide(self, start: int, end: int) -> list[int]:
        """Cuts inside tokens [start, end), in order."""
        cuts, todo = [], [(start, end)]
        while todo:
            first, last = todo.pop()
            cut = self._best(first, last)
            if cut is not None:
                cuts.append(cut)
                todo += [(first, cut), (cut, last)]
        return sorted(cuts)

    def _best(self, start: int, end: int) -> int | None:
        length = self.words[end] - self.words[start]
        bar = NEVER if length > self.max_words else POSSIBLE if length > LONG_WORDS else LIKELY
        allowed = (i for i in range(start + 1, end) if self.scores[i] > bar and self._stands(start, i) and self._stands(i, end))
        return max(allowed, key=lambda i: (self.scores[i], -i), default=None)

    def _stands(self, start: int, end: int) -> bool:
        """Whether tokens [start, end) may be a segment: long enough, or a short sentence with its own full stop."""
        length = self.words[end] - self.words[start]
        return length >= self.min_words or (length >= MIN_SENTENCE_WORDS and self._is_sentence(start, end))

    def _is_sentence(self, start: int, end: int) -> bool:
        doc, last = self.doc, end - 1
        while last > start and (doc[last].is_quote or doc[last].is_space):
            last -= 1
        return bool(doc[start].is_sent_start) and doc[last].text[-1:] in ".!?…"


def clause_spans(doc: Doc, *, min_words: int = MIN_WORDS, max_words: int = MAX_WORDS, models: JointModels | None = None) -> list[Span]:
    """Segments of one parsed turn, in order, as exact slices of `doc.text` without surrounding white space.

    `doc` needs tags, parts of speech and dependencies. A segment has at least `min_words` words unless the whole turn is
    shorter or it is a punctuated sentence of two words or more. Nothing but white space lies between two segments.
    `models` score the joints; None is those that ship.
    """
    if not len(doc):
        return []
    words = word_counts(doc)
    cutter = _Cutter(doc, _lead_on(doc, joint_scores(doc, models), words), words, min_words, max_words)
    text, spans = doc.text, []
    edges = [0, *(doc[i].idx for i in cutter.divide(0, len(doc))), len(text)]
    for a, b in pairwise(edges):
        piece = text[a:b]
        start, end = a + len(piece) - len(piece.lstrip()), a + len(piece.rstrip())
        if start < end:
            spans.append(Span(start=start, end=end))
    return spans


def _lead_on(doc: Doc, scores: list[float], words: list[int]) -> list[float]:
    """Scores without cuts after a sentence that is too short to stand ("Yes."), which then goes with what follows it."""
    short = {sent.end for sent in doc.sents if words[sent.end] - words[sent.start] < MIN_SENTENCE_WORDS}
    return [NEVER if i in short else score for i, score in enumerate(scores)]
