"""Which names and nouns of an interview are things that can be hired and fired, not people, places or ideas."""

from __future__ import annotations

from typing import Final

from jtbd_nlp.synthesise.syntax import Syntax

HIRING: Final = frozenset("buy get order choose pick hire install download subscribe rent adopt use join lease switch move sign".split())
FIRING: Final = frozenset(
    "cancel stop quit leave drop ditch sell return bin abandon replace uninstall unsubscribe dump scrap fire delete".split()
)
LOOKING: Final = frozenset("try consider compare test trial demo check research look".split())
_NOISE: Final = frozenset(
    "god jesus christ lord monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays january february march april may june july "
    "august september october november december christmas easter ramadan eid hr gp ot pc it mr mrs ms dr english german french spanish polish swedish dutch mum mam mom dad mama papa gran "
    "grandma granny nan i ok okay tv pdf vat uk us eu usa covid internet "
    "monsieur madame signor signora herr frau senhor senhora señor señora sir madam european american gmbh ltd inc".split()
)
_HUMAN: Final = frozenset(
    "say tell ask laugh cry think want know sit stand marry phone ring speak talk whisper shout smile go come look drive eat sleep walk die live feel hate love believe forget remember "
    "call answer explain put hold bring get run nod wear".split()
)
_SPEAKING: Final = _HUMAN - {"go", "come", "run", "hold", "get", "put", "ring", "call", "bring", "know", "wear", "die"}
_VAGUE: Final = frozenset(
    "it that this them one thing lot bit way what which something anything everything nothing time money day half home word hand idea point look job work list life year week hour minute question "
    "answer call people person man woman husband wife daughter son mother father kid child friend chance rid sense place part number month night morning evening price dinner breakfast lunch tea "
    "coffee the none all each both any some more most enough letter bill text message email note head eye face foot back door table floor house room kitchen street school name reason end side "
    "problem case kind sort type girl boy lad lady guy fella fellow family customer client patient doctor boss team office company business shop world water weather summer winter sunday".split()
)
_PLACES: Final = frozenset("in from near to outside around".split())
_TITLES: Final = frozenset(
    "mr mrs ms dr our st sister uncle aunt auntie mr. mrs. dr. saint cousin my monsieur madame signor signora herr frau senhor senhora señor señora don doña".split()
)
_ABSTRACT: Final = ("tion", "ment", "ance", "ence", "ness", "ity", "ship", "ing", "ism")
_CONCRETE: Final = frozenset({"subscription", "application", "apartment", "appliance", "insurance", "station", "pharmacy"})


def is_thing(lemma: str) -> bool:
    """Whether a common noun may be something hired or fired, as far as its form tells."""
    return lemma not in _VAGUE and len(lemma) > 2 and (not lemma.endswith(_ABSTRACT) or lemma in _CONCRETE)


def is_name(syntax: Syntax, i: int) -> bool:
    """Whether a token is a proper name that is no day, language, relative or the like."""
    word = syntax.tokens[i].text
    long_enough = len(word) > 2 or word == "AI"
    return syntax.tokens[i].pos == "PROPN" and word[:1].isupper() and long_enough and word.lower() not in _NOISE


def is_human(syntax: Syntax, i: int) -> bool:
    """Whether a noun or name does there what people alone do, owns something, or bears a title."""
    token = syntax.tokens[i]
    speaks = token.dep == "nsubj" and syntax.tokens[token.head].lemma.lower() in _SPEAKING
    return speaks or token.dep == "poss" or (i > 0 and syntax.lower(i - 1) in _TITLES - {"our", "my"})


def thingness(syntax: Syntax, i: int) -> float:
    """How much the place of a name in its sentence is that of a thing (positive) or of a person or place (negative)."""
    token = syntax.tokens[i]
    head = syntax.tokens[token.head]
    verb = head.lemma.lower()
    if i > 0 and syntax.lower(i - 1) in _TITLES:
        return -1.5
    if token.dep in ("poss", "dative", "intj", "npadvmod", "appos"):
        return -0.6
    if token.dep == "nsubj" or (token.dep == "conj" and head.dep == "nsubj"):
        return -1.0 if verb in _HUMAN else 0.2
    if token.dep == "dobj":
        return 0.9 if verb in HIRING | FIRING | LOOKING else -0.1
    if token.dep == "pobj":
        prep = head.text.lower()
        used = syntax.tokens[head.head].lemma.lower() in HIRING | FIRING | LOOKING | {"work", "pay", "go", "run"}
        return -0.5 if prep in _PLACES else (0.6 if used else 0.2) if prep in ("on", "with", "inside", "into", "of") else 0.0
    if token.dep == "oprd" or verb == "call":
        return 0.6
    return 0.0
