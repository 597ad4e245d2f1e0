"""Long turns reach the parser in bounded pieces."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given, strategies as st

from jtbd_nlp.segment.pieces import MAX_CHARS, pieces


@given(st.text(st.sampled_from("abi .,\n?!"), max_size=400), st.integers(2, 60))
def test_pieces_are_bounded_in_order_and_lose_nothing(text: str, limit: int) -> None:
    found = pieces(text, limit)
    assert all(0 < p.end - p.start <= limit for p in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert re.sub(r"\s", "", "".join(text[p.start : p.end] for p in found)) == re.sub(r"\s", "", text)


def test_a_long_turn_is_cut_after_a_sentence_if_there_is_one() -> None:
    text = "It broke again on me. " * 1000
    found = pieces(text)
    assert len(found) > 1
    assert all(text[p.start : p.end].endswith("me.") for p in found)


def test_without_punctuation_a_long_turn_is_cut_before_a_new_thought() -> None:
    text = "it broke on me again and then nobody called " * 1000
    assert all(text[p.start : p.end].startswith(("and then", "it broke")) for p in pieces(text))


def test_a_hundred_kilobytes_without_a_space_are_cut_hard() -> None:
    assert {p.end - p.start for p in pieces("x" * MAX_CHARS * 17)} == {MAX_CHARS}


def test_paragraphs_are_pieces() -> None:
    text = "First one.\n \n  Second one.\nStill second.\n\n\n"
    assert [text[p.start : p.end] for p in pieces(text)] == ["First one.", "Second one.\nStill second."]
