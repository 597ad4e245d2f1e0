"""Words cut out of a statement never say something else than in their place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from synthesise_study import coded, interview

from jtbd_nlp.schema.parsed import ParsedText
from jtbd_nlp.synthesise.phrases import sentences
from jtbd_nlp.synthesise.syntax import Syntax

Parse = Callable[[str], ParsedText]


def cut(words: str, parse: Parse, max_words: int) -> list[str]:
    transcript = interview("t", [("Interviewer", "And then?"), ("P", words)])
    return [p.text for p in sentences(coded(transcript, words, "push"), Syntax(parse(words)), max_words)]


@pytest.mark.parametrize(
    ("words", "max_words", "never"),
    [
        ("I don't think that the mattress was the reason for my back at all", 8, "the mattress was the reason"),
        ("If they raise the price once more before the summer, I will print everything and buy a whiteboard", 9, "I will print everything"),
        ("I don't want some young woman paying good money for my patients and finding it's a brick", 11, "for my patients"),
        ("He came home late on the Friday and after the supper in the kitchen I thought we could lose it all", 8, "I thought"),
        ("Where do you put the old one, we live on the second floor and the stairs turn", 8, "Do you put"),
    ],
)
def test_no_condition_denial_or_half_is_lost(words: str, max_words: int, never: str, parse: Parse) -> None:
    for text in cut(words, parse, max_words):
        assert never.lower() not in text.lower() or text.lower().startswith(("if ", "i don't think", "where ")), text


def test_what_stands_alone_is_kept(parse: Parse) -> None:
    assert "The sheet got wet in the van" in cut(
        "The sheet got wet in the van, and then on Monday nobody at the office could read my hours", parse, 9
    )


def test_brackets_and_quotation_marks_stay_whole(parse: Parse) -> None:
    for text in cut('The boy did something odd by the window, and I heard a wee voice say "themes of safety"', parse, 12):
        assert text.count('"') % 2 == 0
