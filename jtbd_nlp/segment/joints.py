"""How likely a coder's statement is to start or end at each joint of a parsed text: two linear models, fitted on coded interviews."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jtbd_nlp.errors import ModelError
from jtbd_nlp.segment.features import joint_features, word_counts

if TYPE_CHECKING:
    from spacy.tokens import Doc

FORMAT: Final = 1
NEVER: Final = -math.inf
LEADING: Final = frozenset({"and", "but", "so", "or", "because", "cause", "cos", "then", "yet", "although", "though", "whereas"})
_WEIGHTS: Final = Path(__file__).with_name("joints.json")
_ENDS: Final = frozenset(".?!…;")
#: a text with fewer marks than one in so many words is taken for speech that nobody punctuated; a comma is half a mark
_WORDS_A_MARK: Final = 30


@dataclass(frozen=True)
class JointModel:
    """A logistic model: the score of a joint is `bias` plus the weights of its features (a log-odds)."""

    bias: float
    weights: Mapping[str, float]

    def score(self, features: list[str]) -> float:
        """Log-odds that a statement starts or ends here. A feature that was not fitted weighs nothing."""
        return self.bias + sum(self.weights.get(name, 0.0) for name in dict.fromkeys(features))


@dataclass(frozen=True)
class JointModels:
    """One model for texts with punctuation, one for speech without."""

    written: JointModel
    spoken: JointModel


def joint_scores(doc: Doc, models: JointModels | None = None) -> list[float]:
    """The score of the joint before each token; `NEVER` where a text cannot be cut (the first token, punctuation, white space).

    `models`: None is those that ship.
    """
    models = models or load_joints()
    model = models.spoken if is_spoken(doc) else models.written
    scores = [
        NEVER if token.i == 0 or token.is_punct or token.is_space or not _apart(doc, token.i) else model.score(features)
        for token, features in zip(doc, joint_features(doc), strict=True)
    ]
    # Coders leave out a leading "and" or "but", which would then end the segment before: it goes with what it leads.
    for i in range(len(doc) - 1, 1, -1):
        if doc[i - 1].lower_ in LEADING and scores[i] > scores[i - 1] > NEVER:
            scores[i - 1], scores[i] = scores[i], NEVER
    return scores


def is_spoken(doc: Doc) -> bool:
    """Whether a text is speech without punctuation, in which the parser finds few of the sentences."""
    marks = sum(1.0 if token.text[-1:] in _ENDS else 0.5 if token.text == "," else 0.0 for token in doc)
    return marks * _WORDS_A_MARK < word_counts(doc)[-1]


@cache
def load_joints() -> JointModels:
    """The models that ship.

    Raises:
        ModelError: the file is damaged or of another format.
    """
    try:
        data = json.loads(_WEIGHTS.read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            raise ModelError(f"Got joints of format {data['format']}; this version reads {FORMAT}. Install the package again.")
        return JointModels(*(JointModel(data[kind]["bias"], data[kind]["weights"]) for kind in ("written", "spoken")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"Got an unreadable {_WEIGHTS.name} ({type(error).__name__}: {error}). Install the package again.") from error


def _apart(doc: Doc, i: int) -> bool:
    """Whether something lies between token `i` and the one before: "don't" and "9am" are never cut."""
    return bool(doc[i - 1].whitespace_) or doc[i - 1].is_punct or doc[i - 1].is_space
