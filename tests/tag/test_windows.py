from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

from jtbd_nlp.tag.windows import Stretch, Talk, Window, stream, windows


class WordTokenizer:
    """Every word is a token; ids are stable."""

    def token_to_id(self, token: str) -> int:
        return {"[CLS]": 1, "[SEP]": 2}[token]

    def encode(self, text: str, add_special_tokens: bool) -> WordTokenizer:
        self.offsets, at = [], 0
        for word in text.split(" "):
            if word:
                self.offsets.append((at, at + len(word)))
            at += len(word) + 1
        self.ids = [3 + len(text[a:b]) for a, b in self.offsets]
        return self


@st.composite
def interviews(draw: st.DrawFn) -> tuple[str, list[Talk], list[Stretch]]:
    text, talk, segments = "", [], []
    for turn in range(draw(st.integers(1, 6))):
        participant = turn % 2 == 1
        text += "A: "
        start = len(text)
        for size in draw(st.lists(st.integers(1, 90), min_size=1, max_size=9)):
            a = len(text)
            text += " ".join(["word"] * size)
            if participant:
                segments.append(Stretch(a, len(text)))
            text += " "
        talk.append(Talk(start, len(text) - 1, participant))
        text += "\n"
    return text, talk, segments


def cut(text: str, talk: list[Talk], segments: list[Stretch], first: int | None = None) -> list[Window]:
    return windows(stream(text, talk, WordTokenizer()), talk, segments, first=first)


@settings(max_examples=40, deadline=None)
@given(interviews(), st.sampled_from([None, 110, 150]))
def test_every_segment_is_decided_in_exactly_one_window_within_the_limit(
    interview: tuple[str, list[Talk], list[Stretch]], first: int | None
) -> None:
    text, talk, segments = interview
    found = cut(text, talk, segments, first)
    assert [u.segment for w in found for u in w.units if u.core] == list(range(len(segments)))
    for window in found:
        assert len(window.ids) == len(window.types) == len(window.starts) <= 200
        assert all(0 < u.start < u.end < len(window.ids) for u in window.units)
        assert all(a.end <= b.start for a, b in pairwise(window.units))


def test_units_cover_the_segment_s_own_words() -> None:
    text = "Q: why did you\nP: because it broke and I was tired\n"
    talk = [Talk(3, 14, False), Talk(18, len(text) - 1, True)]
    segments = [Stretch(18, 34), Stretch(35, len(text) - 1)]
    (window,) = cut(text, talk, segments)
    for unit in window.units:
        assert (
            text[window.starts[unit.start] : window.ends[unit.end - 1]] == text[segments[unit.segment].start : segments[unit.segment].end]
        )
    assert window.types[1] == 0 and window.types[window.units[0].start] == 1


def test_a_window_that_starts_behind_the_question_is_reminded_of_it() -> None:
    answer = " ".join(["talk"] * 600)
    text = f"Q: unforgettable\nP: {answer}\n"
    talk = [Talk(3, 16, False), Talk(20, len(text) - 1, True)]
    segments = [Stretch(20 + 5 * i, 20 + 5 * i + 49) for i in range(0, 600, 10)]
    found = cut(text, talk, segments)
    assert len(found) > 3
    question = 3 + len("unforgettable")
    assert all(question in w.ids for w in found)


@pytest.mark.parametrize("whole", [True, False])
def test_locate_finds_words_only_where_all_of_them_are(whole: bool) -> None:
    text = "P: one two three four\n"
    talk = [Talk(3, len(text) - 1, True)]
    (window,) = cut(text, talk, [Stretch(3, 6), Stretch(7, 21)])
    place = window.locate(7, 16 if whole else 60)
    assert (place is not None) == whole
    if place:
        assert text[window.starts[place.start] : window.ends[place.end - 1]] == "two three"
