"""The parser service: parses of texts that are parsed together are those of each text alone, and none is parsed twice."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings, strategies as st

from jtbd_nlp import parser
from jtbd_nlp.config import SynthesiseConfig
from jtbd_nlp.parser import ParserService, load_parser, to_record
from jtbd_nlp.schema import Statement, Transcript, Turn, statement_id
from jtbd_nlp.schema.parsed import ParsedText
from jtbd_nlp.synthesise import make_stories

TEXTS = (
    "I'm a nurse on nights, and we used a paper rota until March.",
    "It took me nineteen working days to match payments to invoices",
    "so we switched",
    "Honestly, my wife said: cancel it. So I cancelled it!",
    "",
    "  two  spaces\nand a new line ",
    "What if they lose everything I typed in, you know, like the last ones did?",
    "I bought the Vela because Tom had one 🙂",
    "never again",
    "The spreadsheet crashed, the bank called, and nobody could tell me who had paid.",
)


@dataclass
class Counting(ParserService):
    """Counts the texts that are parsed one by one."""

    alone: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def __call__(self, text: str) -> ParsedText:
        if text not in self._known:
            self.alone.append(text)
        return super().__call__(text)


@settings(max_examples=10, deadline=None)
@given(st.permutations(TEXTS), st.integers(1, len(TEXTS)))
def test_texts_parsed_together_in_any_split_have_the_parses_of_each_alone(texts: list[str], cut: int) -> None:
    service = ParserService()
    service.ahead(texts[:cut])
    service.ahead(texts)
    assert [service(text) for text in texts] == [to_record(load_parser()(text)) for text in texts]


def test_what_was_read_ahead_is_not_parsed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    service = ParserService()
    service.ahead(TEXTS)
    monkeypatch.setattr(parser, "load_parser", lambda: pytest.fail("parsed again"))
    service.ahead(TEXTS[::-1])
    assert [service(text).text for text in TEXTS] == list(TEXTS)


def test_no_more_texts_are_held_than_allowed_and_those_asked_for_last_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    service = ParserService(max_texts=3)
    service.ahead(TEXTS[:3])
    service.ahead((TEXTS[0], TEXTS[3]))
    assert sorted(service._known) == sorted((TEXTS[0], TEXTS[2], TEXTS[3]))
    service.ahead(TEXTS)
    assert len(service._known) == 3
    monkeypatch.setattr(parser, "load_parser", lambda: pytest.fail("parsed again"))
    assert service(TEXTS[0]).text == TEXTS[0]


def test_a_story_asks_for_no_sentence_that_was_not_read_ahead() -> None:
    text = "Ann: I'm a nurse. I tried the Vela and bought it. We moved house. It broke.\nI used a paper rota until March."
    start = text.index("It broke")
    end = start + len("It broke")
    transcript = Transcript(id="a", text=text, turns=(Turn(index=0, speaker="Ann", role="participant", start=5, end=len(text)),))
    statement = Statement(
        id=statement_id("a", start, end), transcript="a", turn=0, speaker="Ann", start=start, end=end, text="It broke", tags={"push": 0.9}, stage="first_thought"
    )  # fmt: skip
    parse = Counting()
    (story,) = make_stories([transcript], [statement], [], [], parse, SynthesiseConfig())
    assert story.executor is not None
    assert parse.alone == []


def test_names_of_a_long_text_are_found_where_they_stand_whatever_its_length(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "My brother Michael works in London and I told him about the battery. "
    monkeypatch.setattr(parser, "_LONGEST", 2 * len(said))
    texts = [said * 9, "", said, "x" * 5 * len(said)]
    many, none, once, _ = ParserService().entities(texts)
    assert none == ()
    assert [name.text for name in once] == ["Michael", "London"]
    assert [name.text for name in many] == 9 * ["Michael", "London"]
    assert all(texts[0][name.start : name.end] == name.text for name in many)
    assert [name.start for name in many] == sorted({name.start for name in many})
