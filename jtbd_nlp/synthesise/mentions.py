"""Mentions of things in the talk of an interview: who says it, and what the sentence does with it (buys it, sends it back, calls it old)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from jtbd_nlp.synthesise.naming import FIRING, HIRING, LOOKING, is_human, is_name, is_thing, thingness
from jtbd_nlp.synthesise.phrases import Phrase, noun_phrase, phrase
from jtbd_nlp.synthesise.sayings import Saying
from jtbd_nlp.synthesise.syntax import Parse, Syntax

#: what a sentence does with a thing: hire, fire, look at or use it; it fails or arrives; something else stands in its place
Act = Literal["hire", "fire", "look", "use", "fail", "arrive", "instead"]
Age = Literal["new", "old"]

#: a sentence that may name a thing hired or fired, or the first of an answer; the others are not parsed
HINT: Final = re.compile(
    r"\b(?:bought|buy|got|order\w*|cho(?:ose|se)|pick\w*|hir\w+|install\w*|download\w*|subscri\w+|rent\w*|adopt\w*|us(?:e|ed|ing)|join\w*|switch\w*|moved|sign\w*|cancel\w*|stopped|"
    r"quit|left|drop\w*|ditch\w*|sold|sell|return\w*|sent|binned|threw|replac\w*|delet\w*|gave|got rid|tr(?:y|ied)|consider\w*|compar\w*|went)\b|(?<=[a-z,] )[A-Z][a-z]+|(?<=: )\S"
)
_WITHDRAWING: Final = frozenset("give throw send take put chuck go hand turn".split())
_AWAY: Final = frozenset("up out away back off".split())
_FAILING: Final = frozenset("break die leak fail crash burn snap rust wear expire close pack freeze collapse".split())
_ARRIVING: Final = frozenset("arrive come win save cost".split())
_MOVING: Final = frozenset("switch move change go come migrate jump".split())
_USING: Final = frozenset("use have keep run work live pay".split())
_OLD: Final = frozenset("old previous former last broken ancient existing original dead first".split())
_NEW: Final = frozenset("new".split())
_UNREAL: Final = frozenset("would 'd could if might should".split())
_MAX_WORDS: Final = 6
_PRONOUNS: Final = frozenset("it them they one that".split())
_ASKING: Final = frozenset("your what which whose".split())
#: characters that a pronoun looks back
_NEAR: Final = 400


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention. `key` is the lemma of a common noun or the name, in lower case; `thing` how much a name behaves like a thing there."""

    key: str
    is_name: bool
    is_compound: bool
    asked: bool
    act: Act | None
    age: Age | None
    owned: bool
    articled: bool
    human: bool
    thing: float
    dep: str
    phrase: Phrase
    saying: Saying


def mentions(said: Sequence[Saying], asked: Sequence[Saying], people: Collection[str], parse: Parse) -> list[Mention]:
    """Every thing that participants (`said`) and interviewers (`asked`) name, in the order of the talk; `people` are names of speakers, left out."""
    found: list[Mention] = []
    for saying, is_asked in (*((s, False) for s in said), *((s, True) for s in asked)):
        found += _in(saying, is_asked, Syntax(parse(saying.statement.text)), people)
    return sorted(found, key=lambda m: (m.saying.statement.start, m.phrase.start, m.key))


def _in(saying: Saying, asked: bool, syntax: Syntax, people: Collection[str]) -> Iterable[Mention]:
    for i, token in enumerate(syntax.tokens):
        named = is_name(syntax, i) and token.text.lower() not in people
        if not named and not (token.pos == "NOUN" and is_thing(token.lemma.lower()) and token.dep != "compound"):
            continue
        at = token.head if named and token.dep == "compound" and token.head > i else i
        made = _phrase(saying, syntax, at)
        if made is None:
            continue
        words = {syntax.lower(c) for c in syntax.children(at, "amod", "det", "poss")}
        yield Mention(
            key=token.text.lower() if named else token.lemma.lower(),
            is_name=named,
            is_compound=bool(syntax.children(i, "compound")),
            asked=asked,
            act=act_on(syntax, at, asked),
            age="new" if words & _NEW else "old" if words & _OLD else None,
            owned=bool(words & {"my", "our", "your"}),
            articled=bool(words & {"the", "a", "an"}),
            human=is_human(syntax, i),
            thing=thingness(syntax, i) if named else 0.0,
            dep=syntax.tokens[at].dep,
            phrase=made,
            saying=saying,
        )


def _phrase(saying: Saying, syntax: Syntax, head: int) -> Phrase | None:
    first, last = noun_phrase(syntax, head)
    if syntax.words(first, last) > _MAX_WORDS:  # without what hangs on it by a preposition
        last = head + 1
    if first < head and syntax.lower(first) in _ASKING:  # "your mattress" of a question: the mattress
        first += 1
    made = phrase(saying.statement, syntax, first, last)
    return made if made is not None and syntax.words(made.first, made.last) <= _MAX_WORDS else None


def act_on(syntax: Syntax, noun: int, asked: bool) -> Act | None:
    """What the sentence has the participant do with a thing; None for other people's doings, denials and mere possibilities."""
    while syntax.tokens[noun].dep in ("conj", "appos") and syntax.tokens[noun].head != noun:
        noun = syntax.tokens[noun].head
    token = syntax.tokens[noun]
    head = token.head
    if token.dep in ("nsubj", "nsubjpass"):
        return _of_subject(syntax, head, token.dep == "nsubjpass")
    if token.dep == "dobj":
        return _of_object(syntax, head, "", asked)
    if token.dep == "pobj":
        prep = syntax.lower(head)
        if prep == "of" and syntax.lower(max(0, head - 1)) == "instead":
            return "instead"
        if prep == "of" and syntax.lower(max(0, head - 1)) == "rid":
            return "fire"
        governor = syntax.tokens[head].head
        if syntax.tokens[governor].dep == "prep":  # "from X to Y" may hang on one another
            governor = syntax.tokens[governor].head
        return _of_object(syntax, governor, prep, asked)
    return None


def _of_subject(syntax: Syntax, verb: int, passive: bool) -> Act | None:
    lemma = syntax.tokens[verb].lemma.lower()
    if syntax.is_negated(verb) and lemma != "work":
        return None
    particles = {syntax.lower(c) for c in syntax.children(verb, "prt", "advmod")}
    if lemma in _FAILING or (lemma == "work" and syntax.is_negated(verb)) or (lemma in ("go", "give") and particles & _AWAY):
        return "fail"
    if passive and lemma in FIRING:
        return "fire"
    return "arrive" if lemma in _ARRIVING else None


def _of_object(syntax: Syntax, verb: int, prep: str, asked: bool) -> Act | None:
    token = syntax.tokens[verb]
    if token.pos != "VERB" or syntax.is_negated(verb) or not _acts(syntax, verb, asked):
        return None
    lemma = token.lemma.lower()
    particles = {syntax.lower(c) for c in syntax.children(verb, "prt", "advmod")}
    above = syntax.tokens[token.head].lemma.lower() if token.dep in ("xcomp", "pcomp", "ccomp") else ""
    if above in ("stop", "quit") or (lemma in _MOVING and prep in ("from", "off")):
        return "fire"
    if lemma == "replace":
        return "hire" if prep in ("with", "by") else "fire" if not prep else None
    if lemma in _MOVING:
        return "hire" if prep in ("to", "with", "for", "onto") and not particles & {"back"} else None
    if asked and prep in ("before", "without"):  # "what did you do before the app?"
        return "hire"
    if prep and prep not in ("to", "with", "for", "on", "at", "of", "up", "in"):
        return None
    if lemma in FIRING or (lemma in _WITHDRAWING and particles & _AWAY and not (lemma == "take" and "up" in particles)):
        return "fire"
    if lemma in LOOKING:
        return None if prep and (lemma != "look" or prep != "at") else "look"
    if lemma in HIRING:
        return "hire"
    return "use" if lemma in _USING else None


def _acts(syntax: Syntax, verb: int, asked: bool) -> bool:
    """Whether the participant is who acts, and it did happen."""
    if any(syntax.lower(c) in _UNREAL for c in syntax.children(verb, "aux", "mark")):
        return False
    subject = next(iter(syntax.children(verb, "nsubj")), None)
    if subject is None:
        return syntax.tokens[verb].dep in ("conj", "xcomp", "pcomp", "advcl", "ROOT", "dep")
    return syntax.lower(subject) in (("you", "i", "we") if asked else ("i", "we"))


@dataclass(frozen=True, slots=True)
class Carried:
    """A sentence that does something with an "it": what it names is the thing mentioned last before it."""

    key: str
    act: Act


def carried(said: Sequence[Saying], found: Sequence[Mention], keys: Collection[str], parse: Parse) -> list[Carried]:
    """What participants do with things that they call "it" or "them", each taken for the last of `keys` that was mentioned, at most `_NEAR` characters before."""
    made: list[Carried] = []
    for saying in said:
        syntax = Syntax(parse(saying.statement.text))
        for i, token in enumerate(syntax.tokens):
            act = act_on(syntax, i, False) if token.pos == "PRON" and syntax.lower(i) in _PRONOUNS else None
            if act is None:
                continue
            at = saying.statement.start + token.start
            before = [m for m in found if m.key in keys and at - _NEAR <= m.saying.statement.start + m.phrase.start < at]
            if before:
                last = max(before, key=lambda m: (m.saying.statement.start + m.phrase.start, m.key))
                made.append(Carried(last.key, act))
    return made
