"""Headings over statements of several people: whom they let speak, and what a cut must not lose."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from synthesise_study import coded, interview

from jtbd_nlp.schema import Quoted, Quoter, Tag
from jtbd_nlp.schema.parsed import ParsedText
from jtbd_nlp.synthesise.headings import ROOM, heading, led
from jtbd_nlp.synthesise.passages import unclear
from jtbd_nlp.synthesise.phrases import phrase, root
from jtbd_nlp.synthesise.syntax import Syntax
from jtbd_nlp.synthesise.titles import Weighted
from jtbd_nlp.synthesise.words import Rarity

Parse = Callable[[str], ParsedText]


def headed(
    lines: list[tuple[str, str]], parse: Parse, tag: Tag, *, backwards: bool = False, sure: dict[str, float] | None = None
) -> Quoted:
    """The heading over (participant, words), all of one tag."""
    transcripts = [interview(name, [("Interviewer", "And?"), ("P", words)]) for name, words in lines]
    statements = [coded(t, words, tag) for t, (_, words) in zip(transcripts, lines, strict=True)]
    statements = [s.model_copy(update={"tags": {tag: (sure or {}).get(s.transcript, 1.0)}}) for s in statements]
    members = [Weighted(s, 0.5) for s in (statements[::-1] if backwards else statements)]
    found = heading(members, Quoter.over(tuple(transcripts)), parse, Rarity(statements, parse), 18, tag, count_others=True)
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
    *shown, others = found.text.split(" · ")
    assert [part.lower() for part in shown] == [e.quote.lower() for e in found.evidence]
    assert others == "and 1 more"
    assert len(found.text) <= ROOM + len(" · and 1 more")
    assert headed(WORRIES, parse, "anxiety", backwards=True) == found


def test_a_heading_says_what_kind_of_thing_it_stands_over() -> None:
    assert led("anxiety", "The girls would feel watched") == "Worries: The girls would feel watched"


def test_what_may_be_of_another_kind_is_not_called_by_its_name() -> None:
    words = "The girls slept at once"
    told = coded(interview("a", [("Interviewer", "And?"), ("P", words)]), words, "push").model_copy(
        update={"tags": {"push": 0.3, "pull": 0.6}}
    )
    assert led("push", words, [told]) == words
    assert led("pull", words, [told]) == f"What drew them: {words}"


def test_a_statement_that_may_be_of_another_kind_is_not_shown_where_there_are_surer_ones(parse: Parse) -> None:
    lines = [*WORRIES[:3], ("d", "I was afraid that the neighbours would laugh")]
    assert "d" not in {e.transcript for e in headed(lines, parse, "anxiety", sure={"d": 0.3}).evidence}
    assert "c" not in {e.transcript for e in headed(lines, parse, "anxiety", sure={"c": 0.3}).evidence}


def test_all_of_a_small_group_are_heard(parse: Parse) -> None:
    lines = [
        ("a", "The dog failed on nearly every line and we took him anyhow"),
        ("b", "I lost the river"),
        ("c", "It costs me six hundred in the year"),
    ]
    shown = headed(lines, parse, "tradeoff").text.split(" · ")
    assert sorted(shown) == sorted(words for _, words in lines)


@pytest.mark.parametrize(
    "words", ["Says whoever buys it will want the list", "The fella's polite about it, he says, Doc", "It's just that"]
)
def test_words_that_say_nothing_alone_are_unclear(words: str, parse: Parse) -> None:
    def of(text: str) -> float:
        syntax = Syntax(parse(text))
        size = len(syntax.tokens)
        part = phrase(coded(interview("a", [("Interviewer", "And?"), ("P", text)]), text, "hire"), syntax, 0, size, root(syntax, 0, size))
        assert part is not None
        return unclear(part)

    assert of(words) > of("The buyer wants the list in a file that opens") + 0.5


@pytest.mark.parametrize(
    ("words", "lost"),
    [
        ("I look at the bed at ten in the evening and not think of it as an appointment with somebody I do not know", "look at the bed at ten in the evening"),
        ("I've bought a system at six thousand a year from the man in the next street and I'm running the money off a ruler", "I've bought a system at six thousand a year from the man in the next street"),
        ("When the bill comes late, I lose a whole Sunday", "the bill comes late, I lose a whole Sunday"),
        ("I saved eleven hundred to lose four and a half thousand on the car that my brother sold me in the winter", "I saved eleven hundred to lose four"),
    ],
)  # fmt: skip
def test_no_cut_turns_what_was_said(words: str, lost: str, parse: Parse) -> None:
    """Each would read as something else without the rest."""
    found = headed([("a", words), ("b", "I was afraid of the bill")], parse, "anxiety")
    assert lost.lower() not in [part.lower() for part in found.text.split(" · ")]
