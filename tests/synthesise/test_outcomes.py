"""Statements compiled to outcomes: what they become, and that nothing is in a slot that was not said."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from synthesise_checks import evidence_of, said
from synthesise_study import Study, coded, interview

from jtbd_nlp.config import SynthesiseConfig
from jtbd_nlp.schema import Dimension, Outcome, Quoter, Tag
from jtbd_nlp.schema.parsed import ParsedText
from jtbd_nlp.synthesise import compile_outcomes, grammar
from jtbd_nlp.synthesise.outcomes import compile_outcome

Parse = Callable[[str], ParsedText]


def outcome_of(words: str, parse: Parse, tag: Tag = "outcome", dimension: Dimension | None = "functional") -> Outcome | None:
    transcript = interview("t", [("Interviewer", "What did you want?"), ("P", words)])
    return compile_outcome(coded(transcript, words, tag, dimension=dimension), Quoter.over((transcript,)), parse)


@pytest.mark.parametrize(
    ("words", "dimension", "text"),
    [
        (
            "I just wanted to close the month without staying late",
            "functional",
            "Increase the ability to close the month without staying late",
        ),
        ("that nobody knocks at my door with a phone", "social", "Increase the likelihood that nobody knocks at my door with a phone"),
        ("I don't want to be a worry to the girls", "social", "Minimize the likelihood of being a worry to the girls"),
        ("not to be taken for an idiot", "social", "Avoid being perceived as an idiot"),
        ("I wanted to open the post without my stomach going", "emotional", "Feel able to open the post without my stomach going"),
        (
            "I'd like to go to my boy's graduation with the phone off",
            "emotional",
            "Increase the ability to go to my boy's graduation with the phone off",
        ),
        ("so that I don't have to type every trip in by hand", "functional", "Minimize the need to type every trip in by hand"),
        ("I want to feel safe when I walk home", "emotional", "Feel safe when I walk home"),
        ("I want to create a lesson plan quickly", "functional", "Minimize the time it takes to create a lesson plan"),
        ("I want to spend less time checking the invoices", "functional", "Minimize the time spent checking the invoices"),
        ("make sure that the message is clear", "social", "Increase the likelihood that the message is clear"),
        ("I want my kids to see their mother", "social", "Increase the chance for my kids to see their mother"),
        ("when it opens I want to read the letter calmly", "functional", "Increase the ability to read the letter calmly when it opens"),
        ("Get down the stairs without going sideways", "functional", "Increase the ability to get down the stairs without going sideways"),
        ("what I want is to know who called before I leave", "functional", "Increase the ability to know who called before I leave"),
        (
            'make sure that everyone could read the results, without them being "dumbed down"',
            "functional",
            'Increase the likelihood that everyone could read the results without them being "dumbed down"',
        ),
    ],
)
def test_an_outcome_statement_becomes_its_outcome(words: str, dimension: Dimension, text: str, parse: Parse) -> None:
    outcome = outcome_of(words, parse, dimension=dimension)
    assert outcome is not None
    assert outcome.text == text
    assert grammar.render(grammar.parse(text)) == text


@pytest.mark.parametrize(
    "words",
    [
        "I've watched able men go soft in eighteen months",
        "not one paper on Sunday",
        "it's the best payday there is",
        "just need a shortcut to getting it done quicker",  # asks for a means
        "that little number says zero",  # "that" points
        "They want to be out by half six with nothing left in the tray",  # not the speaker's own
        "I wanted my kids to have the fun dad, you know, not the guy looking for his keys",  # half of it would lose the point
        "I wanted there to be a last moment in the day. And to sit down with someone and not be still writing",  # a second wish
        "I want to be able to leave, at any time, and therefore not have to think about leaving",  # half of it would say little
    ],
)
def test_what_cannot_be_compiled_stays_a_quote(words: str, parse: Parse) -> None:
    outcome = outcome_of(words, parse)
    assert outcome is not None
    assert (outcome.form, outcome.text, outcome.object_of_control) == ("quote", words, None)


def test_a_burden_behind_a_push_is_an_outcome_and_a_mere_complaint_is_none(parse: Parse) -> None:
    burden = outcome_of("It took me nineteen working days to match payments to invoices", parse, "push")
    assert burden is not None
    assert burden.text == "Minimize the time it takes to match payments to invoices"
    assert outcome_of("The paper sheet got wet", parse, "push") is None


def test_a_step_is_an_outcome_only_where_it_tells_of_time_lost_or_work_that_should_not_be(parse: Parse) -> None:
    slow = outcome_of("I spent ten evenings coding each of the recipes", parse, "step")
    twice = outcome_of("I have to change the pay by hand", parse, "step")
    assert slow is not None
    assert slow.text == "Minimize the time spent coding each of the recipes"
    assert twice is not None
    assert twice.text == "Minimize the need to change the pay by hand"
    for plain in ("I had to sign at the counter", "I make sure that there is one who can lift", "I take a photo every night"):
        assert outcome_of(plain, parse, "step") is None


def test_solution_thinking_is_no_outcome_unless_it_says_what_it_is_for(parse: Parse) -> None:
    assert outcome_of("I'd like to see the app get better at understanding us", parse, "solution") is None
    assert outcome_of("I'd like it to let me switch that off", parse, "solution") is None
    purpose = outcome_of("they should add a list so that I can see who has paid", parse, "solution")
    assert purpose is not None
    assert purpose.text == "Increase the ability to see who has paid"


def test_the_linter_names_what_an_analyst_would_object_to(parse: Parse) -> None:
    outcome = outcome_of("I want to have an easy app and pay the people", parse)
    assert outcome is not None
    assert {"names_solution", "vague_metric"} <= set(outcome.lint)


def test_every_slot_was_said(study: Study, parse: Parse) -> None:
    outcomes = compile_outcomes(study.statements, study.transcripts, parse, SynthesiseConfig())
    assert any(o.form != "quote" for o in outcomes)
    texts = {t.id: t.text for t in study.transcripts}
    for outcome in outcomes:
        for evidence in evidence_of(outcome):
            assert texts[evidence.transcript][evidence.start : evidence.end] == evidence.quote
        for slot in (outcome.object_of_control, outcome.contextual_clarifier):
            if slot is not None:
                assert said(slot), slot


def test_order_of_statements_and_transcripts_changes_nothing(study: Study, parse: Parse) -> None:
    config = SynthesiseConfig()
    assert compile_outcomes(study.statements, study.transcripts, parse, config) == compile_outcomes(
        study.statements[::-1], study.transcripts[::-1], parse, config
    )


def test_outcomes_of_the_reference_stories_say_only_what_was_said(shared, parse: Parse) -> None:  # type: ignore[no-untyped-def]
    """Every object of control of a story with inline codes is a slice of it, but for the ending of a verb."""
    text = (shared / "corpus" / "petcare" / "stories" / "s05.txt").read_text(encoding="utf-8")
    quotes = re.findall(r"<<[\w+]*outcome[^:<>]*:\s*([^<>]*)>>", text)
    assert quotes
    for quote in quotes:
        outcome = outcome_of(quote, parse)
        assert outcome is not None
        assert outcome.object_of_control is None or said(outcome.object_of_control)
