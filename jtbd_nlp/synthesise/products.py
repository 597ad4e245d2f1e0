"""What was hired, what was fired, what else was considered: the names and noun phrases that are used for it in the interview."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from jtbd_nlp.schema import Quoted, Quoter, Transcript
from jtbd_nlp.synthesise.choosing import SHIPPED, Candidate, Hiring, likelihood
from jtbd_nlp.synthesise.goods import GENERAL, GOODS, MEANS
from jtbd_nlp.synthesise.hiring import ROLES, Role
from jtbd_nlp.synthesise.mentions import Mention
from jtbd_nlp.synthesise.phrases import Phrase
from jtbd_nlp.synthesise.syntax import Parse
from jtbd_nlp.synthesise.weighing import Known, Talked, known_things

_DETERMINERS: Final = frozenset("the a an my our his her their your this that another one some any".split())
_NUMBERS: Final = frozenset("two three four five six seven several many few both every each all different".split())
#: how likely a name has to be to stand for "the system", as a share of how likely that is
_NAME_FOR_GENERAL: Final = 0.5


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
    return choose(known_things(transcript, talked, parse), quoter, limit)


def choose(known: Sequence[Known], quoter: Quoter, limit: int, hiring: Hiring = SHIPPED) -> Products:
    """The same of things that are known already; `hiring` weighs them."""
    chosen: dict[Role, list[Phrase]] = {role: [] for role in ROLES}
    taken: list[str] = []
    for one in ranked(known, hiring):
        phrase = _best(one.thing, one.role)
        enough = (hiring.enough_more if chosen[one.role] else hiring.enough)[one.role]
        if one.score >= enough and len(chosen[one.role]) < limit and not _covered(_key(phrase.text), taken):
            chosen[one.role].append(phrase)
            taken.append(_key(phrase.text))
    considered = [p for p in _considered(k.thing for k in known) if not _covered(_key(p.text), taken)][:limit]
    return Products(*(tuple(p.quoted(quoter) for p in phrases) for phrases in (chosen["hired"], chosen["fired"], considered)))


@dataclass(frozen=True, slots=True)
class Ranked:
    """A thing in a role, and how likely it had it."""

    score: float
    role: Role
    thing: Candidate


def ranked(known: Sequence[Known], hiring: Hiring = SHIPPED) -> list[Ranked]:
    """Things in both roles, likeliest first; a name goes before the general word that it stands for ("the new system")."""
    scores = {(role, k.thing.key): round(likelihood(hiring.weights[role], k.features), 6) for k in known for role in ROLES}
    found = [Ranked(scores[role, k.thing.key], role, k.thing) for k in known for role in ROLES]
    for role in ROLES:
        best = max((r for r in found if r.role == role), key=lambda r: (r.score, r.thing.key), default=None)
        if best is None or best.thing.key not in GENERAL:
            continue
        other: Role = "fired" if role == "hired" else "hired"
        least = _NAME_FOR_GENERAL * best.score
        names = [r for r in found if r.role == role and r.thing.is_name and r.score >= max(least, scores[other, r.thing.key])]
        if names:
            name = max(names, key=lambda r: (r.score, r.thing.key))
            found = [r for r in found if r is not best and r is not name] + [Ranked(best.score, role, name.thing)]
    return sorted(found, key=lambda r: (-r.score, r.role, r.thing.key))


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
