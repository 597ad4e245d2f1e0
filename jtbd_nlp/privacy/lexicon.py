"""Which words are ordinary English and which are names: word lists and the dictionary that the bundled parser carries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache
from importlib.resources import files
from typing import Final

from jtbd_nlp.privacy.words import plain

#: written with a capital, or in capitals, and nobody's name
NEVER: Final = frozenset(
    """i i'm i've i'd i'll ok okay um uh hmm yeah yes no monday tuesday wednesday thursday friday saturday sunday mondays tuesdays
    wednesdays thursdays fridays saturdays sundays january february march april may june july august september october november december
    english french german italian spanish dutch polish russian chinese japanese american british european irish scottish welsh danish
    swedish norwegian finnish turkish greek indian african asian portuguese ukrainian arabic hebrew christian muslim jewish catholic
    christmas easter halloween ramadan thanksgiving god jesus internet mum mom dad mummy daddy mama papa nan gran grandma grandpa granny
    tv pdf pdfs crm erp api apis hr it ui ux ai saas ceo cto cfo coo roi kpi kpis vat faq usb gps sms atm id ids vpn sql css html csv
    inaudible crosstalk laughter pause interviewer interviewee participant speaker moderator respondent researcher facilitator host guest
    customer transcript interview unknown iban bic email url mr mrs ms miss dr prof sir madam doctor professor led lcd gp er ct mri dna covid wifi wi-fi
    nhs eu un us uk usa gdpr iso tüv q a r p user client caller agent narrator translator interpreter observer question answer
    recording date time title duration speaker1 speaker2 bye hi hello hey thanks cheers""".split()
)
FUNCTION: Final = frozenset(
    """a an the this that these those some any no every each all both my your his her its our their me you him us them he she it we they
    i who whom whose which what where when why how if then than so because though although while until since and or but nor yet for of
    in on at to from by with without about into over under after before between during through out off up down away back again not
    is are was were be been being am do does did done have has had having will would can could shall should may might must here there
    just really very quite pretty too also only even still already ever never always maybe perhaps well like as same other another more
    most less least many much few lot lots something anything nothing everything someone anyone everybody somebody nobody everyone one
    two three okay ok um uh er hmm yeah yes oh ah now today tomorrow yesterday tonight once twice soon later sure sorry trying going
    getting gonna kind sort bit i'm it's that's don't didn't got get go went come came said say says told tell asked ask think thought
    know knew mean guess see saw want wanted need needed make made take took use used work worked working home""".split()
)


class Rank(IntEnum):
    """How ordinary a word is."""

    NAME = 0  #: in no list of ordinary words
    DOUBTFUL = 1  #: a rare word, or one that is also a name
    ORDINARY = 2


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Word lists, all in lower case. `nouns` and `others` are lemmas; `rules` turn inflected forms into lemmas."""

    common: frozenset[str]
    given: frozenset[str]
    surnames: frozenset[str]
    places: frozenset[str]
    nouns: frozenset[str]
    others: frozenset[str]
    rules: tuple[tuple[str, str], ...]
    _known: dict[str, Rank] = field(default_factory=dict)

    def rank(self, word: str) -> Rank:
        """How ordinary a word in lower case is; of a word with hyphens, its least ordinary part."""
        known = self._known.get(word)
        if known is None:
            known = self._rank(word)
            if len(self._known) < 200_000:
                self._known[word] = known
        return known

    def _rank(self, word: str) -> Rank:
        if word in self.common or word in NEVER or word in FUNCTION or len(word) == 1:
            return Rank.ORDINARY
        if "-" in word:
            return min((self.rank(part) for part in word.split("-") if part), default=Rank.ORDINARY)
        named = word in self.given or plain(word) in self.places
        if self._in(word, self.others):
            return Rank.DOUBTFUL if named else Rank.ORDINARY
        if self._in(word, self.nouns):
            return Rank.NAME if named else Rank.DOUBTFUL
        return Rank.NAME

    def _in(self, word: str, lemmas: frozenset[str]) -> bool:
        return word in lemmas or any(word.endswith(a) and word[: len(word) - len(a)] + b in lemmas for a, b in self.rules if a)


@cache
def load_lexicon() -> Lexicon:
    """The lexicon, read once.

    Raises:
        ModelError: the bundled parser cannot be read.
    """
    from jtbd_nlp.privacy.entities import load_ner

    tables = load_ner().get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    index, rules, exceptions = (tables.get_table(name) for name in ("lemma_index", "lemma_rules", "lemma_exc"))
    others = {w for pos in ("verb", "adj", "adv") for w in (*index[pos], *_keys(exceptions.get(pos, {})))}
    nouns = {*index["noun"], *_keys(exceptions.get("noun", {}))}
    pairs = {(a, b) for pos in ("verb", "noun", "adj") for a, b in rules[pos]}
    return Lexicon(
        common=_listed("words.txt"), given=_listed("given_names.txt"), surnames=_listed("surnames.txt"), places=frozenset(map(plain, _listed("places.txt"))),
        nouns=frozenset(nouns), others=frozenset(others), rules=tuple(sorted(pairs)),
    )  # fmt: skip


def _keys(table: Mapping[str, object]) -> Iterable[str]:
    return table.keys()


def _listed(name: str) -> frozenset[str]:
    return frozenset(files("jtbd_nlp.privacy").joinpath("data", name).read_text(encoding="utf-8").split("\n")) - {""}
