"""Headings over statements of several people: whom they let speak, and what a cut must not lose."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from synthesise_study import coded, interview

from jtbd_nlp.schema import Quoted, Quoter, Tag
from jtbd_nlp.schema.parsed import ParsedText
from jtbd_nlp.synthesise.headings import ROOM, heading, led
from jtbd_nlp.synthesise.titles import Weighted
from jtbd_nlp.synthesise.words import Rarity

Parse = Callable[[str], ParsedText]


def headed(lines: list[tuple[str, str]], parse: Parse, tag: Tag, *, backwards: bool = False) -> Quoted:
    """The heading over (participant, words), all of one tag."""
    transcripts = [interview(name, [("Interviewer", "And?"), ("P", words)]) for name, words in lines]
    statements = [coded(t, words, tag) for t, (_, words) in zip(transcripts, lines, strict=True)]
    members = [Weighted(s, 0.5) for s in (statements[::-1] if backwards else statements)]
    found = heading(members, Quoter.over(tuple(transcripts)), parse, Rarity(statements, parse), 18, tag)
    assert found is not None
    return found


WORRIES = [
    ("a", "I was afraid I would press the wrong button"),
    ("b", "I was worried that the girls would feel watched"),
    ("c", "I thought the bank would see my letters"),
    ("d", "it may be so"),
]


def test_three_people_are_heard_and_each_word_is_theirs(parse: Parse) -> None:
    found = headed(WORRIES, parse, "anxiety")
    assert sorted(e.transcript for e in found.evidence) == ["a", "b", "c"]
    assert [part.lower() for part in found.text.split(" · ")] == [e.quote.lower() for e in found.evidence]
    assert len(found.text) <= ROOM
    assert headed(WORRIES, parse, "anxiety", backwards=True) == found


def test_a_heading_says_what_kind_of_thing_it_stands_over() -> None:
    assert led("anxiety", "The girls would feel watched") == "Worries: The girls would feel watched"


@pytest.mark.parametrize(
    ("words", "lost"),
    [
        ("I look at the bed at ten in the evening and not think of it as an appointment with somebody I do not know", "look at the bed at ten in the evening"),
        ("When the bill comes late, I lose a whole Sunday", "the bill comes late, I lose a whole Sunday"),
        ("I saved eleven hundred to lose four and a half thousand on the car that my brother sold me in the winter", "I saved eleven hundred to lose four"),
    ],
)  # fmt: skip
def test_no_cut_turns_what_was_said(words: str, lost: str, parse: Parse) -> None:
    """Each would read as something else without the rest."""
    found = headed([("a", words), ("b", "I was afraid of the bill")], parse, "anxiety")
    assert lost.lower() not in [part.lower() for part in found.text.split(" · ")]
