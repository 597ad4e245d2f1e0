"""Names in one stretch of speech: by capitals, by lists, by what announces them, and by the recogniser."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from jtbd_nlp.privacy.cues import cued
from jtbd_nlp.privacy.lexicon import FUNCTION, NEVER, Lexicon, Rank
from jtbd_nlp.privacy.records import Found, Kind
from jtbd_nlp.privacy.words import Word, adjacent, plain


@dataclass(frozen=True, eq=False)
class Casing:
    """How often each word of a study stands in lower case, in sentences where capitals mean something."""

    lower: Counter[str]
    capital: Counter[str]

    @classmethod
    def of(cls, texts: Iterable[list[Word]]) -> Casing:
        """Counted over the words of all texts."""
        lower: Counter[str] = Counter()
        capital: Counter[str] = Counter()
        for words in texts:
            lower.update(w.low for w in words if not w.caseless and not w.capital)
            capital.update(w.low for w in words if w.capital and not w.initial)
        return cls(lower, capital)

    def is_word(self, low: str) -> bool:
        """Whether it is used as a word and not as a name."""
        return self.lower[low] > self.capital[low]


def cased_for_recogniser(text: str, words: list[Word], lexicon: Lexicon) -> str:
    """The text with capitals where a sentence has none and a word is in no list: same length."""
    letters = list(text)
    for w in words:
        if w.caseless and lexicon.rank(w.low) == Rank.NAME and len(w.low) > 2:
            up = w.text[0].upper()
            if len(up) == 1:
                letters[w.start] = up
    return "".join(letters)


def names_of(text: str, words: list[Word], entities: list[Found], casing: Casing, lexicon: Lexicon) -> list[Found]:
    """All names in a stretch of speech; they may overlap."""
    starts = [w.start for w in words]
    inside = [(e, [i for i in range(bisect_left(starts, e.start), bisect_left(starts, e.end)) if words[i].end <= e.end]) for e in entities]
    backed = {i: e.kind for e, places in inside for i in places}
    named = {i: _kind(words[i], backed.get(i), lexicon) for i in range(len(words)) if _is_name(words, i, i in backed, casing, lexicon)}
    # A capitalised word beside a name belongs to it, as does a surname.
    for step in (1, -1):
        for i in sorted(named, reverse=step < 0):
            j = i + step
            while 0 <= j < len(words) and j not in named and _joins(text, words, j - step, j, lexicon):
                named[j] = named[i]
                j += step
    sure = {i: i in backed or words[i].low in lexicon.given or plain(words[i].low) in lexicon.places for i in named}
    found = list(_runs(text, words, named, sure))
    for e, places in inside:
        core = [i for i in places if i in named]
        if core:
            found.append(Found(words[core[0]].start, words[core[-1]].end, e.kind))
    return found + cued(text, words, lexicon)


def _is_name(words: list[Word], i: int, backed: bool, casing: Casing, lexicon: Lexicon) -> bool:
    w = words[i]
    if w.low in NEVER or len(w.low) < 2:
        return False
    if w.capital and not w.initial and w.low in lexicon.given:
        return True  # "Will", "Grace"
    if w.low in FUNCTION:
        return False
    rank = lexicon.rank(w.low)
    if w.caseless:
        return rank == Rank.NAME and len(w.low) > 2 and not casing.is_word(w.low)
    if not w.capital:
        camel = any(c.isupper() for c in w.text[1:])
        listed = rank == Rank.NAME and (w.low in lexicon.given or w.low in lexicon.places or w.low in lexicon.surnames)
        return camel or (listed and not casing.is_word(w.low)) or (rank == Rank.NAME and casing.capital[w.low] > casing.lower[w.low])
    if casing.is_word(w.low):
        return False
    if rank == Rank.NAME:
        return True
    if w.initial:
        return (backed and rank == Rank.DOUBTFUL) or (w.low in lexicon.given and casing.lower[w.low] == 0 and rank < Rank.ORDINARY)
    if backed:
        return True
    return casing.lower[w.low] == 0 and (
        rank == Rank.DOUBTFUL or w.low in lexicon.given or not (w.text.isupper() or w.low in lexicon.common)
    )


def _kind(word: Word, backed: Kind | None, lexicon: Lexicon) -> Kind:
    if plain(word.low) in lexicon.places and word.low not in lexicon.given:
        return "place"
    if word.low in lexicon.given and backed != "place":
        return "person"
    if backed is not None:
        return backed
    return "person" if word.low in lexicon.surnames else "organisation"


def _joins(text: str, words: list[Word], known: int, new: int, lexicon: Lexicon) -> bool:
    if not adjacent(text, words[min(known, new)], words[max(known, new)]):
        return False
    w = words[new]
    if w.low in NEVER or w.low in FUNCTION:
        return False
    if w.capital and not w.initial:
        return True
    return w.caseless and new > known and lexicon.rank(w.low) < Rank.ORDINARY


def _runs(text: str, words: list[Word], named: dict[int, Kind], sure: dict[int, bool]) -> Iterable[Found]:
    """Neighbouring names as one; of what kind, its first tells, or the only one that a list or the recogniser knows."""
    run: list[int] = []
    for i in [*sorted(named), len(words) + 1]:
        if run and (i != run[-1] + 1 or not adjacent(text, words[run[-1]], words[i]) or len(run) > 4):
            kinds = Counter(named[j] for j in run)
            kind = "person" if kinds["person"] and named[run[0]] == "person" else kinds.most_common(1)[0][0]
            yield Found(words[run[0]].start, words[run[-1]].end, kind, 10 if any(sure[j] for j in run) else 1)
            run = []
        run.append(i)
