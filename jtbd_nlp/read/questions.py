"""Interviewers' questions that may bend the answer: they lead, or they ask for solutions instead of the story."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

from jtbd_nlp.read.records import QuestionCheck
from jtbd_nlp.schema import Transcript

_SENTENCE = re.compile(r"[^.?!…\r\n]{2,600}[.?!…]*")
_FILLER = r"^\W{0,3}(?:\([^)]{0,30}\)|\[[^\]]{0,30}\])?\W{0,3}(?:(?:so|and|but|well|okay|ok|right|then|yeah|oh)\b,? ?){0,3}"
_NOT = r"(?:don't|didn't|wouldn't|isn't|wasn't|aren't|weren't|couldn't|shouldn't|haven't|won't|doesn't)"
#: The answer is in the question: a negative opening, a tag, an assumption put as a question, a feeling named before it was told.
_LEADING: Final = re.compile(
    rf"{_FILLER}{_NOT} (?:you|it|that|they|this|there|he|she)\b"
    rf"|, ?(?:right|correct|yeah|no|surely|{_NOT} (?:it|you|they|that|he|she))\s*\?\W*$"
    r"|\b(?:would you (?:say|agree) that|do you (?:not )?agree|you must have|i (?:assume|guess|bet|imagine|suppose) (?:you|that|it))\b"
    rf"|{_FILLER}(?:surely|obviously|of course|you (?:were|are|felt|must|wanted|needed|liked|loved|hated)) "
    r"|\bhow (?:frustrating|annoying|painful|stressful|difficult|hard|great|much better|easy|helpful|useful) (?:was|is|did|do|were)\b"
    r"|\bhow much (?:do|did|would) you (?:like|love|hate|enjoy)\b",
    re.IGNORECASE,
)
_SCALE: Final = re.compile(r"\b(?:scale|out of (?:five|ten|5|10))\b", re.IGNORECASE)
#: A wish list, a price, a purchase that has not happened: the person is asked to design or to foretell.
_SOLUTION: Final = re.compile(
    r"\bwould you (?:use|buy|pay|like to (?:see|have)|want to (?:see|have)|be interested)\b(?!.{0,40}\b(?:again|another)\b)|\b(?:what|which) (?:features?|functions?|functionality)\b"
    r"|\bwhat would you (?:add|change|improve|build|want changed|like to (?:see|have)|want to (?:see|have)|want (?:it|them|us) to)\b"
    r"|\bwhat (?:should|could) (?:we|they|it) (?:add|build|do|improve|change|offer)\b"
    r"|\bif (?:we|they|there was|there were|you had|you could have)\b.{0,80}\bwould you (?:use|buy|pay|want|like)\b"
    r"|\bhow (?:would|could|should) (?:you|we|they) (?:improve|design|build|fix)\b|\b(?:wish ?list|magic wand|(?:ideal|perfect|dream) (?:product|solution|tool|app))\b"
    r"|\bdo you (?:want|need) (?:an?|the|more) \w+ (?:feature|button|option|function|mode)\b",
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
            plain = said.replace("’", "'").strip()
            if "?" in said and _LEADING.search(plain) and not _SCALE.search(plain):
                kinds.append("leading")
            if _SOLUTION.search(plain):
                kinds.append("solution")
            start = match.start() + len(said) - len(said.lstrip())
            for kind in kinds:
                yield QuestionCheck(kind=kind, turn=turn.index, start=start, end=match.end(), text=transcript.text[start : match.end()])
