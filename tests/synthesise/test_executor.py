"""Who takes the steps: a person in a role, in the words that say so, or nobody."""

from __future__ import annotations

import pytest
from synthesise_study import coded, interview

from jtbd_nlp.parser import parse
from jtbd_nlp.schema import Quoter
from jtbd_nlp.synthesise.executor import About, find_executor


def executor(*lines: tuple[str, str]) -> str | None:
    talk = interview("e", list(lines))
    found = find_executor(About.of(talk, ()), Quoter.over((talk,)), parse)
    if found is not None:
        (evidence,) = found.evidence
        assert talk.text[evidence.start : evidence.end] == evidence.quote
    return None if found is None else found.text


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("I'm a nurse at the county hospital and I love it.", "a nurse at the county hospital"),
        ("I've been a librarian for thirty-four years.", "a librarian for thirty-four years"),
        ("I work as a bookkeeper.", "a bookkeeper"),
        ("As a teacher, I see it every day.", "a teacher"),
        ("I run a bakery with six people.", "I run a bakery with six people"),
        ("I drive a taxi in Bradford.", "I drive a taxi in Bradford"),
    ],
)
def test_a_role_is_who_somebody_is(said: str, who: str) -> None:
    assert executor(("Interviewer", "Where shall we begin?"), ("Ada", said)) == who


@pytest.mark.parametrize(
    "said",
    [
        "I was always the left side of the bed.",
        "We were sixty people in one room.",
        "I'm a light sleeper.",
        "I'm a big fan of lists.",
        "I'm not a doctor.",
        "If I were a nurse, I would know.",
        "My sister said I am a teacher.",
        "I run my eye down it.",
        "I drive fifty minutes in the dark.",
        "I own it.",
        "I'll be a typist till I die.",
        "Before that I was a solicitor, briefly and badly.",
        "I was a firefighter until my shoulder went.",
        "He wanted I'm an engineer.",
        "As a tester I began to write requirements.",
        "I'm a producer's son.",
        "We run three shifts.",
        "Before this I taught chemistry.",
        "And he goes, well, I'm working here as a nurse.",
        "I work in the office three days.",
    ],
)
def test_what_is_no_role_is_nobody(said: str) -> None:
    assert executor(("Interviewer", "Where shall we begin?"), ("Ada", said)) is None


def test_an_answer_to_who_somebody_is_needs_no_verb() -> None:
    assert executor(("Interviewer", "What do you do for a living?"), ("Ada", "Electrician, mostly houses. It pays.")) == "Electrician"


def test_what_an_interviewer_says_of_a_participant_counts_where_the_participant_says_nothing() -> None:
    asked = ("Interviewer", "You're a carpenter, I hear. When did it begin?")
    assert executor(asked, ("Ada", "In May, with the roof.")) == "a carpenter"
    assert executor(asked, ("Ada", "In May. I'm a joiner, in fact.")) == "a joiner"


def test_a_word_formed_like_a_role_is_one_where_people_introduce_themselves() -> None:
    later = [("Ada", f"I saw number {n} of them.") for n in range(9)]
    assert executor(("Interviewer", "Hello."), ("Ada", "I'm a glassblower.")) == "a glassblower"
    assert executor(("Interviewer", "Hello."), *later, ("Ada", "I'm a comparer.")) is None


def test_no_preposition_is_left_hanging() -> None:
    assert executor(("Interviewer", "Hello."), ("Ada", "I'm a glaciologist at, well, I was in Tromsø.")) == "a glaciologist"


def test_coded_context_counts_more() -> None:
    talk = interview("e", [("Ada", "I was a waiter once. I'm a surveyor in a town.")])
    statement = coded(talk, "I'm a surveyor in a town", "context")
    found = find_executor(About.of(talk, (statement,)), Quoter.over((talk,)), parse)
    assert found is not None
    assert found.text == "a surveyor in a town"
