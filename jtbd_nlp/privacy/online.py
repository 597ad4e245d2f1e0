"""E-mail addresses, web addresses and user names, written or said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from jtbd_nlp.privacy.lexicon import FUNCTION, Lexicon, Rank
from jtbd_nlp.privacy.records import Found
from jtbd_nlp.privacy.spoken import DIGITS, TEENS, TENS

_TLDS: Final = (
    "com org net edu gov mil int io co uk de fr es nl eu ai app dev info biz ca au nz ie ch at se no dk fi pl us it be pt cz hu ro gr jp cn in br mx za "
    "me tv ly gg xyz shop online site store cloud tech agency health care bank example test local"
)
TLDS: Final = frozenset(_TLDS.split())
#: endings that are words: they end a web address only after an "at"
_WORDLIKE: Final = frozenset(
    "at no it be in me us shop online site store cloud tech agency health care bank example test local app int gov mil is ie".split()
)
_TOKEN: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[@._/+-]")
_URL: Final = re.compile(r"(?:https?://|www\.)[^\s<>\"'“”]{2,400}", re.IGNORECASE)
_DOMAIN: Final = re.compile(
    r"(?<![\w.@-])(?:[^\W_](?:[^\W_]|-){0,62}\.){1,4}(?:"
    + "|".join(sorted(TLDS - {"at", "no", "it", "be", "in", "me", "us"}))
    + r")(?!\w)(?:/[^\s,;<>\"]{0,300})?",
    re.IGNORECASE,
)
_HANDLE: Final = re.compile(r"(?<![\w.@])@[^\W\d_][\w.-]{1,40}")
_USER: Final = re.compile(
    r"(?<![\w@.])(?=[\w.-]{0,30}[^\W\d_])(?:[^\W_]{1,30}(?:_[^\W_]{1,30}){1,4}|[a-z]{3,20}(?:[.-][a-z]{2,20})?\d{2,6})(?!\w)"
)
_CUE: Final = re.compile(
    r"\b(?:user ?name|user id|handle|log ?in(?: name)?|screen ?name|twitter|instagram|insta|github|skype|tiktok|linkedin|slack|discord|telegram|reddit|"
    r"mastodon|youtube|facebook)(?: (?:name|handle|id|account|profile|user|page))?(?:(?: is|'s|’s| was|:| as| under)(?: just| still| also)?)"
    r"(?: at|@| the)?[\s,]{1,3}",
    re.IGNORECASE,
)
_AT: Final = frozenset({"at", "@"})
_DOT: Final = frozenset({"dot", ".", "point", "period"})
_JOIN: Final = _DOT | frozenset({"underscore", "_", "dash", "-", "hyphen", "minus", "plus", "+", "slash", "/"})
#: short words that domains are made of ("out look dot com")
_IN_DOMAINS: Final = frozenset("the one home work me my go all out on up now get we you our".split())
#: tokens on either side of an "at" or a "dot" at most: bounds the time
_LONGEST: Final = 40
_WWW: Final = frozenset({"double", "u", "you", "w"})
_BEFORE: Final = frozenset("is it's it’s name's email's that’s its that's to on by via under me email e-mail mail address".split())


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    low: str


def online_of(text: str, lexicon: Lexicon) -> list[Found]:
    """E-mail addresses (`email`), web addresses and user names (`online`)."""
    written = [m for e in (_URL, _DOMAIN, _HANDLE, _USER) for m in e.finditer(text)]
    found = [Found(m.start(), m.start() + len(m.group().rstrip(".,;:!?)]-")), "online") for m in written]
    tokens = [_Token(m.start(), m.end(), m.group().casefold()) for m in _TOKEN.finditer(text)]
    tokens = [t for t in tokens if t.low not in "./-+" or not text[t.end : t.end + 1].isspace() or t.low in "@_"]
    starts = {t.start: i for i, t in enumerate(tokens)}
    for i, token in enumerate(tokens):
        handle = (
            token.low == "@" and text[max(0, token.start - 1) : token.start].isspace() and not text[token.end : token.end + 1].isspace()
        )
        if token.low in _AT and not handle:
            end = _domain(tokens, i + 1, written=token.low == "@")
            first = _local(tokens, i, lexicon)
            if end is not None and first is not None:
                found.append(Found(tokens[first].start, tokens[end].end, "email"))
        elif all(t.low in DIGITS for t in tokens[i + 1 : i + 4]) and len(tokens) > i + 3 and _is_name(token.low, lexicon):
            found.append(Found(token.start, tokens[_joined(tokens, i)].end, "online"))  # "rupert eight four five"
        elif token.low == "underscore" and 0 < i < len(tokens) - 1 and _word(tokens[i - 1]) and _word(tokens[i + 1]):
            found.append(Found(tokens[i - 1].start, tokens[_joined(tokens, i - 1)].end, "online"))
        elif token.low == "dot" and i and _tld(tokens, i + 1, words=False):
            first = _host(tokens, i)
            if first is not None:
                found.append(Found(tokens[first].start, tokens[_path(tokens, i + 1)].end, "online"))
    for m in _CUE.finditer(text):
        at = starts.get(m.end())
        if at is not None and tokens[at].low not in FUNCTION:
            found.append(Found(tokens[at].start, tokens[_joined(tokens, at)].end, "online"))
    return found


def online_form(text: str) -> str:
    """An address, however it is said, as it would be written: its form for comparing."""
    signs = {
        "at": "@",
        "dot": ".",
        "point": ".",
        "period": ".",
        "underscore": "_",
        "dash": "-",
        "hyphen": "-",
        "minus": "-",
        "slash": "/",
        "plus": "+",
    }
    return "".join(signs.get(low) or DIGITS.get(low) or low for low in (m.group().casefold() for m in _TOKEN.finditer(text)))


def _is_name(low: str, lexicon: Lexicon) -> bool:
    return low.isalpha() and len(low) > 2 and lexicon.rank(low) == Rank.NAME


def _word(token: _Token) -> bool:
    return token.low[0].isalnum()


def _tld(tokens: list[_Token], i: int, *, words: bool) -> bool:
    return i < len(tokens) and tokens[i].low in TLDS and (words or tokens[i].low not in _WORDLIKE)


def _domain(tokens: list[_Token], i: int, *, written: bool) -> int | None:
    """Last token of a domain that begins at `i`; None where none does."""
    words = 0
    end: int | None = None
    first = i
    while i < len(tokens) and i - first < 24:
        low = tokens[i].low
        if low in _DOT:
            if end is not None and not _tld(tokens, i + 1, words=True):
                break
            if _tld(tokens, i + 1, words=True) and words:
                end, i = i + 1, i + 2
                continue
            words = 0
        elif end is not None:
            break
        elif low in _JOIN:
            words = 0
        elif _word(tokens[i]):
            words += 0 if len(low) == 1 else 1
            if words > 3 or (low in FUNCTION and low not in _IN_DOMAINS):
                break
            words = words or 1
        else:
            break
        i += 1
    if end is None and written and first < len(tokens) and _word(tokens[first]):
        return first
    return end


def _local(tokens: list[_Token], at: int, lexicon: Lexicon) -> int | None:
    """First token of what stands before the "at"."""
    i = at - 1
    if i < 0 or not (_word(tokens[i]) or tokens[i].low in _JOIN):
        return None
    while i > max(0, at - _LONGEST):
        here, before = tokens[i].low, tokens[i - 1].low
        if (
            before in _JOIN
            or here in _JOIN
            or _single(before)
            or (_single(here) and lexicon.rank(before) < Rank.ORDINARY)
            or (_word(tokens[i - 1]) and lexicon.rank(before) == Rank.NAME)
        ):
            i -= 1
        else:
            break
    # A local part of ordinary words ("sunny day at ...") goes back to what announces it.
    for j in range(i - 1, max(-1, i - 5), -1):
        if tokens[j].low in _BEFORE:
            return j + 1
        if not _word(tokens[j]) or tokens[j].low in FUNCTION:
            break
    return i


def _single(low: str) -> bool:
    return (len(low) == 1 and low.isalnum() and low not in "ai") or low.isdecimal() or low in DIGITS or low in TEENS or low in TENS


def _host(tokens: list[_Token], dot: int) -> int | None:
    i = dot - 1
    if not _word(tokens[i]) or tokens[i].low in FUNCTION:
        return None
    while i > max(0, dot - _LONGEST) and (
        tokens[i - 1].low in _JOIN
        or (tokens[i].low in _WWW and tokens[i - 1].low in _WWW)
        or (tokens[i].low in _JOIN and _word(tokens[i - 1]))
        or (len(tokens[i].low) == 1 and len(tokens[i - 1].low) == 1)
    ):
        i -= 1
    return i + 1 if tokens[i].low in _JOIN else i


def _path(tokens: list[_Token], last: int) -> int:
    """Last token of a web address whose ending is at `last`: further endings, then what comes after slashes."""
    end = min(len(tokens), last + _LONGEST)
    while last + 2 < end and (
        (tokens[last + 1].low in _DOT and _tld(tokens, last + 2, words=False)) or tokens[last + 1].low in ("slash", "/")
    ):
        last = _joined(tokens, last + 2) if tokens[last + 1].low in ("slash", "/") else last + 2
    return last


def _joined(tokens: list[_Token], i: int) -> int:
    """Last token of a name that begins at `i` and goes on over dots, dashes, underscores, letters and digits."""
    end = min(len(tokens), i + _LONGEST)
    while i + 1 < end:
        if tokens[i + 1].low in _JOIN and tokens[i + 1].low not in ("slash", "/") and i + 2 < end and _word(tokens[i + 2]):
            i += 2
        elif _single(tokens[i + 1].low) and tokens[i + 1].low != "one":
            i += 1
        else:
            break
    return i
