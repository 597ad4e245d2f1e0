"""The fast tagger: hashed words of a segment and of what was said before it, one row of weights a word. No transformer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from jtbd_nlp.errors import ModelError
from jtbd_nlp.schema import Segment, Statement, Transcript
from jtbd_nlp.tag.decode import Run, Scores, tag_with
from jtbd_nlp.tag.meta import TaggerMeta

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BUCKETS = 1 << 16
_WORD = re.compile(r"\w+(?:['’]\w+)*|[?!]")
_QUESTION_WORDS = 12


def features(transcript: Transcript, segments: Sequence[Segment]) -> list[list[int]]:
    """Hashed features of each segment: its words, pairs of words and stems; stems of the segment before in its turn and of the last question."""
    out: list[list[int]] = []
    question: list[str] = []
    before: list[str] = []
    turn, heard = -1, 0
    for segment in segments:
        while heard < segment.turn:
            if transcript.turns[heard].role == "interviewer":
                question = _words(transcript.turn_text(transcript.turns[heard]))[-_QUESTION_WORDS:]
            heard += 1
        words = _words(segment.text)
        same = segment.turn == turn
        names = {*words, *(f"{a} {b}" for a, b in zip(["<", *words], [*words, ">"], strict=True)), *(f"~{w[:5]}" for w in words)}
        names |= {f"p~{w[:5]}" for w in before} if same else {"first"}
        names |= {f"q~{w[:5]}" for w in question}
        names.add(f"n{min(len(words) // 4, 6)}")
        out.append(sorted({crc32(name.encode()) % BUCKETS for name in names}))
        turn, before = segment.turn, words
    return out


def _words(text: str) -> list[str]:
    return [w.lower().replace("’", "'") for w in _WORD.findall(text)]


class LinearTagger:
    """Sums the weights of a segment's features: thousands of segments a second."""

    def __init__(
        self, weights: NDArray[np.float32], bias: NDArray[np.float32], meta: TaggerMeta, operating_point: str = "balanced"
    ) -> None:
        """
        Args:
            weights: (BUCKETS, 30 and one a label of one's own), the columns of `decode`.
            bias: (30 and one a label of one's own,).
            meta: The tagger's meta.json.
            operating_point: Which thresholds decide.
        """
        meta.point(operating_point)
        self.meta = meta
        self.operating_point = operating_point
        self._weights = weights
        self._bias = bias

    def scores(self, transcript: Transcript, segments: Sequence[Segment]) -> Scores:
        """Logits of every segment that is not an interviewer's."""
        rows: dict[Run, Sequence[float]] = {}
        heard = [i for i, s in enumerate(segments) if transcript.turns[s.turn].role != "interviewer"]
        for i, found in zip(heard, features(transcript, [segments[i] for i in heard]), strict=True):
            rows[Run(i, i + 1)] = (self._weights[found].sum(axis=0) / len(found) ** 0.5 + self._bias).tolist()
        return Scores(rows)

    def tag(self, transcript: Transcript, segments: Sequence[Segment]) -> tuple[Statement, ...]:
        """Statements of one transcript, sorted by place, without overlap. Segments may come in any order."""
        return tag_with(self.scores, transcript, segments, self.meta, self.operating_point)


def load_linear(folder: Path, operating_point: str) -> LinearTagger:
    """Load a fast tagger from its folder (`weights.npz`, `meta.json`).

    Raises:
        ModelError: something is missing or damaged.
    """
    import numpy as np

    meta = TaggerMeta.load(folder)
    try:
        with np.load(folder / "weights.npz", allow_pickle=False) as stored:
            weights: Any = stored["weights"].astype(np.float32) * stored["scale"].astype(np.float32)
            bias = stored["bias"].astype(np.float32)
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(
            f"Got no usable weights in {folder} ({type(error).__name__}). Expected weights.npz; install or train it again."
        ) from error
    if weights.shape != (BUCKETS, meta.width) or bias.shape != (meta.width,):
        raise ModelError(
            f"Got weights of shape {weights.shape} in {folder}; expected ({BUCKETS}, {meta.width}). Install or train it again."
        )
    return LinearTagger(weights, bias, meta, operating_point)
