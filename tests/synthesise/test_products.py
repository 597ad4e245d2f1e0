"""What an interview names as hired, fired and considered."""

from __future__ import annotations

import pytest
from synthesise_study import coded, interview

from jtbd_nlp.config import SynthesiseConfig
from jtbd_nlp.parser import parse
from jtbd_nlp.schema import Statement, Story, Transcript
from jtbd_nlp.synthesise.choosing import Candidate, Hiring
from jtbd_nlp.synthesise.mentions import act_on
from jtbd_nlp.synthesise.people import Sense, senses
from jtbd_nlp.synthesise.products import ranked
from jtbd_nlp.synthesise.stories import make_stories
from jtbd_nlp.synthesise.syntax import Syntax
from jtbd_nlp.synthesise.weighing import Known


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


def test_what_was_hired_is_named_and_is_not_taken_for_what_was_fired() -> None:
    story = kettles()
    assert "Steamwell" in story.hired[0].text
    assert not any("Steamwell" in q.text for q in story.fired)


def test_people_are_not_hired() -> None:
    story = kettles()
    assert not any("Brenda" in q.text or "Maureen" in q.text for q in (*story.hired, *story.fired, *story.considered))


def test_people_who_are_spoken_of_are_not_hired_whatever_they_are_called() -> None:
    talk = interview(
        "p",
        [
            ("Interviewer", "And then Simran came in. What did you use after Simran, and after Gary?"),
            (
                "Ola",
                "We hired Simran in May. Simran said we should buy the Steamwell. I told Gary and my brother Dov, and we bought the Steamwell.",
            ),
            ("Interviewer", "So you chose the Steamwell? What did the Steamwell do for you?"),
            ("Ola", "Yes, we got Gary and the Steamwell in one week. Gary laughed. We use the Steamwell every day."),
        ],
    )
    story = told(talk, coded(talk, "we bought the Steamwell", "hire", stage="deciding"))
    named = " ".join(q.text for q in (*story.hired, *story.fired, *story.considered))
    assert "Steamwell" in story.hired[0].text
    assert not any(name in named for name in ("Simran", "Gary", "Dov"))


@pytest.mark.parametrize(
    ("sense", "person", "doubtful"),
    [
        (Sense(person=2), True, True),
        (Sense(person=1), False, True),
        (Sense(person=1, is_given=True), True, True),
        (Sense(seen_person=3), False, True),
        (Sense(seen_person=3, is_given=True), True, True),
        (Sense(thing=3, seen_person=2, is_given=True), False, False),
        (Sense(), False, False),
    ],
)
def test_whether_a_name_is_a_persons(sense: Sense, person: bool, doubtful: bool) -> None:
    assert (sense.is_person, sense.may_be_person) == (person, doubtful)


def test_how_a_name_is_used_is_counted_over_the_whole_talk() -> None:
    talk = interview(
        "s",
        [
            ("Interviewer", "Thanks, Simran. So you use Tallyfox?"),
            ("Simran", "The Tallyfox app, yes. My sister Bea told Gary, and Gary said: buy Tallyfox."),
        ],
    )
    found = senses(talk, ["simran", "tallyfox", "bea", "gary"], parse)
    assert found["tallyfox"].thing >= 3
    assert not found["tallyfox"].may_be_person
    assert all(found[name].is_person or found[name].may_be_person for name in ("simran", "bea", "gary"))


def test_a_name_goes_before_the_general_word_that_it_stands_for() -> None:
    def known(key: str, is_name: bool, **features: float) -> Known:
        return Known(Candidate(key, is_name, ()), features)

    weights = {"hired": {"bias": 0.0, "sign": 1.0}, "fired": {"bias": -9.0}}
    hiring = Hiring(weights, {"hired": 0.5, "fired": 0.5}, {"hired": 0.5, "fired": 0.5})
    things = [known("system", False, sign=2.0), known("tallyfox", True, sign=1.0), known("whiteboard", False, sign=1.5)]
    assert [r.thing.key for r in ranked(things, hiring) if r.role == "hired"] == ["tallyfox", "whiteboard"]
    things[1] = known("tallyfox", True, sign=-3.0)
    assert next(r.thing.key for r in ranked(things, hiring) if r.role == "hired") == "system", "the evidence for the name has to be clear"


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
