"""Large studies: what is read closely is bounded, and nothing is lost by it."""

from __future__ import annotations

import pytest

from jtbd_nlp.schema import Statement, statement_id
from jtbd_nlp.schema.parsed import ParsedText, ParsedToken, TokenRange
from jtbd_nlp.synthesise import picking, titles, words
from jtbd_nlp.synthesise.titles import Weighted, ranked_phrases
from jtbd_nlp.synthesise.words import Rarity


class Counting:
    """A parser of one plain clause, "I lost <noun>", that counts the texts that it reads."""

    def __init__(self) -> None:
        self.texts: set[str] = set()

    def __call__(self, text: str) -> ParsedText:
        self.texts.add(text)
        tags = (("PRON", "PRP", "nsubj", 1), ("VERB", "VBD", "ROOT", 1), ("NOUN", "NN", "dobj", 1))
        tokens, at = [], 0
        for word, (pos, tag, dep, head) in zip(text.split(), tags, strict=True):
            tokens.append(ParsedToken(at, at + len(word), word, word.lower(), pos, tag, dep, head))
            at += len(word) + 1
        return ParsedText(text, tuple(tokens), (), (TokenRange(0, 3),))


def said(number: int, firmness: float = 0.9) -> Statement:
    text = f"I lost invoice{number:03d}"
    name = f"s{number % 7}"
    start = number * 50
    return Statement(
        id=statement_id(name, start, start + len(text)),
        transcript=name,
        turn=0,
        speaker="Ann",
        start=start,
        end=start + len(text),
        text=text,
        tags={"push": firmness},
    )


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (picking, titles, words):
        monkeypatch.setattr(module, "MOST", 20)


def test_only_the_firmest_are_read_and_all_are_given() -> None:
    parse = Counting()
    statements = [said(i, 0.5 + i / 200) for i in range(60)]
    found = picking.strongest(statements, ("push",), parse)
    assert sorted(s.id for s in found) == sorted(s.id for s in statements)
    assert {s.text for s in found[:20]} == parse.texts == {s.text for s in statements[40:]}
    assert picking.strongest(statements[::-1], ("push",), Counting()) == found


def test_a_title_comes_from_the_most_typical_members() -> None:
    parse = Counting()
    members = [Weighted(said(i), i / 60) for i in range(60)]
    rarity = Rarity([], parse)
    found = ranked_phrases(members, parse, rarity, 14)
    assert found
    assert parse.texts == {m.statement.text for m in members[40:]}
    again = ranked_phrases(members[::-1], Counting(), rarity, 14)
    assert again == found


def test_words_are_counted_in_a_sample_of_the_texts() -> None:
    parse = Counting()
    statements = [said(i) for i in range(60)]
    rarity = Rarity(statements, parse)
    assert len(parse.texts) == 20
    counted = min(parse.texts).split()[-1]
    assert rarity(counted) < rarity("never said")
    assert rarity.spread(counted) == 1 / 7
