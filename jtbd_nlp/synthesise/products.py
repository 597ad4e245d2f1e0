"""What was hired, what was fired, what else was considered: the names and noun phrases that a participant uses for it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from jtbd_nlp.schema import Quoted, Quoter
from jtbd_nlp.synthesise.phrases import Phrase, noun_phrase, phrase
from jtbd_nlp.synthesise.sayings import Saying
from jtbd_nlp.synthesise.syntax import Parse, Syntax

Role = Literal["hired", "fired", "considered"]

_HIRING: Final = frozenset("buy get order choose pick hire install download subscribe rent adopt use join lease switch move sign".split())
_FIRING: Final = frozenset(
    "cancel stop quit leave drop ditch sell return bin abandon replace uninstall unsubscribe dump scrap fire stop delete".split()
)
_LOOKING: Final = frozenset("try consider compare test trial demo check research look".split())
#: a sentence that may name a product; the others are not parsed
HINT: Final = re.compile(
    r"\b(?:b(?:uy|ought)|got|get|order|cho(?:ose|se)|pick|hir|install|download|subscri|rent|adopt|us(?:e|ed|ing)|join|switch|mov|sign|cancel|stop|quit|leav|left|drop|ditch|sold|sell|return|sent (?:it )?back|"
    r"binn|threw|throw|replac|delet|gave|give|got rid|tr(?:y|ied|ial)|consider|compar|test|demo|look|went with|go with|going back|went back|nothing)\w*\b",
    re.IGNORECASE,
)
_NAME_NOISE: Final = frozenset(
    "god jesus christ lord monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december christmas easter "
    "english german french spanish polish english mum mam mom dad mama papa gran grandma granny nan i ok okay tv pdf vat uk usa us eu covid internet google whatsapp facebook youtube".split()
)
_HUMAN: Final = frozenset(
    "say tell ask laugh cry think want know sit stand marry phone ring speak talk whisper shout smile go come look drive eat sleep walk die live feel hate love believe forget remember call answer explain".split()
)
_SERVES: Final = frozenset("on with from in by of at to into for inside".split())
_VAGUE_NOUNS: Final = frozenset(
    "it that this them one thing lot bit way what which something anything everything nothing time money day half home word hand idea point look job work list life year week hour minute "
    "question answer call people person man woman husband wife daughter son mother father kid child friend look chance rid sense feeling sleep place part number month night morning price "
    "dinner breakfast lunch tea coffee the none all each both any some more most enough letter bill text message email".split()
)
_PLACE: Final = frozenset("in from near to outside around".split())


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
    """What a participant hired, fired and considered.

    `asked` is what the interviewer said: a name in it is a product more often than not (only the participant's own words are quoted).
    """
    names = _product_names(sayings, asked, parse)
    salience = _salience(sayings, asked, parse)
    found = [named for saying in sayings for named in _named(saying, Syntax(parse(saying.statement.text)), names, salience)]
    chosen: dict[Role, list[Phrase]] = {"hired": [], "fired": [], "considered": []}
    votes: dict[str, dict[Role, float]] = defaultdict(lambda: defaultdict(float))
    best: dict[tuple[str, Role], Named] = {}
    for named in found:
        key = _key(named.phrase.text)
        votes[key][named.role] += named.score
        known = best.get((key, named.role))
        if known is None or (-named.score, named.phrase.statement.start) < (-known.score, known.phrase.statement.start):
            best[key, named.role] = named
    ranked = sorted(votes, key=lambda k: (-max(votes[k].values()), k))
    roles: tuple[Role, ...] = ("fired", "hired", "considered")
    for key in ranked:
        role = min(roles, key=lambda r: (-round(votes[key][r], 6), roles.index(r)))
        if votes[key][role] >= 1.0 and len(chosen[role]) < limit and not _covered(key, chosen.values()):
            chosen[role].append(best[key, role].phrase)
    return Products(*(tuple(p.quoted(quoter) for p in chosen[role]) for role in ("hired", "fired", "considered")))


def _covered(key: str, chosen: Iterable[list[Phrase]]) -> bool:
    words = set(key.split())
    return any(words <= set(_key(p.text).split()) or set(_key(p.text).split()) <= words for phrases in chosen for p in phrases)


def _key(text: str) -> str:
    words = [
        w
        for w in re.findall(r"[\w'’&+-]+", text.lower())
        if w not in ("the", "a", "an", "my", "our", "his", "her", "their", "your", "this", "that", "another", "one")
    ]
    return " ".join(words)


def _salience(sayings: Sequence[Saying], asked: str, parse: Parse) -> dict[str, float]:
    """How much an interview is about a thing: sentences that name it (coded ones doubly), more where the interviewer takes it up; people are out."""
    said: dict[str, float] = defaultdict(float)
    people: set[str] = set()
    asked_words = set(re.findall(r"[a-z][\w'’-]+", asked.lower()))
    for saying in sayings:
        syntax = Syntax(parse(saying.statement.text))
        for _i, token in enumerate(syntax.tokens):
            if token.pos == "NOUN":
                said[token.lemma.lower()] += 2.0 if saying.statement.tags else 1.0
                if token.dep == "nsubj" and syntax.tokens[token.head].lemma.lower() in _HUMAN:
                    people.add(token.lemma.lower())
    return {
        lemma: score + 2.0 * (lemma in asked_words) for lemma, score in said.items() if lemma not in people and lemma not in _VAGUE_NOUNS
    }


def _mentioned(saying: Saying, syntax: Syntax, salience: dict[str, float]) -> list[Named]:
    """Things that a coded statement is about, with the role that its tag and stage give them."""
    tags, stage = set(saying.statement.tags), saying.statement.stage
    early, late = stage in ("first_thought", "passive_looking"), stage in ("deciding", "first_use", "ongoing_use")
    role: Role
    if "fire" in tags and stage != "none":
        role, score = "fired", 0.5
    elif early and tags & {"push", "habit", "step"}:
        role, score = "fired", 0.4
    elif late and tags & {"hire", "pull"}:
        role, score = "hired", 0.4
    elif late and "step" in tags:
        role, score = "hired", 0.25
    else:
        return []
    found = []
    for i, token in enumerate(syntax.tokens):
        if (
            token.pos != "NOUN"
            or token.dep not in ("dobj", "pobj", "nsubj", "nsubjpass", "attr")
            or salience.get(token.lemma.lower(), 0) < _SALIENT
        ):
            continue
        made = phrase(saying.statement, syntax, *noun_phrase(syntax, i))
        if made is not None and syntax.words(made.first, made.last) <= 5:
            found.append(Named(role, score, made))
    return found


_SALIENT: Final = 5.0


def _named(saying: Saying, syntax: Syntax, names: frozenset[str], salience: dict[str, float]) -> list[Named]:
    tags, stage = saying.statement.tags, saying.statement.stage
    found: list[Named] = _mentioned(saying, syntax, salience)
    for i, token in enumerate(syntax.tokens):
        if token.text in names and token.pos == "PROPN":
            role, score = _role_of_name(syntax, i, set(tags), stage)
            made = phrase(saying.statement, syntax, *_full_name(syntax, i, names))
            if made is not None:
                found.append(Named(role, score, made))
    for i, token in enumerate(syntax.tokens):
        if token.pos != "VERB":
            continue
        verb = _verb_role(syntax, i, set(tags), stage)
        if verb is None:
            continue
        noun = _object_of(syntax, i)
        if noun is None or syntax.tokens[noun].lemma.lower() in _VAGUE_NOUNS or syntax.tokens[noun].pos not in ("NOUN", "PROPN"):
            continue
        if syntax.tokens[noun].pos == "PROPN" and syntax.tokens[noun].text not in names:
            continue
        if syntax.tokens[noun].pos == "NOUN" and salience.get(syntax.tokens[noun].lemma.lower(), 0) < _SALIENT - 1:
            continue
        made = phrase(saying.statement, syntax, *noun_phrase(syntax, noun))
        if made is not None and syntax.words(made.first, made.last) <= 8:
            found.append(Named(verb[0], verb[1], made))
    return found


def _verb_role(syntax: Syntax, i: int, tags: set[str], stage: str | None) -> tuple[Role, float] | None:
    lemma = syntax.tokens[i].lemma.lower()
    subject = next(iter(syntax.children(i, "nsubj")), None)
    mine = (subject is not None and syntax.lower(subject) in ("i", "we")) or (
        subject is None and syntax.tokens[i].dep in ("conj", "xcomp", "pcomp")
    )
    if (
        not mine
        or syntax.is_negated(i)
        or any(syntax.lower(c) in ("would", "'d", "could", "if", "might") for c in syntax.children(i, "aux", "mark"))
    ):
        return None
    after = syntax.lower(i + 1) if i + 1 < len(syntax.tokens) else ""
    up = after in ("up", "out", "away", "back", "off", "rid", "on", "at", "with", "to", "for", "over")
    if (
        lemma in _FIRING
        or (lemma in ("give", "throw", "send", "chuck", "put") and after in ("up", "out", "away", "back"))
        or (lemma == "get" and after == "rid")
    ):
        return "fired", 1.2 + 0.6 * ("fire" in tags) - 0.6 * (lemma in ("leave", "stop", "return", "drop") and not tags)
    if lemma in _LOOKING or (lemma == "look" and after == "at"):
        return (
            ("considered", 1.1 + 0.3 * bool(tags))
            if stage not in ("ongoing_use", "first_thought") and (lemma != "look" or after == "at")
            else None
        )
    if lemma in _HIRING or (lemma == "go" and after in ("with", "back", "for")):
        late = stage in ("deciding", "first_use", "ongoing_use")
        early = stage in ("first_thought", "passive_looking")
        if lemma in ("get", "order", "use", "move", "sign", "join", "pick") and not tags and not up:
            return None
        if early:
            return ("fired", 0.8) if lemma in ("use", "buy", "get") else None
        return "hired", 0.8 + 0.5 * late + 0.5 * bool(tags & {"hire", "pull"})
    return None


def _role_of_name(syntax: Syntax, i: int, tags: set[str], stage: str | None) -> tuple[Role, float]:
    if "fire" in tags and stage != "none":
        return "fired", 1.4
    if tags & {"hire", "pull"} and stage in ("deciding", "first_use", "ongoing_use"):
        return "hired", 1.3
    if tags & {"push", "habit"} and stage in ("first_thought", "passive_looking"):
        return "fired", 1.2
    if stage in ("first_use", "ongoing_use"):
        return "hired", 0.7
    if stage in ("active_looking", "deciding"):
        return "considered", 0.9
    governor = syntax.tokens[syntax.tokens[i].head].lemma.lower()
    return ("hired" if governor in _HIRING else "considered"), 0.5


def _object_of(syntax: Syntax, verb: int) -> int | None:
    direct = next((c for c in syntax.children(verb, "dobj") if c > verb), None)
    if direct is not None and syntax.lower(direct) not in ("rid",):
        return direct
    for prep in syntax.children(verb, "prep"):
        if syntax.lower(prep) in ("to", "with", "for", "at", "up", "of", "on"):
            return next(iter(syntax.children(prep, "pobj")), None)
    return None


def _full_name(syntax: Syntax, i: int, names: frozenset[str]) -> tuple[int, int]:
    first, last = i, i + 1
    while last < len(syntax.tokens) and syntax.tokens[last].pos == "PROPN" and syntax.tokens[last].text[:1].isupper():
        last += 1
    while first > 0 and syntax.tokens[first - 1].pos == "PROPN" and syntax.tokens[first - 1].text in names:
        first -= 1
    return first, last


def _product_names(sayings: Sequence[Saying], asked: str, parse: Parse) -> frozenset[str]:
    """Proper names that behave like things: used "with", "on", "from", bought, or asked about; not like people or places."""
    thing: dict[str, float] = defaultdict(float)
    for saying in sayings:
        syntax = Syntax(parse(saying.statement.text))
        for i, token in enumerate(syntax.tokens):
            word = token.text
            if token.pos != "PROPN" or not word[:1].isupper() or word.lower() in _NAME_NOISE or len(word) < 3 or not word[0].isalpha():
                continue
            head = syntax.tokens[token.head]
            thing[word] += 0.0
            if token.dep in ("nsubj", "npadvmod", "dative", "intj", "poss") or (
                token.dep == "conj" and syntax.tokens[token.head].dep == "nsubj"
            ):
                thing[word] -= 1.0 if head.lemma.lower() in _HUMAN or token.dep in ("poss", "dative", "intj") else 0.0
            elif token.dep == "dobj":
                thing[word] += 0.8 if head.lemma.lower() in _HIRING | _FIRING | _LOOKING else -0.3
            elif token.dep == "pobj":
                thing[word] += 0.3 if head.text.lower() in ("on", "with", "inside") else -0.4 if head.text.lower() in _PLACE else 0.0
            if i > 0 and syntax.lower(i - 1) in (
                "mr",
                "mrs",
                "ms",
                "dr",
                "our",
                "st",
                "sister",
                "uncle",
                "aunt",
                "auntie",
                "mr.",
                "mrs.",
                "saint",
                "cousin",
            ):
                thing[word] -= 1.5
            if saying.statement.tags and set(saying.statement.tags) & {"hire", "fire"}:
                thing[word] += 0.3
    in_questions = set(re.findall(r"(?<![.!?]\s)(?<!^)\b[A-Z][\w’'&+-]{2,}", asked))
    using = set(
        re.findall(
            r"\b(?:us(?:e|ing)|with|on|from|about|start|starting|called|tr(?:y|ied)|cho(?:ose|se|osing)|switch\w* to|left|leave|leaving|join\w*) ([A-Z][\w’'&+-]{2,})",
            asked,
        )
    )
    for word in thing:
        thing[word] += 0.4 * (word in in_questions) + 1.0 * (word in using)
    return frozenset(word for word, score in thing.items() if score >= 0.7)
