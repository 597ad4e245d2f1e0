"""Fit the two models of joints: `python models/segment/fit.py GOLD...` writes jtbd_nlp/segment/joints.json.

GOLD is a market's folder or DOCS:ANNOTATIONS, as for `jtbd train`. Do not name what you report figures on.

written: every joint at which a coder's statement starts or ends, against every joint inside one.
spoken: the same interviews in lower case without punctuation; where nobody coded anything, the cuts that the first model
makes in the punctuated text are the truth.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc

from jtbd_nlp.parser import load_parser
from jtbd_nlp.segment import clauses, joints
from jtbd_nlp.segment.features import joint_features
from jtbd_nlp.segment.segmenter import parsable
from jtbd_nlp.training.dataset import rough
from jtbd_nlp.training.gold import Gold, read_gold, to_transcript, words

log = logging.getLogger("fit")
OUT = Path(joints.__file__).with_name("joints.json")


@dataclass(frozen=True)
class Talk:
    """One participant's turn, parsed; `edges` are words (of the turn) before which a statement starts or after which one ended, `inside` those within one."""

    doc: Doc
    edges: frozenset[int]
    inside: frozenset[int]

    def word_of(self) -> dict[int, int]:
        """Index of the word that starts at each code point."""
        return {w.start: i for i, w in enumerate(words(self.doc.text))}


def talks(gold: Gold, plain: Gold) -> Iterator[Talk]:
    """The turns of one interview in which somebody speaks of something; `plain` tells who is the participant."""
    nlp = load_parser()
    starts = [w.start for w in words(gold.text)]
    for turn, same in zip(to_transcript(gold).turns, to_transcript(plain).turns, strict=True):
        text = gold.text[turn.start : turn.end]
        if same.role != "participant" or not text.strip():
            continue
        base = int(np.searchsorted(starts, turn.start))
        spans = [s for s in gold.spans if turn.start <= s.start < turn.end]
        edges = {s.first - base for s in spans} | {s.last - base for s in spans}
        inside = {i - base for s in spans for i in range(s.first + 1, s.last)} - edges
        yield Talk(nlp(parsable(text), disable=["lemmatizer"]), frozenset(edges), frozenset(inside))


def joints_of(talk: Talk, guess: frozenset[int] | None = None) -> Iterator[tuple[list[str], int]]:
    """Features and truth of each joint that has one; `guess`: words at which a segment starts, for joints outside of statements."""
    word = talk.word_of()
    for token, features in zip(talk.doc, joint_features(talk.doc), strict=True):
        at = word.get(token.idx)
        if at is None or token.i == 0:
            continue
        if at in talk.edges or at in talk.inside:
            yield features, int(at in talk.edges)
        elif guess is not None:
            yield features, int(at in guess)


def fit(rows: Iterable[tuple[list[str], int]], min_df: int, strength: float, keep: float) -> joints.JointModel:
    """Logistic regression with an L2 penalty; weights below `keep` are dropped."""
    features, truth = zip(*rows, strict=True)
    counts = CountVectorizer(analyzer=lambda names: names, binary=True, min_df=min_df)
    model = LogisticRegression(C=strength, max_iter=400).fit(counts.fit_transform(features), np.array(truth))
    weights = {name: round(float(model.coef_[0][column]), 3) for name, column in sorted(counts.vocabulary_.items())}
    log.info("%d joints, %d cut, %d weights", len(truth), sum(truth), sum(abs(w) >= keep for w in weights.values()))
    return joints.JointModel(round(float(model.intercept_[0]), 3), {n: w for n, w in weights.items() if abs(w) >= keep})


def cuts(doc: Doc, models: joints.JointModels) -> frozenset[int]:
    """Words of the turn at which a segment starts."""
    starts = {span.start for span in clauses.clause_spans(doc, models=models)}
    found = words(doc.text)
    return frozenset(next((i for i, w in enumerate(found) if w.start >= s), -1) for s in starts) - {0, -1}


def main() -> None:
    """Fit both and write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    golds = read_gold(args.gold)
    plain = [list(talks(gold, gold)) for gold in golds]
    written = fit((row for turns in plain for talk in turns for row in joints_of(talk)), 15, 0.3, 0.05)
    guesses = [[cuts(talk.doc, joints.JointModels(written, written)) for talk in turns] for turns in plain]
    rows = [
        row
        for gold, turns, guess in zip(golds, plain, guesses, strict=True)
        for talk, same, at in zip(talks(rough(gold), gold), turns, guess, strict=True)
        if len(words(talk.doc.text)) == len(words(same.doc.text))
        for row in joints_of(replace(talk, edges=same.edges, inside=same.inside), at)
    ]
    spoken = fit(rows, 25, 0.1, 0.05)
    kinds = {"written": written, "spoken": spoken}
    data = {"format": joints.FORMAT, **{kind: {"bias": m.bias, "weights": dict(m.weights)} for kind, m in kinds.items()}}
    args.out.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
