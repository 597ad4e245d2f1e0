from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from jtbd_nlp.config import TagConfig
from jtbd_nlp.errors import ModelError
from jtbd_nlp.schema import TAGS, Segment, Transcript, Turn
from jtbd_nlp.tag import load_tagger
from jtbd_nlp.tag.linear import BUCKETS, features

META = {"format_version": 1, "kind": "linear", "operating_points": {"balanced": dict.fromkeys(TAGS, 0.5)}}


def interview() -> tuple[Transcript, list[Segment]]:
    text = "Q: Why?\nAna: It kept breaking. So I left.\n"
    turns = (
        Turn(index=0, speaker="Q", role="interviewer", start=3, end=7),
        Turn(index=1, speaker="Ana", role="participant", start=13, end=len(text) - 1),
    )
    spans = [(13, 30), (31, 41)]
    return Transcript(id="t", text=text, turns=turns), [Segment(transcript="t", turn=1, start=a, end=b, text=text[a:b]) for a, b in spans]


def write(folder: Path, hot: int) -> Path:
    weights = np.zeros((BUCKETS, 30), dtype=np.int8)
    weights[hot, TAGS.index("push")] = 100
    np.savez_compressed(
        folder / "weights.npz", weights=weights, scale=np.ones((1, 30), dtype=np.float32), bias=np.full(30, -3.0, dtype=np.float32)
    )
    (folder / "meta.json").write_text(json.dumps(META))
    return folder


def test_features_know_the_question_and_the_segment_before() -> None:
    transcript, segments = interview()
    first, second = features(transcript, segments)
    alone = features(transcript, segments[1:])[0]
    assert set(second) != set(alone), "the segment before counts"
    assert features(transcript, segments) == [first, second]
    assert all(0 <= x < BUCKETS for x in first + second)


def test_a_weight_of_one_word_tags_its_segment_alone(tmp_path: Path) -> None:
    transcript, segments = interview()
    first, second = features(transcript, segments)
    hot = min(set(first) - set(second))
    (found,) = load_tagger(TagConfig(model=write(tmp_path, hot))).tag(transcript, segments[::-1])
    assert found.text == segments[0].text and set(found.tags) == {"push"}


def test_damaged_weights_are_named(tmp_path: Path) -> None:
    write(tmp_path, 1)
    (tmp_path / "weights.npz").write_bytes(b"no archive")
    with pytest.raises(ModelError, match=r"weights\.npz"):
        load_tagger(TagConfig(model=tmp_path))


def test_the_bundled_fast_tagger_hears_plain_cases() -> None:
    transcript, _ = interview()
    text = "Q: Why?\nAna: They should add a dark mode and an export button.\n"
    turns = (transcript.turns[0], Turn(index=1, speaker="Ana", role="participant", start=13, end=len(text) - 1))
    said = Segment(transcript="t", turn=1, start=13, end=len(text) - 1, text=text[13:-1])
    (found,) = load_tagger(TagConfig(model=Path("fast"))).tag(Transcript(id="t", text=text, turns=turns), [said])
    assert "solution" in found.tags and list(found.scores) == list(TAGS)
