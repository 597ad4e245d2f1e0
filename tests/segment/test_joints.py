"""The models of joints: which one is used, and what happens when the file is damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from jtbd_nlp.errors import ModelError
from jtbd_nlp.parser import load_parser
from jtbd_nlp.segment import joints
from jtbd_nlp.segment.clauses import clause_spans
from jtbd_nlp.segment.joints import NEVER, is_spoken, joint_scores


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("I left because it broke.", False),
        ("so i left because it broke and then i found the other one", True),
        ("well, so, i left, because, you know, it broke, and then i found the other one", False),
        ("", False),
    ],
)
def test_speech_without_punctuation_is_known_by_its_marks(text: str, spoken: bool) -> None:
    assert is_spoken(load_parser()(text)) is spoken


def test_words_are_never_torn() -> None:
    doc = load_parser()("I can't, we're gonna leave at 9am, don't ask.")
    torn = {t.text for t, score in zip(doc, joint_scores(doc), strict=True) if score == NEVER}
    assert {"n't", "'re", "na", "am", ",", "."} <= torn


def test_a_sentence_end_scores_above_the_middle_of_a_phrase() -> None:
    doc = load_parser()("We bought the big red car. It was too expensive for us.")
    scores = {t.text: s for t, s in zip(doc, joint_scores(doc), strict=True)}
    assert scores["It"] > 0 > scores["red"]


@pytest.mark.parametrize("content", ["", "{}", '{"format": 99}', '{"format": 1, "written": {}}', "[]"])
def test_a_damaged_file_says_so(content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged = tmp_path / "joints.json"
    damaged.write_text(content, encoding="utf-8")
    monkeypatch.setattr(joints, "_WEIGHTS", damaged)
    with pytest.raises(ModelError, match="Install the package again"):
        joints.load_joints.__wrapped__()


def test_an_empty_text_has_no_segments() -> None:
    assert clause_spans(load_parser()("")) == []
