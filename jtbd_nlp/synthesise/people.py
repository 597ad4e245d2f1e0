"""Which names of an interview are people's: how the talk uses them, and what the named-entity recogniser takes them for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Protocol, runtime_checkable

from jtbd_nlp.schema import Transcript
from jtbd_nlp.schema.parsed import NamedEntity
from jtbd_nlp.synthesise.goods import GOODS
from jtbd_nlp.synthesise.syntax import Parse

_NAME: Final = r"([A-Z][^\W\d_]+(?:-[A-Z][^\W\d_]+)?)"
_KIN: Final = (
    r"(?:(?:mother|father|brother|sister|son|daughter)(?:-in-law)?|wife|husband|partner|mum|mom|dad|uncle|aunt|auntie|cousin|nephew|niece|grandson|granddaughter|grandfather|grandmother|"
    r"girlfriend|boyfriend|friend|mate|pal|neighbour|neighbor|boss|manager|colleague|coworker|co-worker|assistant|nurse|doctor|vet|teacher|tutor|secretary|bookkeeper|accountant|foreman|"
    r"partner|co-founder|trainee|apprentice|intern|lad|girl|boy|man|woman|eldest|youngest|oldest|late|little|older|younger|twins?)"
)
_SPEAKS: Final = (
    r"(?:said|says|told|tells|asked|asks|thinks|thought|laughed|laughs|rang|phoned|reckons?|cried|died|smiled|nodded|shouted|swears|swore|sighed|whispered|insisted|admitted|replied|"
    r"joked|was born|is (?:my|our|his|her)|was (?:my|our|his|her)|and I\b|and me\b|who (?:is|was|had|has|runs|works|lives|does|did))"
)
#: a name here is a person's; the group is the name
_PERSON: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:told|tell|asked|ask|said|says|thanked|married|met|phoned|rang|hugged|poor|dear|Dear|Thanks,?|Thank you,?|thank you,?|Hello,?|Hi,?|hi,?|hello,?|Morning,?|Sorry,|me and|I and) {_NAME}\b",
        rf"\b{_NAME},? {_SPEAKS}\b",
        rf"\b(?:[Mm]y|[Oo]ur|[Hh]is|[Hh]er|[Tt]heir|[Yy]our|[Tt]he) (?:\w+ )?{_KIN},? {_NAME}\b",
        rf"\b{_NAME},? (?:my|our|his|her|their|your|the|a) (?:\w+ )?{_KIN}\b",
        rf"\b{_NAME}['’]s {_KIN}\b",
        rf"\b(?:Mr|Mrs|Ms|Miss|Dr|Sister|Brother|Uncle|Aunt|Auntie|Father|Herr|Frau|Madame|Monsieur|Signor|Signora|Señor|Señora|Don|Doña|Dom|Old|Young|Little)\.? {_NAME}\b",
        rf"\b(?:I['’]m|I am|[Mm]y name is|[Nn]ame['’]s) {_NAME}\b",
    )
)
#: an interviewer calls somebody by a name
_CALLED: Final = tuple(re.compile(pattern) for pattern in (rf"^{_NAME}, ", rf", {_NAME}[.?!]", rf"\b(?:and|And|now|So|so), {_NAME},"))
_USED: Final = (
    r"(?:use|used|using|bought|buy|ordered|order|installed|install|download(?:ed)?|tried|try|trying|chose|choose|cancelled|canceled|adopted|hired|replaced|deleted|subscribe[d]? to|"
    r"signed up (?:for|to|with)|signed (?:for|with)|switch(?:ed)? to|moved to|went with|logged in(?:to)?|log in(?:to)?|went (?:back )?to|settled on|on|without|before)"
)
#: a name here is a thing's
_THING: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:[Tt]he|an?|[Tt]his|[Tt]hese|[Aa]nother) (?:old |new |little )?{_NAME}\b(?! (?:family|girl|boy|woman|man|lady|brothers|sisters|twins)\b)",
        rf"\b{_NAME} (?:{'|'.join(sorted(GOODS))})s?\b",
        rf"\b{_USED} {_NAME}\b(?!['’]s)",
    )
)


@dataclass(frozen=True, slots=True)
class Sense:
    """How a name is used in one interview, as counts: as a person's, as a thing's; and taken by the recogniser for a person, a thing or a place."""

    person: int = 0
    thing: int = 0
    seen_person: int = 0
    seen_thing: int = 0
    seen_place: int = 0
    is_given: bool = False

    @property
    def is_person(self) -> bool:
        """Whether the name is a person's beyond doubt: used as one more often than as a thing, and listed as a given name or so used again."""
        seen = self.person + self.seen_person
        listed = self.is_given and seen > self.thing and self.seen_person >= self.seen_thing + self.seen_place
        return listed or (self.person > self.thing and self.person > 1)

    @property
    def may_be_person(self) -> bool:
        """Whether more speaks for a person than for a thing; products with invented names are often taken for people."""
        return self.is_person or self.person > self.thing or self.seen_person > self.thing + self.seen_thing + self.seen_place


@runtime_checkable
class RecognisesNames(Protocol):
    """A parser that also finds the names of people, organisations, products and places."""

    def entities(self, texts: Iterable[str]) -> Sequence[Sequence[NamedEntity]]: ...


def senses(transcript: Transcript, words: Iterable[str], parse: Parse) -> Mapping[str, Sense]:
    """How each of `words` (names, in lower case) is used over the whole talk."""
    wanted = frozenset(words)
    if not wanted:
        return {}
    person: Counter[str] = Counter()
    thing: Counter[str] = Counter()
    seen: dict[str, Counter[str]] = {"person": Counter(), "thing": Counter(), "place": Counter()}
    turns = [(turn.role == "interviewer", transcript.turn_text(turn)) for turn in transcript.turns]
    for asks, text in turns:
        for pattern in (*_PERSON, *(_CALLED if asks else ())):
            person.update(_named(pattern, text, wanted))
        for pattern in _THING:
            thing.update(_named(pattern, text, wanted))
    if isinstance(parse, RecognisesNames):
        any_of = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(wanted)))})\b", re.IGNORECASE)
        for entities in parse.entities([text for _, text in turns if any_of.search(text)]):
            for entity in entities:
                kind = _KINDS.get(entity.label)
                if kind is not None:
                    seen[kind].update(word for word in re.findall(r"[^\W_]+(?:-[^\W_]+)*", entity.text.lower()) if word in wanted)
    given = _given_names()
    return {
        word: Sense(person[word], thing[word], seen["person"][word], seen["thing"][word], seen["place"][word], word in given)
        for word in sorted(wanted)
    }


_KINDS: Final[Mapping[str, str]] = {
    "PERSON": "person", "ORG": "thing", "PRODUCT": "thing", "WORK_OF_ART": "thing", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": "place",
}  # fmt: skip


def _named(pattern: re.Pattern[str], text: str, wanted: frozenset[str]) -> list[str]:
    return [name for match in pattern.finditer(text) if (name := match.group(1).lower()) in wanted]


@cache
def _given_names() -> frozenset[str]:
    """Given names, from the package's one list of them."""
    listed = files("jtbd_nlp").joinpath("privacy", "data", "given_names.txt").read_text(encoding="utf-8")
    return frozenset(listed.split("\n")) - {""}
