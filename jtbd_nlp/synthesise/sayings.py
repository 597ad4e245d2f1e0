"""A participant's sentences, coded or not, as stretches that can be quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from jtbd_nlp.schema import Statement, Transcript, statement_id

_SENTENCE: Final = re.compile(r"[^.!?…\n]+[.!?…]*")


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence of a participant: as a Statement (without tags where nobody coded it), and its place in the telling."""

    statement: Statement
    order: int
    is_context: bool


def sayings(
    transcript: Transcript, coded: Sequence[Statement], keep: re.Pattern[str] | None = None, limit: int = 150, asked: bool = False
) -> list[Saying]:
    """The participant's first `limit` sentences that match `keep` (all without it), and all coded statements, in the order they were said.

    A sentence that overlaps a coded statement is left out: the statement stands for it. With `asked`, the interviewer's sentences instead.
    """
    found: list[Statement] = list(coded)
    taken = sorted((s.start, s.end) for s in coded)
    for turn in transcript.turns:
        if (turn.role == "interviewer") != asked:
            continue
        for match in _SENTENCE.finditer(transcript.text, turn.start, turn.end):
            if len(found) - len(coded) >= limit:
                break
            start, end = _stripped(transcript.text, match.start(), match.end())
            if start >= end or (keep is not None and not keep.search(transcript.text, start, end)) or _overlaps(taken, start, end):
                continue
            found.append(
                Statement(
                    id=statement_id(transcript.id, start, end),
                    transcript=transcript.id,
                    turn=turn.index,
                    speaker=turn.speaker,
                    start=start,
                    end=end,
                    text=transcript.text[start:end],
                    tags={},
                )
            )
    ordered = sorted(found, key=lambda s: (s.start, s.end))
    return [Saying(s, order, "context" in s.tags) for order, s in enumerate(ordered)]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _overlaps(taken: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in taken)
