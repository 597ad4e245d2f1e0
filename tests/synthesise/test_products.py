"""What an interview names as hired, fired and considered."""

from __future__ import annotations

import pytest
from synthesise_study import coded, interview

from jtbd_nlp.config import SynthesiseConfig
from jtbd_nlp.parser import parse
from jtbd_nlp.schema import Statement, Story, Transcript
from jtbd_nlp.synthesise.mentions import act_on
from jtbd_nlp.synthesise.stories import make_stories
from jtbd_nlp.synthesise.syntax import Syntax


def told(transcript: Transcript, *statements: Statement) -> Story:
    (story,) = make_stories((transcript,), statements, (), (), parse, SynthesiseConfig())
    return story


def kettles() -> Story:
    talk = interview(
        "k",
        [
            ("Interviewer", "You bought a Steamwell kettle in the spring. What did you use before?"),
            ("Maureen", "The old stove. The stove took half an hour, and one day the stove broke. My sister Brenda laughed at the stove."),
            ("Interviewer", "Why did you choose the Steamwell?"),
            (
                "Maureen",
                "Brenda said it was light. I bought the Steamwell that week and I gave up the stove. I still use the Steamwell every day.",
            ),
        ],
    )
    return told(
        talk,
        coded(talk, "The stove took half an hour", "push", stage="first_thought"),
        coded(talk, "I bought the Steamwell that week", "hire", stage="deciding"),
        coded(talk, "I gave up the stove", "fire", stage="deciding"),
        coded(talk, "I still use the Steamwell every day", "pull", stage="ongoing_use"),
    )


def test_what_was_hired_and_fired_is_named_by_its_verbs_and_by_the_questions() -> None:
    story = kettles()
    assert "Steamwell" in story.hired[0].text
    assert "stove" in story.fired[0].text


def test_people_are_not_hired() -> None:
    story = kettles()
    assert not any("Brenda" in q.text or "Maureen" in q.text for q in (*story.hired, *story.fired, *story.considered))


def test_a_name_that_only_the_question_says_is_quoted_from_the_question() -> None:
    talk = interview(
        "t",
        [
            ("Interviewer", "You bought the Sleeplet topper last year. Why did you choose the Sleeplet topper?"),
            ("Ola", "My back. I tried it in the shop for an hour and I bought it the same day."),
            ("Interviewer", "So how do you use the topper now?"),
            ("Ola", "I sleep on it every night and I would not go back."),
        ],
    )
    story = told(talk, coded(talk, "I bought it the same day", "hire", stage="deciding"))
    assert "topper" in story.hired[0].text
    (evidence,) = story.hired[0].evidence
    assert talk.text[evidence.start : evidence.end] == evidence.quote
    assert evidence.statement is None, "a question is no statement of the analysis"


def test_nothing_is_named_where_nothing_was_said() -> None:
    talk = interview(
        "n", [("Interviewer", "How was your week?"), ("Ada", "Long. It rained on Monday and my mother rang twice about the garden.")]
    )
    story = told(talk, coded(talk, "It rained on Monday", "context"))
    assert (story.hired, story.fired, story.considered) == ((), (), ())


def test_nothing_is_both_hired_and_fired() -> None:
    story = kettles()
    assert not {q.text.lower() for q in story.hired} & {q.text.lower() for q in story.fired}


@pytest.mark.parametrize(
    ("sentence", "word", "asked", "act"),
    [
        ("I bought the kettle.", "kettle", False, "hire"),
        ("We switched to the app in May.", "app", False, "hire"),
        ("I sent the kettle back.", "kettle", False, "fire"),
        ("We got rid of the spreadsheet.", "spreadsheet", False, "fire"),
        ("I stopped using the app.", "app", False, "fire"),
        ("I didn't buy the kettle.", "kettle", False, None),
        ("I would buy the kettle.", "kettle", False, None),
        ("She bought the kettle.", "kettle", False, None),
        ("You bought the kettle.", "kettle", True, "hire"),
        ("You bought the kettle.", "kettle", False, None),
        ("The kettle broke.", "kettle", False, "fail"),
    ],
)
def test_what_a_sentence_does_with_a_thing(sentence: str, word: str, asked: bool, act: str | None) -> None:
    syntax = Syntax(parse(sentence))
    at = next(i for i, token in enumerate(syntax.tokens) if token.text == word)
    assert act_on(syntax, at, asked) == act
