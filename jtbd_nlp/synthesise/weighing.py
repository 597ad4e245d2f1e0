"""Everything that an interview names and that might be hired or fired, with what speaks for and against it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from jtbd_nlp.schema import Statement, Transcript
from jtbd_nlp.synthesise.choosing import Candidate, Talk, candidates, counted, features, in_small
from jtbd_nlp.synthesise.mentions import HINT, carried, mentions
from jtbd_nlp.synthesise.people import Sense, senses
from jtbd_nlp.synthesise.sayings import Saying, sayings
from jtbd_nlp.synthesise.syntax import Parse

#: the interviewer's sentences that are looked at
_QUESTIONS: Final = 80
#: how much the places of a name have to be a thing's where it may be a person's
_THING: Final = 0.4


@dataclass(frozen=True, slots=True)
class Talked:
    """The sentences of an interview that may name a product: the participants' and the interviewers'."""

    said: tuple[Saying, ...]
    asked: tuple[Saying, ...]

    @classmethod
    def of(cls, transcript: Transcript, coded: Sequence[Statement]) -> Talked:
        return cls(tuple(sayings(transcript, coded, HINT)), tuple(sayings(transcript, (), None, _QUESTIONS, asked=True)))

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(s.statement.text for s in (*self.said, *self.asked))


@dataclass(frozen=True, slots=True)
class Known:
    """A thing with what is known of it: `choosing.features` says what each name counts."""

    thing: Candidate
    features: Mapping[str, float]


def known_things(transcript: Transcript, talked: Talked, parse: Parse) -> tuple[Known, ...]:
    """Every thing that is named, sorted by its key; people are none."""
    speakers = {word.lower() for turn in transcript.turns for word in turn.speaker.split()}
    found = mentions(talked.said, talked.asked, speakers, parse)
    named = senses(transcript, sorted({m.key for m in found if m.is_name}), parse)
    things = [c for c in candidates(found, in_small(transcript.text)) if not (c.is_name and _is_person(c, named[c.key]))]
    said, asked = _counted(transcript, asked=False), _counted(transcript, asked=True)
    talk = Talk(
        said,
        asked,
        len(transcript.text),
        _questions(transcript),
        most=max((said.get(c.key, 0) + asked.get(c.key, 0) for c in things if c.is_name), default=0),
    )
    again = {c.key for c in things if c.is_name or talk.said.get(c.key, 0) + talk.asked.get(c.key, 0) > 1}
    pronouns: dict[str, Counter[str]] = defaultdict(Counter)
    for one in carried(talked.said, found, again, parse):
        pronouns[one.key][f"it {one.act}"] += 1
    return tuple(Known(c, features(c, talk, pronouns[c.key], named[c.key] if c.is_name else Sense())) for c in things)


def _is_person(candidate: Candidate, sense: Sense) -> bool:
    """Whether a name is a person's; in doubt, its places in its sentences tell."""
    doubtful = sense.may_be_person or (sense.is_given and sense.thing == 0) or any(m.human for m in candidate.mentions)
    return sense.is_person or (doubtful and sum(m.thing for m in candidate.mentions) < _THING)


def _questions(transcript: Transcript) -> Mapping[int, str]:
    """What an interviewer said last before each participant's turn."""
    last = ""
    found: dict[int, str] = {}
    for turn in transcript.turns:
        if turn.role == "interviewer":
            last = transcript.turn_text(turn)
        else:
            found[turn.index] = last
    return found


def _counted(transcript: Transcript, asked: bool) -> Mapping[str, int]:
    return counted(transcript.turn_text(turn) for turn in transcript.turns if (turn.role == "interviewer") == asked)
