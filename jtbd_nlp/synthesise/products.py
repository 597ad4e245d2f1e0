"""What was hired, what was fired, what else was considered: the names and noun phrases that a participant uses for it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from jtbd_nlp.schema import Quoted, Quoter
from jtbd_nlp.synthesise.naming import FIRING, HIRING, LOOKING, SALIENT, asked_about, is_name, product_names, salience_of
from jtbd_nlp.synthesise.phrases import Phrase, noun_phrase, phrase
from jtbd_nlp.synthesise.sayings import Saying
from jtbd_nlp.synthesise.syntax import Parse, Syntax

Role = Literal["hired", "fired", "considered"]
_ROLES: Final[tuple[Role, ...]] = ("fired", "hired", "considered")

#: a sentence that may name a product; the others are not parsed
HINT: Final = re.compile(
    r"\b(?:bought|buy|got|order\w*|cho(?:ose|se)|pick\w*|hir\w+|install\w*|download\w*|subscri\w+|rent\w*|adopt\w*|us(?:e|ed|ing)|join\w*|switch\w*|moved|sign\w*|cancel\w*|stopped|"
    r"quit|left|drop\w*|ditch\w*|sold|sell|return\w*|sent|binned|threw|replac\w*|delet\w*|gave|got rid|tr(?:y|ied)|consider\w*|compar\w*|went)\b|(?<=[a-z,] )[A-Z][a-z]+"
)
#: verbs that say hiring only beside a tag that does
_WEAK: Final = frozenset({"get", "order", "use", "move", "sign", "join", "pick"})
#: votes that a name, and a common noun, needs
_ENOUGH: Final = 1.0
_ENOUGH_NOUN: Final = 1.4


@dataclass(frozen=True, slots=True)
class Named:
    """A name or noun phrase with the role that its sentence gives it and how sure that is."""

    role: Role
    score: float
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Products:
    """What a story names: hired, fired, considered; best first, nothing in two of them."""

    hired: tuple[Quoted, ...]
    fired: tuple[Quoted, ...]
    considered: tuple[Quoted, ...]


def find_products(sayings: Sequence[Saying], asked: str, quoter: Quoter, parse: Parse, limit: int) -> Products:
    """What a participant hired, fired and considered, as far as it is named clearly; each name takes the role that its sentences give it most.

    `asked` is what the interviewer said: a name in it is a product more often than not (only the participant's own words are quoted).
    """
    names = product_names(sayings, asked, parse)
    salience = salience_of(sayings, asked, parse)
    using = asked_about(asked) & names
    votes: dict[str, dict[Role, float]] = defaultdict(lambda: dict.fromkeys(_ROLES, 0.0))
    best: dict[str, Named] = {}
    for saying in sayings:
        for named in _named(saying, Syntax(parse(saying.statement.text)), names, salience):
            key = _key(named.phrase.text)
            votes[key][named.role] += named.score
            known = best.get(key)
            if known is None or _better(named, known):
                best[key] = named
    for key, roles in votes.items():
        if any(name.lower() in key.split() for name in using):
            roles["hired"] += 1.0
    chosen: dict[Role, list[Phrase]] = {role: [] for role in _ROLES}
    for key in sorted(votes, key=lambda k: (-max(votes[k].values()), k)):
        role = min(_ROLES, key=lambda r: (-round(votes[key][r], 6), _ROLES.index(r)))
        is_named = any(name.lower() in key.split() for name in names)
        if votes[key][role] >= (_ENOUGH if is_named else _ENOUGH_NOUN) and len(chosen[role]) < limit and not _covered(key, chosen.values()):
            chosen[role].append(best[key].phrase)
    return Products(*(tuple(p.quoted(quoter) for p in chosen[role]) for role in ("hired", "fired", "considered")))


def _better(new: Named, old: Named) -> bool:
    return (-new.score, new.phrase.statement.start, new.phrase.start) < (-old.score, old.phrase.statement.start, old.phrase.start)


def _covered(key: str, chosen: Iterable[list[Phrase]]) -> bool:
    words = set(key.split())
    return any(words <= set(_key(p.text).split()) or set(_key(p.text).split()) <= words for phrases in chosen for p in phrases)


_DETERMINERS: Final = frozenset("the a an my our his her their your this that another one some any".split())


def _key(text: str) -> str:
    words = [w for w in re.findall(r"[\w'’&+-]+", text.lower()) if w not in _DETERMINERS]
    return " ".join(words) or text.lower()


def _named(saying: Saying, syntax: Syntax, names: frozenset[str], salience: Mapping[str, float]) -> list[Named]:
    tags, stage = frozenset(saying.statement.tags), saying.statement.stage
    found: list[Named] = []
    for i, token in enumerate(syntax.tokens):
        made: Phrase | None = None
        role: tuple[Role, float] | None = None
        if token.text in names and is_name(syntax, i):
            role = _verb_role(syntax, token.head, tags, stage) or _role_of_name(tags, stage)
            made = phrase(saying.statement, syntax, *_full_name(syntax, i, names))
        elif token.pos == "NOUN" and salience.get(token.lemma.lower(), 0.0) >= SALIENT - 1:
            governor = token.head if token.dep == "dobj" else syntax.tokens[token.head].head if token.dep == "pobj" else None
            role = None if governor is None else _verb_role(syntax, governor, tags, stage)
            if role is None and salience[token.lemma.lower()] >= SALIENT and token.dep in ("dobj", "pobj", "nsubj", "nsubjpass", "attr"):
                role = _role_of_mention(tags, stage)
            made = phrase(saying.statement, syntax, *noun_phrase(syntax, i))
        if made is not None and role is not None and syntax.words(made.first, made.last) <= 6:
            found.append(Named(role[0], role[1], made))
    return found


def _verb_role(syntax: Syntax, i: int, tags: frozenset[str], stage: str | None) -> tuple[Role, float] | None:
    """The role that a verb gives its object, where the participant is who acts; None for other verbs, denials and mere possibilities."""
    token = syntax.tokens[i]
    lemma = token.lemma.lower()
    subject = next(iter(syntax.children(i, "nsubj")), None)
    mine = syntax.lower(subject) in ("i", "we") if subject is not None else token.dep in ("conj", "xcomp", "pcomp")
    unreal = any(syntax.lower(c) in ("would", "'d", "could", "if", "might", "should") for c in syntax.children(i, "aux", "mark"))
    if token.pos != "VERB" or not mine or unreal or syntax.is_negated(i):
        return None
    after = syntax.lower(i + 1) if i + 1 < len(syntax.tokens) else ""
    away = lemma in ("give", "throw", "send", "chuck", "put") and any(
        syntax.lower(c) in ("up", "out", "away", "back") for c in syntax.children(i, "prt", "advmod")
    )
    if lemma in FIRING or away or (lemma == "get" and after == "rid"):
        weak = lemma in ("leave", "stop", "return", "drop", "sell") and not tags & {"fire", "push", "tradeoff"}
        return None if weak else ("fired", 1.2 + 0.6 * ("fire" in tags))
    if lemma in LOOKING and (lemma != "look" or after == "at"):
        return None if stage in ("ongoing_use", "first_thought") else ("considered", 0.8 + 0.4 * bool(tags))
    if lemma in HIRING or (lemma == "go" and after in ("with", "for")):
        late = stage in ("deciding", "first_use", "ongoing_use")
        if stage in ("first_thought", "passive_looking"):
            return ("fired", 0.8) if lemma in ("use", "buy", "get") else None
        if lemma in _WEAK and (not tags & {"hire", "pull", "step", "tradeoff"} or (lemma in ("get", "order", "move", "join") and not late)):
            return None
        return "hired", 0.7 + 0.4 * late + 0.5 * bool(tags & {"hire", "pull"})
    return None


def _role_of_name(tags: frozenset[str], stage: str | None) -> tuple[Role, float] | None:
    """The role that tag and stage of a statement give a product that it names."""
    if "fire" in tags and stage not in ("none", "ongoing_use"):
        return "fired", 1.0
    if tags & {"hire", "pull"}:
        return "hired", 1.0 if stage in ("deciding", "first_use", "ongoing_use") else 0.5
    if tags & {"push", "habit", "step"} and stage in ("first_thought", "passive_looking"):
        return "fired", 0.9
    if tags and stage in ("first_use", "ongoing_use"):
        return "hired", 0.5
    return ("considered", 0.6) if stage in ("active_looking", "deciding") else ("considered", 0.1)


def _role_of_mention(tags: frozenset[str], stage: str | None) -> tuple[Role, float] | None:
    """The same for a common noun that the interview comes back to: it takes several of them."""
    if "fire" in tags and stage not in ("none", "ongoing_use"):
        return "fired", 0.4
    if tags & {"push", "habit", "step"} and stage in ("first_thought", "passive_looking"):
        return "fired", 0.4
    if tags & {"hire", "pull"} and stage in ("deciding", "first_use", "ongoing_use"):
        return "hired", 0.4
    return None


def _full_name(syntax: Syntax, i: int, names: frozenset[str]) -> tuple[int, int]:
    first, last = i, i + 1
    while last < len(syntax.tokens) and syntax.tokens[last].pos == "PROPN" and syntax.tokens[last].text[:1].isupper():
        last += 1
    while first > 0 and syntax.tokens[first - 1].pos == "PROPN" and syntax.tokens[first - 1].text in names:
        first -= 1
    return first, last
