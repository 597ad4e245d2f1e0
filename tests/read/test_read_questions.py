"""Which of the interviewer's questions bend the answer."""

from __future__ import annotations

import pytest

from jtbd_nlp.read import transcript_from_text
from jtbd_nlp.read.questions import bending_questions


def kinds(question: str, asker: str = "Interviewer") -> list[str]:
    transcript = transcript_from_text(f"{asker}: Hello. {question}\nRui: Well, I bought a lock and it froze.\n")
    found = bending_questions(transcript)
    assert all(transcript.text[q.start : q.end] == q.text for q in found)
    return [q.kind for q in found]


@pytest.mark.parametrize(
    "question",
    [
        "Don't you think that it was too slow?",
        "So wasn't it hard to switch?",
        "You were worried about the price, weren't you?",
        "It saved you time, right?",
        "So you were happy with that?",
        "How frustrating was the old one?",
        "Would you agree that it is easier now?",
        "I assume you compared the prices?",
    ],
)
def test_leading(question: str) -> None:
    assert kinds(question) == ["leading"]


@pytest.mark.parametrize(
    "question",
    [
        "Which features would help you most?",
        "What would you add to the app?",
        "If we built an alarm, would you pay for it?",
        "If you had a magic wand, what would happen?",
        "How would you improve it?",
        "What should they change?",
    ],
)
def test_asking_for_solutions(question: str) -> None:
    assert kinds(question) == ["solution"]


@pytest.mark.parametrize(
    "question",
    [
        "When did you first think about a new lock?",
        "What happened next?",
        "How do you know when it's right?",
        "Why didn't you wear it?",
        "What don't you like about it?",
        "On a scale from one to five, how easy was that?",
        "Would you buy it again?",
        "Tell me more about that evening.",
        "What made you choose this one?",
        "What improvements have you seen since switching?",
    ],
)
def test_open_questions_pass(question: str) -> None:
    assert kinds(question) == []


def test_what_the_interviewee_says_is_not_looked_at() -> None:
    text = "Interviewer: What happened?\nRui: Don't you think that it was too slow? What would you add?\nInterviewer: And then?\nRui: I left.\n"
    assert bending_questions(transcript_from_text(text)) == ()
