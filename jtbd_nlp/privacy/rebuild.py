"""A transcript with stand-ins: text, turns, time marks and labels, all offsets true to the new text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jtbd_nlp.schema import Note, TimeMark, Transcript, Turn


@dataclass(frozen=True, slots=True)
class Swap:
    """Code points `[start, end)` become `text`."""

    start: int
    end: int
    text: str


class Moved:
    """A text with swaps carried out, and where each place of the old text went. Swaps are in order and do not overlap."""

    def __init__(self, text: str, swaps: Sequence[Swap]) -> None:
        parts, at, shift = [], 0, 0
        self._swaps = swaps
        self._starts = [s.start for s in swaps]
        self._shifts: list[int] = []
        for swap in swaps:
            parts += [text[at : swap.start], swap.text]
            at = swap.end
            self._shifts.append(shift)
            shift += len(swap.text) - (swap.end - swap.start)
        self._shifts.append(shift)
        self.text = "".join(parts) + text[at:]

    def start(self, at: int) -> int:
        """Where a stretch that began here begins."""
        return self._place(at, to_end=False)

    def end(self, at: int) -> int:
        """Where a stretch that ended here ends."""
        return self._place(at, to_end=True)

    def _place(self, at: int, *, to_end: bool) -> int:
        i = bisect_right(self._starts, at if not to_end else at - 1) - 1
        if i < 0:
            return at
        swap = self._swaps[i]
        if at >= swap.end:
            return at + self._shifts[i + 1]
        new = swap.start + self._shifts[i]
        return new + len(swap.text) if to_end else new


def rebuilt(transcript: Transcript, swaps: Sequence[Swap], id: str, labels: Mapping[str, str], notes: Sequence[Note]) -> Transcript:
    """The transcript under another id, with its swaps carried out and its speakers renamed."""
    moved = Moved(transcript.text, swaps)
    turns = tuple(
        Turn(index=t.index, speaker=labels[t.speaker], role=t.role, start=moved.start(t.start), end=moved.end(t.end), time=t.time)
        for t in transcript.turns
    )
    marks = tuple(TimeMark(start=moved.start(m.start), end=moved.end(m.end), start_s=m.start_s, end_s=m.end_s) for m in transcript.marks)
    return Transcript(
        id=id, text=moved.text, turns=turns, source=id, format=transcript.format, language=transcript.language, marks=marks,
        notes=tuple(notes), source_sha256=transcript.source_sha256,
    )  # fmt: skip
