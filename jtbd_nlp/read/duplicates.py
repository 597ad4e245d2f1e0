"""Interviews that are there twice: the same words under another name or in another format."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from jtbd_nlp.read.records import Duplicate
from jtbd_nlp.schema import Transcript

_WORD = re.compile(r"[^\W_]+")


def find_duplicates(transcripts: Iterable[Transcript]) -> tuple[Duplicate, ...]:
    """The transcripts that say, word for word, what another one says; labels, times, case, punctuation and layout do not count.

    Of each group the one with the smallest id is kept; the others are returned, sorted by id. Interviews of fewer than 20 words are
    never duplicates: short answers repeat by chance.
    """
    groups: dict[str, list[str]] = {}
    for transcript in transcripts:
        words = [w.group().casefold() for t in transcript.turns for w in _WORD.finditer(transcript.text, t.start, t.end)]
        if len(words) >= 20:
            digest = hashlib.sha256(" ".join(words).encode("utf-8", "replace")).hexdigest()
            groups.setdefault(digest, []).append(transcript.id)
    found = [Duplicate(id=other, kept=min(ids)) for ids in groups.values() for other in sorted(ids)[1:]]
    return tuple(sorted(found, key=lambda d: d.id))
