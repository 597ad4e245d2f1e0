"""Postal addresses: a number and a street, a post box, a postcode."""

from __future__ import annotations

import re
from typing import Final

from jtbd_nlp.privacy.lexicon import FUNCTION, Lexicon, Rank
from jtbd_nlp.privacy.records import Found
from jtbd_nlp.privacy.spoken import DIGITS, TEENS, TENS
from jtbd_nlp.privacy.words import folded

_NUMBER_WORDS: Final = "|".join(sorted({*DIGITS, *TEENS, *TENS, "hundred", "double"} - {"o", "won"}))
_SURE: Final = "street road avenue lane boulevard crescent st rd ave ln blvd cres highway parkway esplanade mews"
_UNSURE: Final = "close drive way court place square terrace gardens grove hill row walk parade rise view park green wharf quay dr ct pl sq"
_WORD: Final = r"[^\W\d_]{1,30}(?:['’.-]{1,2}[^\W\d_]{1,30}){0,2}\.?"
_UNIT: Final = (
    r"(?:(?:flat|apartment|apt|unit|suite|house|floor|number|no|block)\.? (?:\d{1,5}|[a-z]|" + _NUMBER_WORDS + r")[a-z]?,? ){0,2}"
)
_NUMBER: Final = r"(?P<number>\d{1,5} ?[a-d]?\b|(?:" + _NUMBER_WORDS + r")[ -](?:(?:and|" + _NUMBER_WORDS + r")[ -]){0,5}(?:[a-d] )?)"
_STREET: Final = re.compile(
    r"\b" + _UNIT + _NUMBER + r"[, ]{0,2}(?P<name>(?:" + _WORD + r" ){1,3})(?P<type>" + "|".join((_SURE + " " + _UNSURE).split()) + r")\b",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(
    r"(?<!\w)(?P<name>(?:" + _WORD + r" ){1,3})(?P<type>" + "|".join((_SURE + " " + _UNSURE).split()) + r")(?!\w)", re.IGNORECASE
)
_GERMAN: Final = re.compile(
    r"(?<!\w)(?:(?-i:[A-ZÄÖÜ])[^\W\d_]{1,30}[ -]){0,2}[^\W\d_]{2,30}(?:stra(?:ß|ss)e|str\.|gasse|allee|platz|weg|ring|damm|ufer|laan|straat|gracht|plein|vej|gatan|vägen|gade)"
    r" (?:\d{1,4} ?[a-d]?|(?:(?:" + _NUMBER_WORDS + r")[ -]?){1,4})\b",
    re.IGNORECASE,
)
_ROMANCE: Final = re.compile(
    r"(?<!\w)(?:\d{1,4}(?: bis)?,? )?(?:rue|calle|via|avenida|rua|piazza|plaza|chemin|ulica) (?:de la |de l['’]|de |du |des |del |della |la |d['’])?[^\W\d_]{2,30}(?: [A-Z][^\W\d_]{1,30}){0,2}"
    r"(?:,? \d{1,4})?(?!\w)"
)
_BOX: Final = re.compile(r"\bp\.? ?o\.? box \d{1,8}\b|\bpost office box [^\W_]{1,10}\b", re.IGNORECASE)
_UK: Final = re.compile(r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}(?!\w)|(?<!\w)[a-z]{1,2}\d[a-z\d]? \d[a-z]{2}(?!\w)")
_US: Final = re.compile(r"(?<!\w)[A-Z]{2},? \d{5}(?:-\d{4})?(?!\d)")
_CODE_CUE: Final = re.compile(r"\b(?:zip|zip code|post ?code|postal code|plz)(?: is|'s|:)? (\w{3,8}(?: \d\w{2})?)\b", re.IGNORECASE)
_CUE: Final = re.compile(
    r"\b(?:address|live|lives|lived|living|based|at|moved to|deliver(?:ed)?|send|sent|went|ship|office|flat|house)\b[\w ,:']{0,25}$",
    re.IGNORECASE,
)
_TAIL_UNIT: Final = re.compile(r",? (?:flat|apartment|apt|unit|suite|floor)\.? \w{1,6}\b", re.IGNORECASE)
_TAIL_WORD: Final = re.compile(r"(?:,? (?:in )?|,)(" + _WORD + r")(?!\w)")
_TAIL_CODE: Final = re.compile(
    r",? {0,2}(?:[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}|(?:[A-Z]{2},? )?\d{4,5}(?:-\d{4})?(?: [A-Z]{2})?)(?!\w)"
)
_SURE_SET: Final = frozenset(_SURE.split())
_UNITS: Final = frozenset(
    "minute minutes hour hours day days week weeks month months year years mile miles metre metres meter meters km times people percent different long bedroom bed way lane big small busy main".split()
)


def addresses_of(text: str, lexicon: Lexicon) -> list[Found]:
    """Postal addresses, with the town and postcode that follow a street."""
    spans = [(m.start(), m.end()) for m in _STREET.finditer(text) if _is_street(text, m, lexicon)]
    spans += [
        (m.start(), m.end())
        for e in (_GERMAN, _ROMANCE, _BOX)
        for m in e.finditer(text)
        if e is not _ROMANCE or m.group()[-1].isdigit() or m.group()[0].isdigit() or any(c.isupper() for c in m.group())
    ]
    found = [Found(start, _tail(text, end, lexicon), "address") for start, end in spans]
    found += [Found(m.start(), m.end(), "address") for e in (_UK, _US) for m in e.finditer(text)]
    found += [Found(m.start(1), m.end(1), "address") for m in _CODE_CUE.finditer(text) if any(c.isdigit() for c in m[1])]
    found += _named(text, lexicon)
    return found


def _is_street(text: str, m: re.Match[str], lexicon: Lexicon) -> bool:
    names = [folded(w.strip(".")) for w in m["name"].split()]
    if any(w in FUNCTION or w in _UNITS for w in names):
        return False
    if all(w[0].isupper() for w in m["name"].split()) or min(lexicon.rank(w) for w in names) < Rank.ORDINARY:
        return True
    written = m["number"].strip()[0].isdigit()
    cue = _CUE.search(text[max(0, m.start() - 40) : m.start()]) is not None
    return cue or (written and m["type"].casefold() in _SURE_SET)


def _named(text: str, lexicon: Lexicon) -> list[Found]:
    """Streets without a number: where the words before the type are names."""
    found = []
    for m in _NAMED.finditer(text):
        start = m.end("name")
        for word in reversed(list(re.finditer(r"\S+", m["name"]))):
            low = folded(word.group().strip("."))
            capital = word.group()[0].isupper() and m["type"][0].isupper()
            if low in FUNCTION or not (capital or lexicon.rank(low) == Rank.NAME):
                break
            start = m.start("name") + word.start()
        if start < m.end("name") and m["type"].casefold() not in ("st", "dr"):
            found.append(Found(start, m.end(), "place"))
    return found


def _tail(text: str, end: int, lexicon: Lexicon) -> int:
    """Where an address ends: after a flat, up to three words of a town, and a postcode."""
    if m := _TAIL_UNIT.match(text, end):
        end = m.end()
    town = end
    for _ in range(3):
        m = _TAIL_WORD.match(text, town)
        if not m or (folded(m[1]) in FUNCTION) or not (m[1][0].isupper() or lexicon.rank(folded(m[1].strip("."))) == Rank.NAME):
            break
        if m[1][0].isupper() and "," not in text[town : m.start(1)] and town == end:
            break
        town = m.end() - (1 if m[1].endswith(".") else 0)
    if m := _TAIL_CODE.match(text, town):
        return m.end()
    return town
