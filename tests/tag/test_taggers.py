from __future__ import annotations

import json
from pathlib import Path

import pytest

from jtbd_nlp.config import TagConfig
from jtbd_nlp.errors import ModelError
from jtbd_nlp.schema import TAGS, Segment, Transcript, Turn
from jtbd_nlp.tag import Tagger, load_tagger
from jtbd_nlp.tag.lexicon import LexiconTagger


def interview(*answers: str) -> tuple[Transcript, list[Segment]]:
    text, turns, segments = "", [], []
    for answer in answers:
        for speaker, role, words in (("Q", "interviewer", "Tell me more."), ("Ana", "participant", answer)):
            start = len(text) + len(speaker) + 2
            text += f"{speaker}: {words}\n"
            turns.append(Turn(index=len(turns), speaker=speaker, role=role, start=start, end=start + len(words)))  # type: ignore[arg-type]
            segments.append(Segment(transcript="t", turn=turns[-1].index, start=start, end=start + len(words), text=words))
    return Transcript(id="t", text=text, turns=tuple(turns)), segments


def test_the_lexicon_tags_cues_and_not_their_denial() -> None:
    transcript, segments = interview("I was worried it would break.", "I was never worried about that.", "We cancelled it, I was fed up.")
    tagger = load_tagger(TagConfig(model=Path("lexicon")))
    assert isinstance(tagger, Tagger) and isinstance(tagger, LexiconTagger)
    worried, cancelled = tagger.tag(transcript, segments)
    assert set(worried.tags) == {"anxiety"} and set(cancelled.tags) == {"push", "fire"}
    assert worried.speaker == "Ana" and list(worried.scores) == list(TAGS)


def test_a_folder_without_a_tagger_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="not there"):
        load_tagger(TagConfig(model=tmp_path / "none"))
    with pytest.raises(ModelError, match=r"meta\.json"):
        load_tagger(TagConfig(model=tmp_path))
    (tmp_path / "meta.json").write_text(json.dumps({"format_version": 99}))
    with pytest.raises(ModelError, match="this version reads 1"):
        load_tagger(TagConfig(model=tmp_path))


class TestBundled:
    """The weights that ship, on a few sentences."""

    @pytest.fixture(scope="class")
    def tagger(self) -> Tagger:
        return load_tagger()

    def test_forces_are_heard(self, tagger: Tagger) -> None:
        transcript, segments = interview(
            "The old mattress sagged in the middle and I woke up sore every single morning.",
            "I was afraid that I would pay a lot of money for something that does nothing.",
        )
        first, second = tagger.tag(transcript, segments)
        assert "push" in first.tags
        assert "anxiety" in second.tags
        assert all(0 <= p <= 1 for p in first.scores.values()) and list(first.scores) == list(TAGS)

    def test_interviewers_are_never_tagged_and_order_does_not_matter(self, tagger: Tagger) -> None:
        transcript, segments = interview(
            "I was afraid that I would pay a lot of money for something that does nothing.",
            "I just wanted to close the month without staying late.",
        )
        found = tagger.tag(transcript, segments)
        assert found and all(s.speaker == "Ana" for s in found)
        assert tagger.tag(transcript, segments[::-1]) == found

    def test_the_number_of_threads_changes_nothing(self, tagger: Tagger) -> None:
        transcript, segments = interview(*["I copy the numbers into a sheet every Friday because the export is broken."] * 9)
        assert load_tagger(TagConfig(threads=2)).tag(transcript, segments) == tagger.tag(transcript, segments)

    def test_careful_decides_a_part_of_what_balanced_does(self, tagger: Tagger) -> None:
        transcript, segments = interview(
            "I was so tired of it breaking.", "I switched because it is so much faster.", "I am a nurse in Leeds."
        )
        careful = load_tagger(TagConfig(operating_point="careful")).tag(transcript, segments)
        balanced = {s.id: s for s in tagger.tag(transcript, segments)}
        assert all(set(s.tags) <= set(balanced[s.id].tags) for s in careful)

    def test_an_unknown_operating_point_is_named(self) -> None:
        from jtbd_nlp.tag.encoder import load_encoder
        from jtbd_nlp.weights import find

        with pytest.raises(ModelError, match="balanced, careful"):
            load_encoder(find("tagger"), "bold", 1)
