"""Words of a person put into a sentence of ours."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from synthesise_study import coded, interview

from jtbd_nlp.schema import JobStatement, Quoter
from jtbd_nlp.schema.parsed import ParsedText
from jtbd_nlp.synthesise.jobstatement import Material, job_story
from jtbd_nlp.synthesise.wording import lowered
from jtbd_nlp.synthesise.words import Rarity

Parse = Callable[[str], ParsedText]


@pytest.mark.parametrize(
    ("said", "inside"),
    [
        ("The bank saw my letters", "the bank saw my letters"),
        ("Sometimes it froze twice a night", "sometimes it froze twice a night"),
        ("I’d rather walk home", "I’d rather walk home"),
        ("I, for one, never slept", "I, for one, never slept"),
        ("NHS letters came late every week", "NHS letters came late every week"),
        ("Gary snored all night long", "Gary snored all night long"),
    ],
)
def test_a_capital_goes_where_only_the_start_of_a_sentence_made_it(parse: Parse, said: str, inside: str) -> None:
    assert lowered(said, parse(said).tokens[0]) == inside


def test_a_job_story_that_opens_with_a_name_keeps_its_capital(parse: Parse) -> None:
    words = "Gary snored like a truck all night"
    told = interview("a", [("Interviewer", "And?"), ("P", words)])
    statements = (coded(told, words, "push"),)
    story = job_story(JobStatement(text=""), None, [], Material(statements, (), Quoter.over((told,)), parse, Rarity(statements, parse)))
    assert story.text.startswith("When Gary snored")
