"""What finding gives: stretches of a text that identify somebody, and what kind of thing they name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

Kind = Literal["person", "organisation", "place", "email", "phone", "address", "account", "online"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
NAMES: Final[frozenset[Kind]] = frozenset({"person", "organisation", "place"})

#: what stands in the text instead, before the number
STAND_INS: Final[dict[Kind, str]] = {
    "person": "P",
    "organisation": "ORG_",
    "place": "PLACE_",
    "email": "EMAIL_",
    "phone": "PHONE_",
    "address": "ADDRESS_",
    "account": "ACCOUNT_",
    "online": "ONLINE_",
}
#: which kind an overlap takes
_RANK: Final[dict[Kind, int]] = {
    "email": 0, "account": 1, "address": 2, "phone": 3, "online": 4, "person": 5, "organisation": 6, "place": 7,
}  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """Code points `[start, end)` of a text name a thing of this kind; `votes`: how sure the kind is."""

    start: int
    end: int
    kind: Kind
    votes: int = 10


def without_overlap(found: list[Found]) -> list[Found]:
    """Stretches in order, none over another: what overlaps becomes one, of the kind that says most."""
    merged: list[Found] = []
    for f in sorted(found):
        if merged and f.start < merged[-1].end:
            last = merged[-1]
            wider = f.votes > last.votes or (f.votes == last.votes and f.end - f.start > last.end - last.start)
            both_names = f.kind in NAMES and last.kind in NAMES
            says_more = (both_names and wider) or (f.kind not in NAMES and _RANK[f.kind] < _RANK[last.kind])
            telling = f if says_more else last
            merged[-1] = Found(last.start, max(last.end, f.end), telling.kind, telling.votes)
        else:
            merged.append(f)
    return merged
