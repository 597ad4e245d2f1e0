"""Words of a text with what their capitals tell."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ENDING: Final = re.compile(r"['’](?:s|ll|d|ve|re|m)$", re.IGNORECASE)
_SENTENCE_END: Final = re.compile(r"[.?!…]+[\"”’)\]]*\s+|[\n\r]+|\.{3}\s*")
#: after these a capital may be that of a sentence
_OPENERS: Final = frozenset('.?!…:;"“”‘([{<>–—*•|/\n\r\t-')


@dataclass(frozen=True, slots=True)
class Word:
    """One word, without `'s`.

    `low` is in lower case; `capital`: it begins with a capital that means something; `initial`: a sentence may begin here;
    `caseless`: it stands in a sentence whose capitals tell nothing, all lower or all upper case.
    """

    start: int
    end: int
    text: str
    low: str
    capital: bool
    initial: bool
    caseless: bool


def words_of(text: str) -> list[Word]:
    """The words of a stretch of speech, in order."""
    found: list[Word] = []
    start = 0
    for end in [*(m.end() for m in _SENTENCE_END.finditer(text)), len(text)]:
        caseless = _is_caseless(text[start:end])
        first = True
        for m in _WORD.finditer(text, start, end):
            word = _ENDING.sub("", m.group())
            capital = word[0].isupper() and not caseless
            found.append(Word(m.start(), m.start() + len(word), word, folded(word), capital, first or _opens(text, m.start()), caseless))
            first = False
        start = end
    return found


def folded(word: str) -> str:
    """A word as words are compared: lower case, one kind of apostrophe."""
    return word.casefold().replace("’", "'")


def plain(word: str) -> str:
    """A word in lower case without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", folded(word)) if not unicodedata.combining(c)).replace("ł", "l")


def adjacent(text: str, one: Word, other: Word) -> bool:
    """Whether nothing but a space, or a full stop after an initial, is between two words."""
    gap = text[one.end : other.start]
    return gap == " " or (gap in (". ", ".") and len(one.text) <= 3)


def _opens(text: str, at: int) -> bool:
    before = text[max(0, at - 3) : at].rstrip(" ")
    return not before or before[-1] in _OPENERS


def _is_caseless(sentence: str) -> bool:
    letters = [c for c in sentence if c.isalpha()]
    if not letters:
        return True
    upper = sum(c.isupper() for c in letters)
    if upper == len(letters):
        return len(letters) > 12
    lone = len(re.findall(r"\bI\b", sentence))
    return upper - lone == 0 and not (sentence.lstrip()[:1].isupper())
