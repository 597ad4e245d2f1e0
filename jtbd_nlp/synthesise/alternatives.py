"""What the stories of a job hired, fired or considered for it, doing nothing included."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from jtbd_nlp.schema import Alternative, Evidence, Quoter, Statement, Story

_NOTHING: Final = re.compile(
    r"\b(?:did nothing|do nothing|doing nothing|did(?:n't| not) do anything|left it (?:at that|as it was)|live with it|lived with it|put up with it|carried on as)\b",
    re.IGNORECASE,
)
_DETERMINERS: Final = frozenset("a an the my our his her their your its this that these those another one some any old new".split())


def alternatives(stories: Sequence[Story], statements: Sequence[Statement], quoter: Quoter) -> tuple[Alternative, ...]:
    """Alternatives by how many stories name them, most first; names that differ in articles and plural only are one."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    names: dict[str, Counter[str]] = defaultdict(Counter)
    evidence: dict[str, list[Evidence]] = defaultdict(list)
    for story in sorted(stories, key=lambda s: s.transcript):
        for role, named in (("hired", story.hired), ("fired", story.fired), ("considered", story.considered)):
            for key in sorted({_key(q.text) for q in named}):
                counts[key][role] += 1
            for q in named:
                names[_key(q.text)][_bare(q.text)] += 1
                evidence[_key(q.text)].extend(q.evidence)
    made = [
        Alternative(
            name=min(names[key], key=lambda n: (-names[key][n], n)),
            hired=c["hired"],
            fired=c["fired"],
            considered=c["considered"],
            evidence=tuple(evidence[key]),
        )
        for key, c in counts.items()
    ]
    idle = sorted((s for s in statements if _NOTHING.search(s.text)), key=lambda s: (s.transcript, s.start))
    if idle:
        made.append(
            Alternative(
                name="doing nothing", considered=len({s.transcript for s in idle}), evidence=tuple(quoter.evidence(s) for s in idle)
            )
        )
    return tuple(sorted(made, key=lambda a: (-(a.hired + a.fired + a.considered), -a.hired, a.name.lower())))


def _bare(text: str) -> str:
    words = text.split()
    while len(words) > 1 and words[0].lower() in _DETERMINERS:
        words = words[1:]
    return " ".join(words)


def _key(text: str) -> str:
    words = _bare(text).lower().split()
    last = words[-1]
    words[-1] = last[:-1] if len(last) > 3 and last.endswith("s") and not last.endswith("ss") else last
    return " ".join(words)
