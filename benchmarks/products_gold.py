"""What the writers of coded stories say was hired and fired, beside what their interviews name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jtbd_nlp.parser import ParserService
from jtbd_nlp.schema import Transcript
from jtbd_nlp.synthesise.choosing import singular
from jtbd_nlp.synthesise.hiring import ROLES, Role
from jtbd_nlp.synthesise.weighing import Known, Talked, known_things
from jtbd_nlp.training.gold import Gold, read_market, to_statements, to_transcript

#: markets that nothing is fitted or chosen on
HELD_OUT = ("clinics", "sleep")
#: texts that are held parsed at once: more than all markets together have
_MOST_TEXTS = 1_000_000
_WORD = re.compile(r"[^\W_]+(?:['’&+-][^\W_]+)*")
_PARTS = re.compile(r"[,;(]| plus | and | or ")
_AFTER = re.compile(
    r" (?:with|without|on|for|in|into|of|at|from|by|that|to|nobody|under|beside|after|priced|as|who|which|when|between|over|through|instead|about) "
)


@dataclass(frozen=True)
class Told:
    """A story whose writer says what was hired or fired, and the things that its interview names."""

    gold: Gold
    transcript: Transcript
    known: tuple[Known, ...]

    @cached_property
    def answers(self) -> Mapping[Role, tuple[str, ...]]:
        """The writer's words for each role; none where the writer says nothing or "nothing"."""
        return {role: _answers(self.gold.story.get(role)) for role in ROLES}

    @cached_property
    def said(self) -> frozenset[str]:
        """Every word of the interview."""
        return frozenset(singular(word.lower()) for word in _WORD.findall(self.gold.text))


def read(folders: Iterable[Path]) -> list[Told]:
    """The stories of markets whose writers say what was hired or fired; all are parsed together."""
    gold = [g for folder in folders for g in read_market(folder) if any(_answers(g.story.get(role)) for role in ROLES)]
    talks = [(g, to_transcript(g)) for g in gold]
    talked = [Talked.of(transcript, to_statements(g)) for g, transcript in talks]
    parse = ParserService(_MOST_TEXTS)
    parse.ahead(text for one in talked for text in one.texts)
    return [Told(g, t, known_things(t, one, parse)) for (g, t), one in zip(talks, talked, strict=True)]


def is_right(text: str, answers: Sequence[str]) -> bool:
    """Whether a named thing is what the writer says: a head noun or name of both."""
    return any(heads(text) & heads(answer) for answer in answers)


def is_key_right(key: str, answers: Sequence[str]) -> bool:
    """The same for the one word by which a thing is kept."""
    return any(singular(key) in heads(answer) for answer in answers)


def heads(text: str) -> frozenset[str]:
    """Head words of a phrase and of what is joined to it, by position (the last word before a preposition, a comma or "and"), and the names in it."""
    found: set[str] = set()
    for part in _PARTS.split(text):
        words = _WORD.findall(_AFTER.split(f" {part.strip()} ")[0])
        found |= {singular(words[-1].lower())} if words else set()
        found |= {singular(word.lower()) for word in _WORD.findall(part) if word[:1].isupper()}
    return frozenset(found - {"a", "an", "the", "i"})


def _answers(value: object) -> tuple[str, ...]:
    texts = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(str(t) for t in texts if t and not str(t).lower().startswith(("nothing", "none")))
