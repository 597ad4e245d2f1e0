"""Stretches of an interview that the encoder reads at once; the same in training and at inference.

A window holds segments of participants' turns that are to be scored, what was said just before (the interviewer's
question included) and a little of what follows. Where windows are cut depends on the transcript alone, so a segment's
scores never depend on a batch.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

MAX_TOKENS = 200
LEFT = 56
RIGHT = 16
QUESTION = 64
REMINDER = 24
#: names of the tokens that open and close a text, of BERT's family and of RoBERTa's
_SPECIAL = (("[CLS]", "<s>"), ("[SEP]", "</s>"))


@dataclass(frozen=True, slots=True)
class Talk:
    """Characters [start, end) of one turn's words, and whether they are a participant's."""

    start: int
    end: int
    participant: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters [start, end) of one segment."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A segment inside a window: its index, tokens [start, end) of the window, and whether this window decides on it."""

    segment: int
    start: int
    end: int
    core: bool


@dataclass(frozen=True, slots=True)
class Window:
    """Token ids and types (1: a participant's words), each token's character range ((-1, -1): none), units in order."""

    ids: tuple[int, ...]
    types: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    units: tuple[Unit, ...]

    def locate(self, start: int, end: int) -> Stretch | None:
        """Tokens that cover characters [start, end), or None where the window does not hold all of them."""
        inside = [i for i, (a, b) in enumerate(zip(self.starts, self.ends, strict=True)) if a >= 0 and a < end and b > start]
        if not inside or self.starts[inside[0]] > start + 1 or self.ends[inside[-1]] < end - 1 or inside[-1] - inside[0] + 1 != len(inside):
            return None
        return Stretch(inside[0], inside[-1] + 1)


@dataclass(frozen=True, slots=True)
class Stream:
    """All tokens of a transcript in a row; other speakers' turns hold their last words alone."""

    ids: tuple[int, ...]
    types: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    turns: tuple[int, ...]
    cls: int
    sep: int


def stream(text: str, talk: Sequence[Talk], tokenizer: Any, *, question: int = QUESTION) -> Stream:
    """Tokenise the turns of `text` once.

    Args:
        text: The transcript.
        talk: Its turns in order.
        tokenizer: A `tokenizers.Tokenizer` without truncation or padding.
        question: How many of the last tokens of a turn that is not a participant's are kept.
    """
    cls, sep = _edges(tokenizer)
    ids: list[int] = []
    types: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    turns: list[int] = []
    for number, turn in enumerate(talk):
        found = tokenizer.encode(text[turn.start : turn.end], add_special_tokens=False)
        first = 0 if turn.participant else max(0, len(found.ids) - question)
        kind = int(turn.participant)
        ids += [*found.ids[first:], sep]
        starts += [*(a + turn.start for a, _ in found.offsets[first:]), -1]
        ends += [*(b + turn.start for _, b in found.offsets[first:]), -1]
        types += [kind] * (len(found.ids) - first + 1)
        turns += [number] * (len(found.ids) - first + 1)
    return Stream(tuple(ids), tuple(types), tuple(starts), tuple(ends), tuple(turns), cls, sep)


def _edges(tokenizer: Any) -> tuple[int, int]:
    """The tokens that open and close a text: as the tokenizer puts them, else by their names (MPNet's vocabulary has both families')."""
    around = tokenizer.encode("", add_special_tokens=True).ids
    if len(around) == 2:
        return around[0], around[1]
    cls, sep = (next(i for name in names if (i := tokenizer.token_to_id(name)) is not None) for names in _SPECIAL)
    return cls, sep


def windows(
    source: Stream, talk: Sequence[Talk], segments: Sequence[Stretch], *, max_tokens: int = MAX_TOKENS, first: int | None = None
) -> list[Window]:
    """Cut a stream into windows so that each segment is core in exactly one.

    Args:
        source: What `stream` gave.
        talk: The same turns.
        segments: Segments of participants' turns, sorted and without overlap.
        max_tokens: The longest window, special tokens included.
        first: A smaller budget of the first window; training moves the cuts with it.
    """
    spans = _token_spans(source, segments)
    out: list[Window] = []
    at, limit = 0, first or max_tokens
    while at < len(segments):
        if spans[at] is None:
            at += 1
            continue
        window, after = _window(source, talk, spans, at, limit)
        out.append(window)
        at, limit = after, max_tokens
    return out


def _token_spans(source: Stream, segments: Sequence[Stretch]) -> list[Stretch | None]:
    """Token range of each segment; None where it has no token."""
    real = [i for i, a in enumerate(source.starts) if a >= 0]
    starts, ends = [source.starts[i] for i in real], [source.ends[i] for i in real]
    out: list[Stretch | None] = []
    for segment in segments:
        a, b = bisect_right(ends, segment.start), bisect_left(starts, segment.end)
        out.append(Stretch(real[a], real[b - 1] + 1) if a < b else None)
    return out


def _window(source: Stream, talk: Sequence[Talk], spans: Sequence[Stretch | None], at: int, limit: int) -> tuple[Window, int]:
    begin = spans[at]
    assert begin is not None
    left = max(0, begin.start - LEFT)
    reminder = _reminder(source, talk, begin.start, left)
    room = limit - 2 - len(reminder) - (begin.start - left)
    end, after = min(begin.end, begin.start + room), at + 1
    while after < len(spans):
        span = spans[after]
        if span is not None:
            if span.end - begin.start > room - RIGHT:
                break
            end = span.end
        after += 1
    right = end
    while right < len(source.ids) and right - end < RIGHT and right - begin.start < room and source.turns[right] == source.turns[end - 1]:
        right += 1
    picked = range(left, right)
    shift = 1 + len(reminder) - left
    units = [
        Unit(i, span.start + shift, min(span.end, right) + shift, i >= at)
        for i in range(max(0, at - 8), after)
        if (span := spans[i]) is not None and span.start >= left and (i >= at or source.turns[span.start] == source.turns[begin.start])
    ]
    none = [-1] * len(reminder)
    return (
        Window(
            (source.cls, *(source.ids[i] for i in reminder), *(source.ids[i] for i in picked), source.sep),
            (0, *(source.types[i] for i in reminder), *(source.types[i] for i in picked), 1),
            (-1, *none, *(source.starts[i] for i in picked), -1),
            (-1, *none, *(source.ends[i] for i in picked), -1),
            tuple(units),
        ),
        after,
    )


def _reminder(source: Stream, talk: Sequence[Talk], at: int, left: int) -> list[int]:
    """Stream indices of the end of the last question where the window starts behind it."""
    number = source.turns[at]
    while number >= 0 and talk[number].participant:
        number -= 1
    if number < 0:
        return []
    end = bisect_right(source.turns, number)
    return [i for i in range(max(0, end - REMINDER), end) if source.turns[i] == number] if end <= left else []
