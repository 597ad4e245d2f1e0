"""What was hired, what was fired, what else was considered: the names and noun phrases that are used for it in the interview."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from jtbd_nlp.schema import Quoted, Quoter, Statement, Transcript
from jtbd_nlp.synthesise.choosing import Candidate, Talk, candidates, counted, features, in_small, likelihood
from jtbd_nlp.synthesise.goods import GOODS, MEANS
from jtbd_nlp.synthesise.mentions import HINT, Mention, carried, mentions
from jtbd_nlp.synthesise.phrases import Phrase
from jtbd_nlp.synthesise.sayings import Saying, sayings
from jtbd_nlp.synthesise.syntax import Parse

Role = Literal["hired", "fired"]
_ROLES: Final[tuple[Role, Role]] = ("hired", "fired")
#: how likely the first, and every further, thing of a role has to be
_ENOUGH: Final[Mapping[Role, float]] = {"hired": 0.35, "fired": 0.35}
_ENOUGH_MORE: Final[Mapping[Role, float]] = {"hired": 0.5, "fired": 0.5}
#: the interviewer's sentences that are looked at
_QUESTIONS: Final = 80
_DETERMINERS: Final = frozenset("the a an my our his her their your this that another one some any".split())

_NUMBERS: Final = frozenset("two three four five six seven several many few both every each all different".split())


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
class Products:
    """What a story names: hired, fired, considered; best first."""

    hired: tuple[Quoted, ...]
    fired: tuple[Quoted, ...]
    considered: tuple[Quoted, ...]


def find_products(transcript: Transcript, talked: Talked, quoter: Quoter, parse: Parse, limit: int) -> Products:
    """What a participant hired, fired and considered, as far as it is named clearly.

    Shown in the participant's words for it; in the interviewer's only where the participant, answering, never names it.
    """
    people = {word.lower() for turn in transcript.turns for word in turn.speaker.split()}
    found = mentions(talked.said, talked.asked, people, parse)
    talk = Talk(_counted(transcript, asked=False), _counted(transcript, asked=True), len(transcript.text), _questions(transcript))
    things = candidates(found, in_small(transcript.text))
    again = {c.key for c in things if c.is_name or talk.said.get(c.key, 0) + talk.asked.get(c.key, 0) > 1}
    pronouns: dict[str, Counter[str]] = defaultdict(Counter)
    for one in carried(talked.said, found, again, parse):
        pronouns[one.key][f"it {one.act}"] += 1
    known = {c.key: features(c, talk, pronouns[c.key]) for c in things}
    chosen: dict[Role, list[Phrase]] = {role: [] for role in _ROLES}
    taken: list[str] = []
    weighed = [(round(likelihood(role, known[c.key]), 6), role, c) for c in things for role in _ROLES]
    for score, role, thing in sorted(weighed, key=lambda w: (-w[0], w[1], w[2].key)):
        enough = _ENOUGH_MORE if chosen[role] else _ENOUGH
        phrase = _best(thing, role)
        if (
            score >= enough[role]
            and _speaks(role, known[thing.key])
            and len(chosen[role]) < limit
            and not _covered(_key(phrase.text), taken)
        ):
            chosen[role].append(phrase)
            taken.append(_key(phrase.text))
    considered = [p for p in _considered(things) if not _covered(_key(p.text), taken)][:limit]
    return Products(*(tuple(p.quoted(quoter) for p in phrases) for phrases in (chosen["hired"], chosen["fired"], considered)))


#: one of these has to speak for a role; nothing that only people do may speak against it
_SIGNS: Final[Mapping[Role, tuple[str, ...]]] = {
    "hired": ("said hire", "asked hire", "asked use", "said arrive", "said use", "it hire", "hire", "pull", "new", "asked choice", "late"),
    "fired": (
        "said fire",
        "asked fire",
        "said fail",
        "it fire",
        "it fail",
        "fire",
        "push early",
        "habit early",
        "old",
        "instead",
        "asked before",
        "use early",
    ),
}


def _speaks(role: Role, known: Mapping[str, float]) -> bool:
    person = known["name"] > 0 and known.get("human", 0.0) > 0 and known["thing"] < 0.5
    return not person and any(known.get(sign, 0.0) > 0 for sign in _SIGNS[role])


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


_FITTING: Final[Mapping[Role, frozenset[str]]] = {
    "hired": frozenset({"deciding", "first_use", "ongoing_use"}),
    "fired": frozenset({"first_thought", "passive_looking"}),
}


def _best(thing: Candidate, role: Role) -> Phrase:
    """The mention that shows the thing best: said by a participant, where it is hired or fired, by its full name."""

    def fit(m: Mention) -> float:
        statement = m.saying.statement
        acts = m.act in (("hire", "arrive") if role == "hired" else ("fire", "fail", "instead"))
        tagged = bool(set(statement.tags) & ({"hire", "pull"} if role == "hired" else {"fire", "push", "habit"}))
        words = _key(m.phrase.text).split()
        shape = (0.6 + 0.6 * m.is_compound) if len(words) in (2, 3) else -0.3 * (len(words) > 3)
        several = 0.8 if words[0] in _NUMBERS else 0.0
        return 4.0 * (not m.asked) + acts + 0.7 * tagged + 0.5 * (statement.stage in _FITTING[role]) + shape - several

    return min(thing.mentions, key=lambda m: (-round(fit(m), 6), m.saying.statement.start, m.phrase.start)).phrase


def _considered(things: Iterable[Candidate]) -> list[Phrase]:
    """Things that a participant says to have looked at or tried before using one, the most looked at first."""
    looked: list[tuple[float, Mention]] = []
    for thing in things:
        fitting = [
            m
            for m in thing.mentions
            if not m.asked and m.act == "look" and m.saying.statement.stage not in ("ongoing_use", "first_thought")
        ]
        named = thing.is_name and sum(m.thing for m in thing.mentions) >= 0.6
        if fitting and (named or thing.key in GOODS or thing.key in MEANS):
            looked.append((len(fitting) + 0.5 * named, fitting[0]))
    return [m.phrase for _, m in sorted(looked, key=lambda r: (-r[0], r[1].saying.statement.start, r[1].phrase.start))]


def _covered(key: str, taken: Iterable[str]) -> bool:
    words = set(key.split())
    return any(words <= set(other.split()) or set(other.split()) <= words for other in taken)


def _key(text: str) -> str:
    words = [w for w in re.findall(r"[\w'’&+-]+", text.lower()) if w not in _DETERMINERS]
    return " ".join(words) or text.lower()
