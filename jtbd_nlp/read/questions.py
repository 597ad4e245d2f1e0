"""Interviewers' questions that may bend the answer: they lead, or they ask for solutions instead of the story."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

from jtbd_nlp.read.records import QuestionCheck
from jtbd_nlp.schema import Transcript

_SENTENCE = re.compile(r"[^.?!…\r\n]{2,600}[.?!…]*")
_LEADING: Final = re.compile(
    r"\b(?:don't|do not|didn't|wouldn't|isn't|wasn't|aren't|weren't|couldn't|shouldn't|haven't|won't) (?:you|it|that|they|this|there)\b"
    r"|\b(?:right|correct|isn't it|wasn't it|don't you|didn't you|doesn't it|didn't it|wouldn't you|yeah|no)\s*\?$"
    r"|\b(?:would you (?:say|agree) that|do you (?:not )?agree|surely|obviously|of course you|you must have|i (?:assume|guess|bet|imagine|suppose) (?:you|that|it)"
    r"|so you (?:were|are|felt|thought|wanted|needed|liked|loved|hated|must|didn't|don't|would)|how (?:frustrating|annoying|difficult|hard|great|much better|easy|helpful|useful) (?:was|is|did|do)"
    r"|how much (?:do|did|would) you (?:like|love|hate|enjoy))\b",
    re.IGNORECASE,
)
_SOLUTION: Final = re.compile(
    r"\b(?:would you (?:use|buy|pay|want|like to (?:see|have)|be interested)|what (?:features?|functions?|functionality|improvements?|changes?)\b|which features?"
    r"|what would you (?:add|change|improve|build|like to (?:see|have)|want to (?:see|have))|what (?:should|could) (?:we|they|it) (?:add|build|do|improve|change|offer)"
    r"|if (?:we|they|it|there was|there were|you had|you could have)\b.{0,80}\bwould you|how (?:would|could|should) (?:you|we|they) (?:improve|design|build|fix)"
    r"|(?:wish ?list|magic wand|ideal (?:product|solution|tool|app))|do you (?:want|need) (?:an?|the|more) \w+ (?:feature|button|option|function|mode))",
    re.IGNORECASE,
)


def bending_questions(transcript: Transcript) -> tuple[QuestionCheck, ...]:
    """The interviewers' questions that lead or ask for solutions, by their wording; a person should look at each."""
    return tuple(_found(transcript))


def _found(transcript: Transcript) -> Iterator[QuestionCheck]:
    for turn in transcript.turns:
        if turn.role != "interviewer":
            continue
        for match in _SENTENCE.finditer(transcript.text, turn.start, turn.end):
            said = match.group()
            kinds: list[Literal["leading", "solution"]] = []
            if "?" in said and _LEADING.search(said.replace("’", "'")):
                kinds.append("leading")
            if _SOLUTION.search(said.replace("’", "'")):
                kinds.append("solution")
            start = match.start() + len(said) - len(said.lstrip())
            for kind in kinds:
                yield QuestionCheck(kind=kind, turn=turn.index, start=start, end=match.end(), text=transcript.text[start : match.end()])
