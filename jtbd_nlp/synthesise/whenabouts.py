"""Time expressions: the words by which people say when something was."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

_MONTH: Final = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY: Final = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_FEAST: Final = "Christmas|Easter|New Year(?:'s|’s)?(?: Eve| Day)?|Ramadan|Thanksgiving|Diwali|Passover|Halloween"
_SEASON: Final = "spring|summer|autumn|fall|winter"
_UNIT: Final = "day|night|week|weekend|fortnight|month|term|quarter|season|year|decade"
_NUMBER: Final = r"\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|thirty|a (?:couple of|few)|couple of|some|several|many|few"
_AMOUNT: Final = rf"(?:(?:about|around|almost|nearly|over|maybe|some|like) )?(?:{_NUMBER})(?:(?:,? or|-) (?:{_NUMBER}))?(?: good)? (?:{_UNIT}|hour|minute)s?"
_PART: Final = r"early|mid|late|the (?:start|beginning|middle|end) of"
_YEAR: Final = r"(?:19[5-9]|20[0-4])\d"
#: names that are words of other meaning too, and so need a word of time before them
_LEAD: Final = rf"(?:in|since|by|until|till|from|around|about|during|before|after|last|next|this|that|on|over|at)(?: (?:{_PART}))?"

_KINDS: Final[tuple[tuple[Literal["earlier", "later", "habit", "named"], str], ...]] = (
    (
        "earlier",
        rf"{_AMOUNT} (?:ago|before|earlier)|(?:{_NUMBER}) (?:month|year)s? back|(?:{_UNIT})s ago|ages ago|(?:a )?long (?:time|while) ago",
    ),
    (
        "later",
        rf"{_AMOUNT} (?:later|after(?:wards)?|in)\b(?! (?:the|a|my|bed))|after {_AMOUNT}|the (?:next|following) (?:{_UNIT}|morning|{_DAY})|(?:{_UNIT})s later",
    ),
    (
        "earlier",
        r"before that|earlier on|earlier|originally|back then|back in the day|at first|in the beginning|to begin with|the first time|first time",
    ),
    (
        "later",
        r"in the end|finally|eventually|afterwards|since then|by then|these days|nowadays|now(?! and (?:then|again)| that)|today|by now|the day after|soon after",
    ),
    ("habit", r"(?<!get )(?<!got )(?<!getting )(?<!am )(?<!'m )(?<!’m )(?<!was )(?<!were )(?<!is )(?<!are )used to"),
    ("named", rf"{_LEAD} {_YEAR}(?:s)?\b"),
    (
        "named",
        rf"(?:{_LEAD} )?(?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTH})|(?:{_MONTH}) (?:the )?\d{{1,2}}(?:st|nd|rd|th)?)\b(?:,? {_YEAR})?",
    ),
    ("named", rf"{_LEAD} (?:the )?(?:early |mid |late )?(?:{_MONTH}|{_FEAST})\b(?:(?: of)? (?:{_YEAR}|last year|this year))?"),
    ("named", rf"(?:{_LEAD} )(?:the |a |one )?(?:{_DAY})s?(?: (?:morning|afternoon|evening|night))?"),
    ("named", rf"(?:one|the|a) (?:{_DAY})(?: (?:morning|afternoon|evening|night))?"),
    (
        "named",
        rf"(?:last|next|this|that|in|over|since|by|during|one)(?: the)?(?: (?:early|late|mid|same|following|previous))? (?:{_SEASON})(?: (?:of )?{_YEAR})?",
    ),
    (
        "named",
        rf"(?:last|next|this|that|the same|the previous|the other) (?:{_UNIT}|morning|evening|afternoon)|yesterday|the day before|overnight",
    ),
    ("named", rf"(?:the )?(?:{_PART}) (?:the |last |this |next )?(?:{_UNIT}|{_SEASON}|{_MONTH}|{_YEAR})"),
)
_ANY: Final = re.compile("|".join(rf"(?P<k{i}_{kind}>\b(?:{words}))\b" for i, (kind, words) in enumerate(_KINDS)))
_YEAR_SAID: Final = re.compile(rf"\b{_YEAR}\b(?!s)")
_COUNTED: Final = re.compile(r"(?:(\d+)|(\w+)) (day|night|week|fortnight|month|year|decade)s? ago$", re.IGNORECASE)
_WORDS: Final = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())} | {
    "a": 1,
    "an": 1,
    "fifteen": 15,
    "eighteen": 18,
    "twenty": 20,
    "thirty": 30,
}
_SHIFTS: Final = {"earlier": -1, "habit": -1, "later": 1, "named": 0}
_DAYS: Final = {"day": 1, "night": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365, "decade": 3650}


@dataclass(frozen=True, slots=True)
class TimeWords:
    """A time expression at characters [start, end). `shift`: -1 looks back, 1 looks forward, 0 names a point.

    `says_when`: false for "used to", which looks back to no point. `year`: the year that it names; `days_ago`: how long ago it says, both None
    where it does not.
    """

    start: int
    end: int
    shift: int
    says_when: bool = True
    year: int | None = None
    days_ago: int | None = None


def time_words(text: str) -> tuple[TimeWords, ...]:
    """The time expressions of a text, in order: dates, years, months, seasons, weekdays, feasts, "N weeks ago", "a year later", "at first"."""
    found = []
    for match in _ANY.finditer(_plain(text)):
        kind = str(match.lastgroup).rpartition("_")[2]
        said = match.group()
        year = _YEAR_SAID.search(said)
        found.append(
            TimeWords(
                match.start(), match.end(), _SHIFTS[kind], kind != "habit", int(year.group()) if year else None, _days_ago(said),
            )
        )  # fmt: skip
    return tuple(found)


def _plain(text: str) -> str:
    """With a small first letter of words that begin a sentence, code point for code point: names of days and months keep their capital."""
    return re.sub(rf"\b(?!(?:{_MONTH}|{_DAY}|{_FEAST})\b)[A-Z](?=[a-z ])", lambda m: m.group().lower(), text)


def _days_ago(said: str) -> int | None:
    counted = _COUNTED.search(said)
    if counted is None:
        return None
    number = int(counted[1]) if counted[1] else _WORDS.get(counted[2].lower())
    return None if number is None else number * _DAYS[counted[3].lower()]
