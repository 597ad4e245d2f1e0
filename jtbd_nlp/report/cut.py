"""Cuts an interview into what a page shows: turns, and in each the stretches that are statements, with the anchors that links lead to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from jtbd_nlp.report.index import Index, anchor, loose_anchor
from jtbd_nlp.report.words import clock
from jtbd_nlp.schema import TAGS, Evidence, Statement, Tag, Transcript, Turn

_Spanned = TypeVar("_Spanned", Statement, Evidence)


@dataclass(frozen=True)
class Piece:
    """A stretch of text. `anchor` is where links to its statement lead; `spots` are anchors of other evidence that begins here.

    `last` is true for the last stretch of a statement: its tags are shown after it. `quoted` is true inside evidence that is no statement.
    """

    text: str
    statement: Statement | None = None
    anchor: str = ""
    spots: tuple[str, ...] = ()
    last: bool = False
    quoted: bool = False

    @property
    def tags(self) -> tuple[Tag, ...]:
        """Tags of the statement, in the order of the codebook."""
        return tuple(tag for tag in TAGS if self.statement is not None and tag in self.statement.tags)

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels of one's own of the statement, in the order of the alphabet."""
        return tuple(sorted(self.statement.labels)) if self.statement is not None else ()


@dataclass(frozen=True)
class Block:
    """A turn, or text between turns (`turn` is None)."""

    turn: Turn | None
    time: str
    pieces: tuple[Piece, ...]


def blocks(index: Index, transcript: Transcript) -> tuple[Block, ...]:
    """All of a transcript's text, in order, but for speakers' labels, which are in the turns."""
    statements = sorted((s for s in index.analysis.statements if s.transcript == transcript.id), key=lambda s: (s.start, s.end, s.id))
    return _blocks(transcript, statements, index.loose.get(transcript.id, ()))


def all_blocks(index: Index) -> dict[str, tuple[Block, ...]]:
    """The blocks of every transcript, in one pass over the statements."""
    rows: dict[str, list[Statement]] = {name: [] for name in index.transcripts}
    for s in index.analysis.statements:
        if s.transcript in rows:
            rows[s.transcript].append(s)
    return {
        name: _blocks(index.transcripts[name], sorted(found, key=lambda s: (s.start, s.end, s.id)), index.loose.get(name, ()))
        for name, found in rows.items()
    }


def _blocks(transcript: Transcript, statements: list[Statement], loose: tuple[Evidence, ...]) -> tuple[Block, ...]:
    spans: list[tuple[Turn | None, int, int]] = []
    at = 0
    for turn in transcript.turns:
        spans.append((None, at, _before_label(transcript.text, at, turn)))
        spans.append((turn, turn.start, turn.end))
        at = turn.end
    spans.append((None, at, len(transcript.text)))
    out, first, first_loose = [], 0, 0
    for turn_or_gap, start, end in spans:
        while first < len(statements) and statements[first].end <= start:
            first += 1
        while first_loose < len(loose) and loose[first_loose].start < start and loose[first_loose].end <= start:
            first_loose += 1
        if turn_or_gap is None and not transcript.text[start:end].strip():
            continue
        here = [s for s in _until(statements, first, end) if s.end > start]
        near = [e for e in _until(loose, first_loose, end) if e.end > start or e.start >= start]
        time = clock(turn_or_gap.time.start_s) if turn_or_gap is not None and turn_or_gap.time is not None else ""
        out.append(Block(turn=turn_or_gap, time=time, pieces=_pieces(transcript.text, start, end, here, near)))
    return tuple(out)


def _until(rows: Sequence[_Spanned], first: int, end: int) -> list[_Spanned]:
    last = first
    while last < len(rows) and rows[last].start < end:
        last += 1
    return list(rows[first:last])


def _before_label(text: str, at: int, turn: Turn) -> int:
    """Where the gap before a turn ends once the speaker's label (the gap's last line, if it names the speaker) is taken off."""
    line = text.rfind("\n", at, turn.start) + 1 or at
    return line if turn.speaker.casefold() in text[line : turn.start].casefold() else turn.start


def _pieces(text: str, start: int, end: int, statements: list[Statement], loose: list[Evidence]) -> tuple[Piece, ...]:
    spans = [(s.start, s.end) for s in statements] + [(e.start, e.end) for e in loose]
    edges = {start, end, *(min(max(edge, start), end) for span in spans for edge in span)}
    cuts = sorted(edges)
    out = []
    for a, b in pairwise(cuts):
        inside = next((s for s in statements if s.start <= a and b <= s.end), None)
        out.append(
            Piece(
                text=text[a:b],
                statement=inside,
                anchor=anchor("q", inside.id) if inside is not None and a == max(inside.start, start) and inside.start >= start else "",
                spots=tuple(loose_anchor(e) for e in loose if e.start == a),
                last=inside is not None and b == min(inside.end, end),
                quoted=any(e.start <= a and b <= e.end for e in loose),
            )
        )
    return tuple(out)
