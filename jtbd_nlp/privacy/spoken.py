"""Numbers and names that are said digit by digit or letter by letter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from jtbd_nlp.privacy.numbers import NUMBER_CUE, REACH, by_cue
from jtbd_nlp.privacy.records import Found, Kind

_TOKEN: Final = re.compile(r"[^\W_]+")
_GAP: Final = re.compile(r"[\s,.…\-‐-―()/+:]{0,5}")
DIGITS: Final = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "naught": "0", "nil": "0", "one": "1", "won": "1", "two": "2", "three": "3",
    "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "niner": "9",
}  # fmt: skip
TEENS: Final = dict(
    zip("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(), map(str, range(10, 20)), strict=True)
)
TENS: Final = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), "23456789", strict=True))
#: what a digit is heard as, between other digits
_ALIKE: Final = {"for": "4", "fore": "4", "to": "2", "too": "2", "ate": "8", "tree": "3", "free": "3", "sex": "6", "won": "1"}
_TIMES: Final = {"double": 2, "dubble": 2, "triple": 3, "treble": 3}
_FILLERS: Final = frozenset("um uh er erm plus space dash hyphen then".split())
#: tokens of one number or name at most: bounds the time
_LONGEST: Final = 60
#: letters that are words of their own
_WORDS: Final = frozenset("aio")


@dataclass(frozen=True, slots=True)
class Token:
    """A run of letters and digits."""

    start: int
    end: int
    low: str


def tokens_of(text: str) -> list[Token]:
    """Runs of letters and digits, in order."""
    return [Token(m.start(), m.end(), m.group().casefold()) for m in _TOKEN.finditer(text)]


def spoken_of(text: str, tokens: list[Token]) -> list[Found]:
    """Numbers said as digits ("oh seven nine double three ..."), and what is spelled letter by letter."""
    found: list[Found] = []
    i = 0
    while i < len(tokens):
        run = _run(text, tokens, i)
        if run is None:
            i += 1
            continue
        kind = _kind(text, tokens[i].start, run)
        if kind is not None:
            named = kind == "person" and i and tokens[i - 1].low == run.letters  # "Compass, c o m p a s s"
            found.append(Found(tokens[i - 1 if named else i].start, tokens[run.last].end, kind))
        i = run.last + 1
    return found


@dataclass(frozen=True, slots=True)
class _Run:
    last: int
    digits: int
    singles: int
    letters: str
    written: bool


def _run(text: str, tokens: list[Token], first: int) -> _Run | None:
    """Digits and letters one by one from `first` on."""
    i, last, digits, singles, letters, spoken = first, first - 1, 0, 0, "", False
    times = 1
    while i < min(len(tokens), first + _LONGEST) and (i == first or _GAP.fullmatch(text, tokens[i - 1].end, tokens[i].start)):
        low = tokens[i].low
        if low == "double" and i + 1 < len(tokens) and tokens[i + 1].low in ("u", "you"):
            letters, last, i = letters + "w", i + 1, i + 1
        elif low in _TIMES:
            times = _TIMES[low]
        elif low in _ALIKE and singles and _digit(tokens, i - 1) and _digit(tokens, i + 1):
            digits, singles, last = digits + 1, singles + 1, i
        elif low in DIGITS and not (low == "won" and not digits) and not (low == "o" and (letters or not digits)):
            digits, singles, last, times, spoken = digits + times, singles + 1, i, 1, True
        elif low in TEENS or low in TENS:
            digits, last, spoken = digits + (1 if low in TENS and _unit(tokens, i + 1) else 2), i, True
        elif low == "hundred" and digits:
            digits, last = digits + 2, i
        elif low.isdecimal() and len(low) <= 6:
            digits, singles, last, times = digits + len(low) * times, singles + 1, i, 1
        elif len(low) == 1 and low.isalpha():
            letters, last, times = letters + low * times, i, 1
        elif low not in _FILLERS or (i == first and low != "plus"):
            break
        i += 1
    if first < len(tokens) and tokens[first].low in _FILLERS and tokens[first].low != "plus":
        return None
    return _Run(last, digits, singles, letters, not spoken) if last > first else None


def _digit(tokens: list[Token], i: int) -> bool:
    """Whether there is a digit at this place, or a filler beside one."""
    for _ in range(3):
        if 0 < i < len(tokens) - 1 and tokens[i].low in _FILLERS:
            i += 1
    return i < len(tokens) and (tokens[i].low in DIGITS or tokens[i].low in _ALIKE or tokens[i].low.isdecimal() or tokens[i].low in _TIMES)


def _unit(tokens: list[Token], i: int) -> bool:
    return i < len(tokens) and tokens[i].low in DIGITS


def _kind(text: str, start: int, run: _Run) -> Kind | None:
    telling = [c for c in run.letters if c not in _WORDS]
    if len(run.letters) >= 3 and len(telling) >= 2 and len(set(run.letters)) >= 2 and len(run.letters) + run.digits >= 4:
        return "person" if not run.digits else "account"
    if len(telling) >= 2 and run.digits >= 4:
        return "account"
    cue = by_cue(text, start)
    if run.letters and not run.written and run.singles >= 4 and (run.digits >= 6 or cue is not None):
        return "account"
    if run.written or run.letters:
        return None
    if cue is None and NUMBER_CUE.search(text[max(0, start - REACH) : start]):
        cue = "phone"
    if run.digits >= 7 and run.singles >= 4:
        return "account" if cue == "account" or run.digits > 13 else "phone"
    if run.digits >= 4 and run.singles >= 3 and cue is not None:
        return cue
    return None


def digits_said(text: str) -> str:
    """The digits and letters of a number, however it is written or said: its form for comparing."""
    said = ""
    times, tens = 1, ""
    for token in tokens_of(text):
        low = token.low
        if low in _TIMES:
            times = _TIMES[low]
            continue
        if tens and low in DIGITS:
            said, tens = said + tens + DIGITS[low], ""
            continue
        said, tens = said + (tens + "0" if tens else ""), ""
        if low in DIGITS or low in _ALIKE:
            said += (DIGITS.get(low) or _ALIKE[low]) * times
        elif low in TEENS:
            said += TEENS[low]
        elif low in TENS:
            tens = TENS[low]
        elif low == "hundred":
            said += "00"
        elif low not in _FILLERS:
            said += low * times
        times = 1
    return said + (tens + "0" if tens else "")
