"""Names that were found anywhere in a study, found again everywhere: in lower case, alone, misspelt, misheard."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from jtbd_nlp.privacy.forms import Form
from jtbd_nlp.privacy.lexicon import FUNCTION, NEVER, Lexicon, Rank
from jtbd_nlp.privacy.names import Casing
from jtbd_nlp.privacy.records import NAMES, Found, Kind
from jtbd_nlp.privacy.words import Word, adjacent, plain

#: names compared with one word, at most: bounds the time
_MOST: Final = 30


@dataclass(frozen=True, eq=False)
class Known:
    """The names of a study. `whole`: by first word, longest first; `single`: words that name somebody alone; `heard`: misheard forms."""

    whole: Mapping[str, tuple[tuple[tuple[str, ...], Kind], ...]]
    single: Mapping[str, Kind]
    heard: Mapping[str, str]

    @classmethod
    def of(cls, forms: Mapping[Form, int], words: Counter[str], lexicon: Lexicon, *, misheard: bool) -> Known:
        """Of the forms that were found.

        Args:
            forms: with how often each was found.
            words: of the study, as `plain` gives them, that may be a name misheard.
            misheard: whether to look for such.
        """
        whole: dict[str, set[tuple[tuple[str, ...], Kind]]] = defaultdict(set)
        single: dict[str, Kind] = {}
        for form in sorted(f for f in forms if f.kind in NAMES):
            parts = tuple(form.text.split())
            if len(parts) > 1:
                whole[parts[0]].add((parts, form.kind))
            for part in parts:
                telling = len(parts) == 1 or form.kind == "person" or lexicon.rank(part) == Rank.NAME
                if telling and len(part) > 2 and part not in NEVER and part not in FUNCTION and (len(parts) == 1 or part not in single):
                    single[part] = form.kind
        heard = _heard(single, forms, words, lexicon) if misheard else {}
        return cls({k: tuple(sorted(v, key=lambda x: (-len(x[0]), x))) for k, v in whole.items()}, single, heard)

    def find(self, text: str, words: list[Word], casing: Casing, lexicon: Lexicon) -> list[Found]:
        """All names of the study in a stretch of speech."""
        low = [plain(w.text) for w in words]
        found: list[Found] = []
        for i, w in enumerate(words):
            for parts, kind in self.whole.get(low[i], ()):
                n = len(parts)
                if tuple(low[i : i + n]) == parts and all(_beside(text, words[j], words[j + 1]) for j in range(i, i + n - 1)):
                    found.append(Found(w.start, words[i + n - 1].end, kind, 20))
                    break
            name = self.heard.get(low[i], low[i])
            if name in self.single and _may_be(w, name != low[i], casing, lexicon):
                found.append(Found(w.start, w.end, self.single[name]))
            if i + 1 < len(words) and text[w.end : words[i + 1].start] in (" ", "-"):
                joined = low[i] + low[i + 1]
                exact = joined in self.single and len(joined) > 5
                odd = min(lexicon.rank(w.low), lexicon.rank(words[i + 1].low)) < Rank.ORDINARY
                if (exact and lexicon.rank(joined) == Rank.NAME) or (odd and len(joined) > 5 and self.heard.get(joined) in self.single):
                    found.append(Found(w.start, words[i + 1].end, self.single[self.heard.get(joined, joined)]))
        return found


def _beside(text: str, one: Word, other: Word) -> bool:
    return adjacent(text, one, other) or text[one.end : other.start] in (" & ", " + ", "-")


def _may_be(w: Word, misheard: bool, casing: Casing, lexicon: Lexicon) -> bool:
    """Whether this word, which a name of the study is written like, is that name here."""
    rank = lexicon.rank(w.low)
    if rank == Rank.NAME:
        return True
    if rank == Rank.DOUBTFUL or misheard:
        return w.capital or w.caseless
    return w.capital and not w.initial and not casing.is_word(w.low)


def _heard(single: Mapping[str, Kind], forms: Mapping[Form, int], words: Counter[str], lexicon: Lexicon) -> dict[str, str]:
    """Words that are a name misheard or misspelt, with that name: they sound alike, or differ in a letter or two."""
    weight: Counter[str] = Counter()
    for form, n in forms.items():
        if form.kind in NAMES:
            for part in form.text.split():
                weight[part] += n
    names = sorted(n for n in single if len(n) > 3 and lexicon.rank(n) < Rank.ORDINARY)
    sounds: dict[str, list[str]] = defaultdict(list)
    spellings: dict[str, list[str]] = defaultdict(list)
    for name in names:
        sounds[_sound(name)].append(name)
        for spelling in _shorter(name):
            spellings[spelling].append(name)
    heard: dict[str, str] = {}
    for word in sorted(words):
        listed = word in lexicon.given or word in lexicon.places
        if len(word) < 4 or (word in single and listed):
            continue
        near = {*sounds.get(_sound(word), ())[:_MOST], *(n for s in _shorter(word) for n in spellings.get(s, ())[:_MOST])} - {word}
        close = [(d, -weight[n], n) for n in near if (d := _distance(word, n)) is not None]
        if close:
            _, minus, name = min(close)
            if word not in single or weight[word] < -minus:
                heard[word] = name
    return {word: name for word, name in heard.items() if name not in heard}


def _distance(word: str, name: str) -> int | None:
    """How far a word is from a name; None where it is another word."""
    import jellyfish

    apart = jellyfish.damerau_levenshtein_distance(word, name)
    alike = _sound(word) == _sound(name)
    most = (1 if len(name) < 7 else 2) + (1 if alike else 0) - (0 if word[0] == name[0] or alike else 1)
    return apart if apart <= most else None


def _sound(word: str) -> str:
    import jellyfish

    letters = "".join(c for c in word if c.isascii() and c.isalpha())
    return jellyfish.metaphone(letters) if letters else word


def _shorter(word: str) -> Iterable[str]:
    """The word, and it without one of its letters."""
    return [word, *(word[:i] + word[i + 1 :] for i in range(min(len(word), 24)))]
