"""Interviews that are there twice: the same words under another name or in another format."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

from jtbd_nlp.read.records import Duplicate
from jtbd_nlp.schema import Transcript

_SIGN = re.compile(r"[^\w\s]|_")
#: Short answers repeat by chance.
_FEWEST_WORDS = 20


def find_duplicates(transcripts: Iterable[Transcript]) -> tuple[Duplicate, ...]:
    """The transcripts that say, word for word, what another one says; labels, times, case, punctuation and layout do not count.

    Of each group the one with the smallest id is kept; the others are returned, sorted by id. Interviews of fewer than 20 words are
    never duplicates.
    """
    return alike({t.id: said for t in transcripts if (said := fingerprint(t)) is not None})


def fingerprint(transcript: Transcript) -> str | None:
    """A hash of the words of an interview in their order; None where there are too few to tell it from another."""
    words = _SIGN.sub(" ", "\n".join(map(transcript.turn_text, transcript.turns)).casefold()).split()
    if len(words) < _FEWEST_WORDS:
        return None
    return hashlib.sha256(" ".join(words).encode("utf-8", "replace")).hexdigest()


def alike(fingerprints: Mapping[str, str]) -> tuple[Duplicate, ...]:
    """The duplicates among transcripts whose fingerprints are given by id."""
    groups: dict[str, list[str]] = {}
    for name, said in fingerprints.items():
        groups.setdefault(said, []).append(name)
    found = [Duplicate(id=other, kept=min(ids)) for ids in groups.values() for other in sorted(ids)[1:]]
    return tuple(sorted(found, key=lambda d: d.id))
