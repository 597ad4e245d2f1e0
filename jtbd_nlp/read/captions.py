"""Captions of any format to pieces: who speaks in each, by voice tag or by label, with its time."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read.layouts import too_long
from jtbd_nlp.read.pieces import NOBODY, Draft, Piece, RoleHint, Unreadable
from jtbd_nlp.read.plain import find_turns
from jtbd_nlp.schema import Note

_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,80})?[ \t]+([^<>\r\n]{1,120})>")
_TAG = re.compile(r"</?[A-Za-z0-9][^<>]{0,200}>")
#: Override tags of other caption formats that are found in SRT.
_OVERRIDE = re.compile(r"\{\\an?\d\}")
#: Rolling captions show the line before again in this share of the cues, or more.
_ROLLING: Final = 0.3

NO_SPEAKERS: Final = Note(
    code="no_speakers", message="nothing says who speaks; all of it is taken as one speaker's talk, questions included"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption as it stands in the file, tags and all. Times are seconds."""

    text: str
    start_s: float | None
    end_s: float | None


def draft_of_cues(cues: Sequence[Cue], config: ReadConfig, *, format: str, encoding: str | None) -> Draft:
    """Captions as a draft.

    Raises:
        Unreadable: there are no captions with words, or too many.
    """
    length = sum(len(c.text) for c in cues)
    if length > config.max_chars:
        raise too_long(length, config)
    if any(_VOICE.search(c.text) for c in cues):
        pieces = tuple(p for cue in cues for p in _voiced(cue))
        return Draft(pieces=pieces, format=format, encoding=encoding)
    shown = _unrolled([Cue(_clean(c.text), c.start_s, c.end_s) for c in cues])
    shown = [c for c in shown if c.text]
    if not shown:
        raise Unreadable("no captions with words in it", "cues with a time and what was said", "Export it again")
    labelled = _labelled(shown, config)
    if labelled is not None:
        return Draft(pieces=labelled, format=format, encoding=encoding)
    pieces = tuple(Piece(None, c.text, c.start_s, c.end_s) for c in shown)
    return Draft(pieces=pieces, format=format, encoding=encoding, notes=(NO_SPEAKERS,), hints=(RoleHint(NOBODY, "unknown"),))


def _clean(text: str) -> str:
    return html.unescape(_TAG.sub("", _OVERRIDE.sub("", text))).strip()


def _voiced(cue: Cue) -> list[Piece]:
    """The voices of a cue; an end tag may be missing, then a voice goes on to the next one or to the end."""
    pieces: list[Piece] = []
    speaker: str | None = None
    at = 0
    for match in [*_VOICE.finditer(cue.text), None]:
        said = _clean(cue.text[at : match.start() if match else len(cue.text)])
        if said:
            pieces.append(Piece(speaker, said, cue.start_s, cue.end_s))
        if match:
            speaker, at = html.unescape(match[1]).strip(), match.end()
    return pieces


def _unrolled(cues: list[Cue]) -> list[Cue]:
    """Without the lines that a rolling caption repeats from the one before."""
    lines = [c.text.split("\n") for c in cues]
    repeats = [
        i > 0 and bool(lines[i][0].strip()) and lines[i][0] == lines[i - 1][-1] and (len(lines[i]) > 1 or lines[i] == lines[i - 1])
        for i in range(len(cues))
    ]
    if sum(repeats) < max(3, _ROLLING * len(cues)):
        return cues
    return [
        Cue("\n".join(part[1:] if again else part).strip(), c.start_s, c.end_s) for c, part, again in zip(cues, lines, repeats, strict=True)
    ]


def _labelled(cues: Sequence[Cue], config: ReadConfig) -> tuple[Piece, ...] | None:
    """Pieces of captions whose text begins with labels; None where it does not. A cue without one goes on with its speaker."""
    # A line break inside a cue only matters where a second speaker begins after it.
    texts = [c.text if _second_label(c.text) else " ".join(c.text.split("\n")) for c in cues]
    starts = [0, *accumulate(len(t) + 1 for t in texts)]
    whole = "\n".join(texts)
    found = find_turns(whole, (*config.interviewers, *config.participants))
    if not found.marked:
        return None
    before = bisect_right(starts, found.marked[0].start) - 1
    pieces = [Piece(None, texts[i], cues[i].start_s, cues[i].end_s) for i in range(before)]
    for turn in found.marked:
        number = bisect_right(starts, turn.start) - 1
        while number < len(cues) and starts[number] < turn.end:
            said = whole[max(turn.start, starts[number]) : min(turn.end, starts[number] + len(texts[number]))]
            pieces.append(Piece(turn.speaker, said, cues[number].start_s, cues[number].end_s))
            number += 1
    return tuple(pieces)


def _second_label(text: str) -> bool:
    """Whether a later line of a cue may begin with a label of its own."""
    return any(":" in line[:60] for line in text.split("\n")[1:])
