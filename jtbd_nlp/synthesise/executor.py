"""Who takes the steps: the words by which a participant says what they are or do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from jtbd_nlp.schema import Quoted, Quoter, Statement, Transcript
from jtbd_nlp.synthesise.phrases import Phrase, clause_range, phrase
from jtbd_nlp.synthesise.roles import ENDINGS, NOT_ROLES, PLACES_OF_WORK, ROLES, VEHICLES
from jtbd_nlp.synthesise.sayings import Saying, sayings
from jtbd_nlp.synthesise.syntax import Parse, Syntax

_SELF: Final = re.compile(r"\b(?:I|we|We|As an?)\b")
#: sentences about oneself that are looked at: people say it early
_OWN: Final = 80
#: an interviewer's question about who somebody is
_WHO: Final = re.compile(
    r"\b(?:who are you|who you are|about yourself|introduce yourself|what do you do\b(?! (?:when|if|with|about|on|in|now|then|after|to))|what did you do for (?:work|a living)|for a living|"
    r"your (?:job|role|work|position|trade|profession|occupation|background)\b)",
    re.IGNORECASE,
)
#: what an interviewer says of who somebody is
_YOU: Final = re.compile(r"\b[Yy]ou(?:['’]re| are| were)\b|\b[Aa]s an? |\bwho(?:['’]s| is)\b")
_ASKED: Final = 40
_MAX_WORDS: Final = 14
#: how surely a noun that is formed like a role names one
_FORMED: Final = 0.1
#: a score that the clearest words have to reach
_ENOUGH: Final = 0.6
_UNREAL: Final = frozenset("would 'd could should might if when as like though had until before unless will 'll gonna".split())
#: whoever wants or dreams it, it is not so yet
_WISHING: Final = frozenset("want wish hope dream imagine prefer".split())
#: what somebody was before something else
_FORMERLY: Final = frozenset("before until till once briefly formerly previously originally then".split())
#: sentences of an interview in which a noun that is only formed like a role is taken for one
_EARLY: Final = 8
_KIN: Final = frozenset("son daughter mother father mum mom dad parent partner widow widower".split())
_TELLING: Final = frozenset("say tell think ask call believe pretend claim joke write".split())
#: what opens other people's words without a mark
_QUOTING: Final = re.compile(r"\b(?:he|she|they) (?:goes|go|went|says|said|is like|was like|were like),", re.IGNORECASE)
_OTHERS: Final = frozenset("his her their your its".split())
_INSIDE: Final = frozenset("at in for on with of from to by near outside under about".split())


@dataclass(frozen=True, slots=True)
class About:
    """The sentences of an interview that may say who the participant is."""

    own: tuple[Saying, ...]
    #: how turns begin that answer who one is
    answers: tuple[Saying, ...]
    asked: tuple[Saying, ...]

    @classmethod
    def of(cls, transcript: Transcript, coded: Sequence[Statement]) -> About:
        who = {b.index for a, b in zip(transcript.turns, transcript.turns[1:], strict=False) if _WHO.search(transcript.turn_text(a))}
        firsts: dict[int, Saying] = {}
        for saying in sayings(transcript, coded):
            if saying.statement.turn in who:
                firsts.setdefault(saying.statement.turn, saying)
        return cls(
            tuple(sayings(transcript, coded, _SELF, _OWN)),
            tuple(firsts[turn] for turn in sorted(firsts)),
            tuple(sayings(transcript, (), _YOU, _ASKED, asked=True)),
        )

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(s.statement.text for s in (*self.own, *self.answers, *self.asked))


@dataclass(frozen=True, slots=True)
class _Found:
    score: float
    phrase: Phrase


def find_executor(about: About, quoter: Quoter, parse: Parse) -> Quoted | None:
    """The clearest words on who the participant is: "I'm a nurse", "I run a branch with five staff"; None where they never say it.

    A person in a role, always. Coded context counts more, and so do early sentences; an interviewer's words ("you're a nurse") count least.
    """
    found: list[_Found] = []
    for saying in about.own:
        syntax = Syntax(parse(saying.statement.text))
        weight = (0.4 if saying.is_context else 0.0) - 0.02 * min(saying.order, 40)
        found += [
            _Found(f.score + weight, f.phrase) for f in (*_being(saying, syntax, ("i",)), *_doing(saying, syntax), *_as_a(saying, syntax))
        ]
    for saying in about.answers:
        found += _answer(saying, Syntax(parse(saying.statement.text)))
    for saying in about.asked:
        syntax = Syntax(parse(saying.statement.text))
        found += [
            _Found(f.score - 0.5 - 0.01 * saying.order, f.phrase) for f in (*_being(saying, syntax, ("you",)), *_as_a(saying, syntax))
        ]
    best = min(found, key=lambda f: (-round(f.score, 6), f.phrase.statement.start, f.phrase.start), default=None)
    return None if best is None or best.score < _ENOUGH else best.phrase.quoted(quoter)


def _being(saying: Saying, syntax: Syntax, who: Sequence[str]) -> Iterable[_Found]:
    """ "I'm a nurse at the county hospital", "I've been the treasurer for years", "I'm Ada, a nurse", "I work as a nurse"."""
    for i, token in enumerate(syntax.tokens):
        lemma = token.lemma.lower()
        if lemma not in ("be", "become", "work", "train") or not (_is_told(syntax, i, who) or ("you" in who and _is_guest(syntax, i))):
            continue
        if lemma in ("work", "train"):
            nouns = [n for p in syntax.children(i, "prep") if syntax.lower(p) == "as" for n in syntax.children(p, "pobj")]
        else:
            nouns = [n for n in syntax.children(i, "attr") if n > i]
            nouns += [n for attr in nouns for n in syntax.children(attr, "appos", "conj") if syntax.tokens[attr].pos == "PROPN"]
        for noun in nouns:
            made = _role(saying, syntax, noun)
            was = syntax.lower(i) in ("was", "were")
            if made is None or (was and _is_former(syntax)):
                continue
            if _surety(syntax, noun) == _FORMED and saying.order >= _EARLY and not saying.is_context:
                continue  # "I'm a comparer": said of a habit
            yield _Found(1.1 + _surety(syntax, noun) - (0.2 if was else 0.0), made)


def _is_guest(syntax: Syntax, verb: int) -> bool:
    """ "With us is Ada, who's a vet": a host says who somebody is."""
    token = syntax.tokens[verb]
    subject = next(iter(syntax.children(verb, "nsubj")), None)
    return token.dep == "relcl" and subject is not None and syntax.lower(subject) == "who" and syntax.tokens[token.head].pos == "PROPN"


def _as_a(saying: Saying, syntax: Syntax) -> Iterable[_Found]:
    """ "As a nurse, I ..."."""
    for i in range(min(4, len(syntax.tokens))):
        if syntax.lower(i) == "as" and syntax.tokens[i].dep == "prep" and syntax.tokens[syntax.tokens[i].head].tag != "VBD":
            for noun in syntax.children(i, "pobj"):
                made = _role(saying, syntax, noun)
                if made is not None and _has_article(syntax, noun) and _surety(syntax, noun) > 0.2:
                    yield _Found(1.1, made)


def _answer(saying: Saying, syntax: Syntax) -> Iterable[_Found]:
    """ "A nurse, on nights.", to who one is."""
    for i, token in enumerate(syntax.tokens[:12]):
        if token.head == i and token.pos in ("NOUN", "PROPN"):
            for noun in (i, *syntax.children(i, "appos", "conj")):
                made = _role(saying, syntax, noun)
                if made is not None:
                    yield _Found(1.2 + _surety(syntax, noun), made)
            return


def _doing(saying: Saying, syntax: Syntax) -> Iterable[_Found]:
    """ "I run a bakery with six people", "I drive a taxi", "I teach physics", "I work for a bank", "I look after my mother"."""
    for i, token in enumerate(syntax.tokens):
        if token.pos != "VERB" or not _is_told(syntax, i, ("i", "we")):
            continue
        score = _trade(syntax, i, token.lemma.lower())
        if score <= 0.0 or (token.tag == "VBD" and (token.lemma.lower() not in ("work", "run", "manage", "teach") or _is_former(syntax))):
            continue
        first, last = clause_range(syntax, i)
        subject = next(iter(syntax.children(i, "nsubj")))
        made = phrase(saying.statement, syntax, max(first, subject), last, i)
        if made is not None and syntax.words(made.first, made.last) <= _MAX_WORDS:
            yield _Found(score - (0.2 if token.tag == "VBD" else 0.0), made)


def _trade(syntax: Syntax, verb: int, lemma: str) -> float:
    """How clearly a verb with its object or place names what somebody does; 0 for no such thing."""
    what = next((syntax.tokens[c] for c in syntax.children(verb, "dobj")), None)
    noun = what.lemma.lower() if what is not None and what.pos in ("NOUN", "PROPN") else ""
    places = {
        syntax.tokens[n].lemma.lower()
        for p in syntax.children(verb, "prep")
        if syntax.lower(p) in ("at", "in", "for")
        for n in syntax.children(p, "pobj")
        if not (syntax.tokens[n].lemma.lower() == "office" and not syntax.children(n, "compound", "amod", "prep"))  # in it, or at home
    }
    particle = {syntax.lower(c) for c in syntax.children(verb, "prt", "prep", "advmod")}
    if lemma in ("run", "manage", "own", "lead", "head", "keep") and noun in PLACES_OF_WORK and noun != "shift":
        return 0.7 if lemma == "keep" else 1.0
    if lemma == "drive" and noun in VEHICLES and not {"to", "from", "home"} & particle:
        return 0.9
    if lemma == "teach" and noun and not syntax.children(verb, "dative"):
        return 0.9
    if lemma == "study" and noun and _is_present(syntax, verb):
        return 0.7
    if lemma == "work" and noun == "" and places & PLACES_OF_WORK:
        return 0.9
    if lemma == "work" and "freelance" in particle:
        return 0.9
    if (
        lemma == "look"
        and "after" in particle
        and any(
            syntax.lower(c) in ("my", "our")
            for p in syntax.children(verb, "prep")
            for n in syntax.children(p, "pobj")
            for c in syntax.children(n, "poss")
        )
    ):
        return 0.8
    return 0.0


def _is_former(syntax: Syntax) -> bool:
    """Whether a sentence in the past tense speaks of what somebody was before something else."""
    return any(syntax.lower(i) in _FORMERLY for i in range(len(syntax.tokens)))


def _is_present(syntax: Syntax, verb: int) -> bool:
    return syntax.tokens[verb].tag in ("VBP", "VBZ")


def _is_told(syntax: Syntax, verb: int, who: Sequence[str]) -> bool:
    """Whether one of `who` is or does it in fact: no denial, condition, comparison, or other people's words."""
    subject = next(iter(syntax.children(verb, "nsubj")), None)
    if subject is None or syntax.lower(subject) not in who or syntax.is_negated(verb):
        return False
    token = syntax.tokens[verb]
    if any(syntax.lower(c) in _UNREAL for c in syntax.children(verb, "aux", "mark", "advmod")) or token.dep in ("relcl", "acl", "csubj"):
        return False
    if token.dep == "ccomp" and syntax.tokens[token.head].lemma.lower() in _WISHING:
        return False
    if token.dep == "ccomp" and syntax.tokens[token.head].lemma.lower() in _TELLING:
        teller = next(iter(syntax.children(token.head, "nsubj")), None)
        if teller is not None and syntax.lower(teller) not in who:
            return False
    before = syntax.parsed.text[: token.start]
    return not _QUOTING.search(before) and before.count('"') % 2 == 0 and before.count("“") == before.count("”")


def _role(saying: Saying, syntax: Syntax, noun: int) -> Phrase | None:
    """The noun phrase of a person in a role, with where and of what; None where the noun is no role."""
    token = syntax.tokens[noun]
    if token.pos not in ("NOUN", "PROPN") or token.tag in ("NNS", "NNPS") or _surety(syntax, noun) <= 0.0:
        return None
    if any(syntax.lower(c) in _OTHERS for c in syntax.children(noun, "poss")) or syntax.children(noun, "neg"):
        return None
    if token.lemma.lower() in _KIN and (
        any(syntax.tokens[c].pos in ("NOUN", "PROPN") for c in syntax.children(noun, "poss")) or syntax.children(noun, "relcl")
    ):
        return None  # "a producer's son", "the mother who lectures about sugar"
    left = [
        c for c in syntax.children(noun) if c < noun and syntax.tokens[c].dep not in ("punct", "cc", "preconj", "predet", "intj", "advmod")
    ]
    first = min((syntax.subtree(c)[0] for c in left), default=noun)
    last = noun + 1
    for child in syntax.children(noun, "prep"):
        below = syntax.subtree(child)
        clause = any(syntax.tokens[b].dep in ("relcl", "advcl", "ccomp", "pcomp") for b in below)
        if (
            child > noun
            and below[0] == last
            and not clause
            and syntax.lower(child) in _INSIDE
            and len(below) > 1
            and syntax.words(first, below[-1] + 1) <= _MAX_WORDS
        ):
            last = below[-1] + 1
    if last == noun + 1:
        last = _with_place(syntax, syntax.tokens[noun].head, last)
    made = phrase(saying.statement, syntax, first, last)
    return made if made is not None and syntax.words(made.first, made.last) <= _MAX_WORDS else None


def _surety(syntax: Syntax, noun: int) -> float:
    """How surely a noun names a role: .3 for one that is listed, .1 for one that is formed like one behind "a", 0 for others."""
    word = syntax.tokens[noun].text.lower()
    lemma = syntax.tokens[noun].lemma.lower()
    if {word, lemma} & NOT_ROLES:
        return 0.0
    if {word, lemma} & ROLES:
        bare = any(syntax.lower(c) == "the" for c in syntax.children(noun, "det")) and not syntax.children(noun, "prep", "compound", "amod")
        return 0.05 if bare else 0.3  # "I was the swimmer" of a family
    return _FORMED if syntax.tokens[noun].pos == "NOUN" and word.endswith(ENDINGS) and len(word) > 5 and _has_article(syntax, noun) else 0.0


def _has_article(syntax: Syntax, noun: int) -> bool:
    return any(syntax.lower(c) in ("a", "an") for c in syntax.children(noun, "det"))


def _with_place(syntax: Syntax, verb: int, last: int) -> int:
    """`last` moved behind "at a bank", "in a company" where those follow at once."""
    for prep in syntax.children(verb, "prep"):
        below = syntax.subtree(prep)
        if below[0] == last and syntax.lower(prep) in ("at", "in", "for", "on", "with") and len(below) <= 8:
            last = below[-1] + 1
    return last
