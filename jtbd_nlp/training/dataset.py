"""From coded interviews to what the encoder is fitted on: windows with labelled units."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jtbd_nlp.schema import DIMENSIONS, PHASES, STAGES, TAGS, Segment, Transcript
from jtbd_nlp.tag.windows import Stream, Stretch, Talk, Window, stream, windows
from jtbd_nlp.training.gold import Gold, GoldSpan, to_transcript, words

_POINTS = re.compile(r"[.,;:!?…]")


@dataclass(frozen=True)
class Prepared:
    """A coded interview with its segments and tokens; `owner[i]` is the gold span that segment i is part of, or -1.

    `taught[i]`: what a teacher gives for segment i, logits in the order of the network's columns; empty where it gives nothing. No teacher: ().
    """

    gold: Gold
    transcript: Transcript
    segments: tuple[Segment, ...]
    talk: tuple[Talk, ...]
    stream: Stream
    owner: tuple[int, ...]
    meets: tuple[tuple[int, ...], ...]
    taught: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """One unit of a window: tokens [start, end), labels (-1: not given), and whether it continues the unit at `before`.

    `own`: labels of the user's own, 0 or 1, or -1 where its interview's coders did not use them. `weight` is 0 where tags are not learned.
    `taught`: a teacher's logits, or ().
    """

    start: int
    end: int
    tags: tuple[int, ...]
    dimension: int
    stage: int
    phase: int
    before: int
    continues: int
    weight: float
    own: tuple[int, ...] = ()
    taught: tuple[float, ...] = ()


@dataclass(frozen=True)
class LabelledWindow:
    """A window and its labelled units."""

    window: Window
    examples: tuple[Example, ...]


def rough(gold: Gold) -> Gold:
    """The interview as a careless typist would have it: lower case, no punctuation in the turns; spans move along."""
    out, kept, at = [], [-1] * (len(gold.text) + 1), 0
    pos = 0
    for line in gold.text.split("\n"):
        head, colon, body = line.partition(": ")
        pieces = [(c, False) for c in head + colon] + [(c, True) for c in body]
        for char, said in [*pieces, ("\n", False)]:
            kept[pos] = at
            if not (said and _POINTS.fullmatch(char)):
                new = char.lower() if said else char
                out.append(new)
                at += len(new)
            pos += 1
    text = "".join(out)[: at - 1]
    kept[len(gold.text)] = len(text)
    index = words(text)
    spans = []
    for span in gold.spans:
        start, end = kept[span.start], kept[min(span.end, len(gold.text))]
        inside = [i for i, w in enumerate(index) if w.start >= start and w.end <= end]
        if inside:
            spans.append(replace(span, start=start, end=end, first=inside[0], last=inside[-1] + 1))
    return replace(gold, text=text, spans=tuple(spans))


def talk_of(transcript: Transcript) -> tuple[Talk, ...]:
    """The turns as windows need them: everyone who is not an interviewer is listened to."""
    return tuple(Talk(t.start, t.end, t.role != "interviewer") for t in transcript.turns)


def prepare(gold: Gold, segments: Sequence[Segment], tokenizer: Any) -> Prepared:
    """Tokenise one interview and see which gold spans each segment meets (the scorer's rule)."""
    transcript = to_transcript(gold)
    talk = talk_of(transcript)
    starts = [w.start for w in words(gold.text)]
    owner, meets = [], []
    for segment in segments:
        first, last = _word_range(starts, segment.start, segment.end)
        shared = [(min(last, s.last) - max(first, s.first), i) for i, s in enumerate(gold.spans)]
        best, who = max(shared, default=(0, -1))
        owner.append(who if best * 2 >= last - first > 0 else -1)
        meets.append(tuple(i for n, i in shared if _meet(first, last, gold.spans[i], n)))
    return Prepared(gold, transcript, tuple(segments), talk, stream(gold.text, talk, tokenizer), tuple(owner), tuple(meets))


def _word_range(starts: list[int], start: int, end: int) -> tuple[int, int]:
    from bisect import bisect_left

    return bisect_left(starts, start), bisect_left(starts, end)


def _meet(first: int, last: int, span: GoldSpan, shared: int) -> bool:
    a, b = last - first, span.last - span.first
    return shared > 0 and shared * 2 >= min(a, b) and max(a, b) <= 4 * min(a, b)


def labelled_windows(item: Prepared, *, first: int | None = None, labels: Sequence[str] = ()) -> list[LabelledWindow]:
    """Windows of an interview with its segments and its gold spans as units; `labels` are the user's own."""
    stretches = [Stretch(s.start, s.end) for s in item.segments]
    out, done = [], set()
    for window in windows(item.stream, item.talk, stretches, first=first):
        examples: list[Example] = []
        for n, unit in enumerate(window.units):
            before = n - 1 if n and item.segments[window.units[n - 1].segment].turn == item.segments[unit.segment].turn else n
            mine = item.owner[unit.segment]
            spans = [item.gold.spans[i] for i in item.meets[unit.segment]]
            joined = int(mine >= 0 and item.owner[window.units[before].segment] == mine) if before != n else -1
            lead = item.gold.spans[mine] if mine >= 0 and mine in item.meets[unit.segment] else spans[0] if spans else None
            example = _example(unit.start, unit.end, spans, lead, before, joined if unit.core else -1, 1.0 if unit.core else 0.0)
            if item.taught:
                example = replace(example, taught=item.taught[unit.segment])
            examples.append(_with_own(example, item.gold, spans, labels))
        for i, span in enumerate(item.gold.spans):
            if i not in done and (place := window.locate(span.start, span.end)):
                done.add(i)
                example = _example(place.start, place.end, [span], span, len(examples), -1, 1.0)
                examples.append(_with_own(example, item.gold, [span], labels))
        out.append(LabelledWindow(window, tuple(examples)))
    return out


def _example(start: int, end: int, spans: list[GoldSpan], lead: GoldSpan | None, before: int, joined: int, weight: float) -> Example:
    return Example(
        start,
        end,
        tuple(int(any(tag in s.tags for s in spans)) for tag in TAGS),
        _index(DIMENSIONS, lead.dimension if lead else None),
        _index(STAGES, lead.stage if lead else None),
        _index(PHASES, lead.phase if lead else None),
        before,
        joined,
        weight,
    )


def own_codes(gold: Gold, spans: Sequence[GoldSpan], labels: Sequence[str]) -> tuple[int, ...]:
    """For each of the user's own labels whether one of the spans has it; -1 where the interview's coders did not use it."""
    return tuple(int(any(label in s.labels for s in spans)) if label in gold.labels else -1 for label in labels)


def _with_own(example: Example, gold: Gold, spans: Sequence[GoldSpan], labels: Sequence[str]) -> Example:
    if gold.tagged and not labels:
        return example
    own = own_codes(gold, spans, labels) if example.weight else (-1,) * len(labels)
    return replace(example, own=own, weight=example.weight if gold.tagged else 0.0)


def _index(labels: Sequence[str], label: str | None) -> int:
    return labels.index(label) if label else -1


def epoch(
    clean: Iterable[Prepared],
    roughened: Iterable[Prepared],
    share: float,
    rng: random.Random,
    *,
    misheard: Sequence[Prepared] = (),
    misheard_share: float = 0.0,
    labels: Sequence[str] = (),
) -> list[LabelledWindow]:
    """Windows of one epoch: each interview once, cut at places that change from epoch to epoch.

    A `share` of the interviews is in its rough form; of the others, `misheard_share` in its misheard one, where there are any.
    """
    out: list[LabelledWindow] = []
    for n, (item, other) in enumerate(zip(clean, roughened, strict=True)):
        said = other if rng.random() < share else misheard[n] if misheard and rng.random() < misheard_share else item
        out += labelled_windows(said, first=rng.randint(110, 200), labels=labels)
    return out
