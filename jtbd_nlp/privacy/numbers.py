"""Telephone and account numbers, written in digits. Every expression is bounded, so the time is linear in the text."""

from __future__ import annotations

import re
from typing import Final

from jtbd_nlp.privacy.records import Found, Kind

_RUN: Final = re.compile(r"(?<![\w.,])[+(]{0,2}\d(?:[ ().\-‐-―/]{0,3}\d){3,33}(?![\d_])")
_LONG: Final = re.compile(r"\d{12,}")
_IBAN: Final = re.compile(r"(?<!\w)[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z]{4})?(?:[ -]?\d{1,4}[A-Za-z\d]{0,3}){2,8}(?!\w)")
_MIXED: Final = re.compile(
    r"(?<![\w@.])(?=[A-Za-z\d-]{0,12}\d)(?:[A-Za-z]{1,6}[-_/ ]?\d{5,20}[A-Za-z\d-]{0,12}|\d{2,12}[A-Z][A-Z\d-]{4,14})(?!\w)"
)
_CODE: Final = re.compile(r"(?<![\w@.])[A-Z\d]{2,10}(?:-[A-Z\d]{2,10}){1,5}(?!\w)")
_NATIONAL: Final = re.compile(r"(?<!\w)[A-Za-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-Da-d](?!\w)")
_DATE: Final = re.compile(r"\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d\d|\d{1,2}[./]\d{1,2}[./]\d\d")
_YEARS: Final = re.compile(r"(?:19|20)\d\d ?[-‐-―/ ]{1,3} ?(?:(?:19|20)?\d\d)")
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:[ .]\d{3})+")

ACCOUNT_CUE: Final = re.compile(
    r"\b(?:account|acct|iban|card|visa|mastercard|amex|sort code|routing|policy|reference|ref|order|customer|member|membership|passport|"
    r"licen[cs]e|insurance|social security|ssn|national insurance|tax|vat|invoice|ticket|case|booking|contract|patient|employee|student|"
    r"serial|id|pin|code|number ending|ending|last four|digits)\b",
    re.IGNORECASE,
)
PHONE_CUE: Final = re.compile(
    r"\b(?:phone|telephone|tel|mobile|cell|landline|call|ring|text|reach|whatsapp|fax|dial|extension|ext|hotline|helpline|contact)\b",
    re.IGNORECASE,
)
NUMBER_CUE: Final = re.compile(r"\b(?:number|no|nr)\b", re.IGNORECASE)
_SHORT_CUE: Final = re.compile(
    r"\b(?:ending(?: in| with)?|last four(?: digits)?(?: are| is)?|pin(?: code| number)?(?: is|'s)?|"
    r"(?:account|card|customer|member|policy|reference|order|employee|patient|case|ticket|id)(?: number| no| id)?\.?(?: is|'s|:)?)\s{0,2}[#:]?\s?$",
    re.IGNORECASE,
)
#: how far before a number its cue may stand, in code points
REACH: Final = 60


def numbers_of(text: str) -> list[Found]:
    """Telephone, card, account and other long numbers."""
    found = [Found(m.start(), m.end(), "account") for e in (_LONG, _IBAN, _NATIONAL) for m in e.finditer(text)]
    found += [Found(m.start(), m.end(), "account") for m in _MIXED.finditer(text) if sum(c.isdigit() for c in m.group()) >= 5]
    found += [
        Found(m.start(), m.end(), "account")
        for m in _CODE.finditer(text)
        if sum(c.isdigit() for c in m.group()) >= 4 and any(c.isalpha() for c in m.group()) and not _YEARS.search(m.group())
    ]
    for m in _RUN.finditer(text):
        kind = _kind(text, m.start(), m.group())
        if kind:
            found.append(Found(m.start(), m.end(), kind))
    return found


def by_cue(text: str, start: int) -> Kind | None:
    """What the words before a number call it: the nearest cue wins."""
    before = text[max(0, start - REACH) : start]
    last = {
        kind: max((m.end() for m in cue.finditer(before)), default=-1) for kind, cue in (("account", ACCOUNT_CUE), ("phone", PHONE_CUE))
    }
    if max(last.values()) < 0:
        return None
    return "account" if last["account"] > last["phone"] else "phone"


def _kind(text: str, start: int, run: str) -> Kind | None:
    run = run.strip()
    n = sum(c.isdigit() for c in run)
    if n < 7:
        before = text[max(0, start - REACH) : start]
        plain = run.isdigit() or bool(re.fullmatch(r"\d\d([- ])\d\d\1\d\d", run))
        return "account" if plain and n >= 4 and _SHORT_CUE.search(before) else None
    if _DATE.fullmatch(run) or _YEARS.fullmatch(run) or _times(run):
        return None
    cue = by_cue(text, start)
    international = run.startswith(("+", "(", "0"))
    if _THOUSANDS.fullmatch(run) and not international and (cue is None or n < 8):
        return None
    if n > 15 or (n >= 12 and not international and cue != "phone"):
        return "account"
    if cue is not None:
        return cue
    if international or not run.isdigit() or n in (10, 11):
        return "phone"
    return "account"


def _times(run: str) -> bool:
    """Whether a run is several small numbers side by side (scores, years, sizes) and not one long one."""
    groups = re.split(r"[ ().\-‐-―/]+", run.strip("+()"))
    years = sum(bool(re.fullmatch(r"(?:19|20)\d\d", g)) for g in groups)
    return years >= 2 and years == len(groups)
