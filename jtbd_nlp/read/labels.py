"""Which lines begin with a speaker's label. A line may look so by chance ("One thing: ..."), so a label must be consistent in its file:
it recurs, or it is a known word, or it is plainly a name where names are labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from jtbd_nlp.read.times import CLOCK, seconds
from jtbd_nlp.read.words import NOT_SPEAKERS, NOT_SPEECH, closed, folded, is_interpreter, is_known_label, is_letter_label

#: No label reaches farther into its line than this.
_HEAD_CHARS: Final = 160
_MAX_LABEL: Final = 60
_PREFIX = r"[ \t\u200e\u200f\u2068\u2069]*(?:(?:[-*+•–—]|\#{1,6}|>{1,3})[ \t]+|>>)*"
_BEFORE = rf"(?:(?:[\[(]\d{{1,5}}[\])]|\d{{1,5}}[.)]?[ \t])[ \t]*)?(?:[\[(]?(?P<before>{CLOCK})(?:[ \t]*(?:-+>|-|–)[ \t]*{CLOCK})?[\])]?[ \t]*[-–—|]?[ \t]*)?"
#: Labels may begin with a picture ("🦊 Anna:").
PICTURE = r"(?:[\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]{1,8}[ \t]?)?"
_LABEL = rf"(?P<label>{PICTURE}" r"[^\W_][^:：()\[\]<>{}|=;!?\"“”*\r\n]*?)"
_EXTRA = r"(?P<extra>(?:[ \t]*[\[(][^\[\]()\r\n]{1,40}[\])]){0,2})"
_HEAD = re.compile(
    rf"{_PREFIX}{_BEFORE}[*_]{{0,3}}{_LABEL}[ \t]*[*_]{{0,3}}{_EXTRA}(?:[ \t]+(?P<bare>{CLOCK}))?[ \t]*[*_]{{0,3}}[ \t]*[:：](?!//|\d\d)[*_]{{0,3}}"
    rf"(?P<after>[ \t]*[\[(]{CLOCK}[\])])?[ \t]*"
)
_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BRACKET = re.compile(r"[\[(]([^\[\]()]{1,40})[\])]")
_PARTICLES: Final = closed("de da do di del della van von der den la le el al bin ibn of the and & y e dos das ten ter zu af av")
_INITIAL = re.compile(r"^[^\W\d_]\.?$|^(?:Dr|Mr|Mrs|Ms|Mx|Prof|St|Jr|Sr)\.?$")
#: A lower-case label must not begin with such a word: "one thing:", "the point:" are talk.
_TALK_WORDS: Final = closed(
    "a an the this that these those one two three first second third so and but or if when because i you he she it we they my your his her its "
    "our their is was are were what who why how which there here then now my like just also even for with in on at to of as by no yes"
)


@dataclass(frozen=True, slots=True)
class Head:
    """A line that begins like one with a label: `[at, end)` is the label with all that belongs to it, `key` the label as it is compared."""

    line: int
    at: int
    end: int
    label: str
    key: str
    clock_s: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text: `[start, end)` without its line break."""

    start: int
    end: int


def lines_of(text: str) -> list[Line]:
    """The lines of a text that are not empty, whatever they end with, without their line breaks."""
    return [Line(m.start(), m.end()) for m in _LINE.finditer(text)]


def heads_of(text: str, lines: Sequence[Line]) -> list[Head]:
    """Every line that could begin with a label."""
    found = []
    for number, line in enumerate(lines):
        match = _HEAD.match(text, line.start, min(line.end, line.start + _HEAD_CHARS))
        if match and (head := _head(match, number, line)):
            found.append(head)
    return found


def _head(match: re.Match[str], number: int, line: Line) -> Head | None:
    label = " ".join(match["label"].split()).strip(" ,.-–—_")
    brackets = _BRACKET.findall(match["extra"] or "")
    clocks = [match["before"], *brackets, match["bare"], (match["after"] or "").strip(" \t[]()")]
    times = [s for c in clocks if c and (s := seconds(c)) is not None]
    said = [b for b in brackets if seconds(b) is None]
    if said:
        label = f"{label} ({said[0].strip()})"
    if not 0 < len(label) <= _MAX_LABEL or len(label.split()) > 8:
        return None
    if line.end == match.end() and text_is_clock(match["label"]):
        return None
    return Head(number, line.start, match.end(), label, folded(label), times[0] if times else None)


def text_is_clock(text: str) -> bool:
    """Whether a text is digits and points alone: the hour of a time, not a label."""
    return all(c.isdigit() or c in " .,-/" for c in text)


def is_name(label: str) -> bool:
    """Whether a label is written like a name: one to five words, each capital first (or all capitals), particles aside."""
    core = label.partition(" (")[0]
    words = core.split()
    if not 1 <= len(words) <= 5 or text_is_clock(core):
        return False
    solid = [w for w in words if w.casefold() not in _PARTICLES and any(c.isalnum() for c in w)]
    return bool(solid) and words[0].casefold() not in _TALK_WORDS and all(_capital(w) for w in solid) and folded(core) not in NOT_SPEAKERS


def _capital(word: str) -> bool:
    first = word.lstrip("'’\"@#")[:1]
    # Scripts without case have no small letters either.
    return bool(_INITIAL.match(word)) or word.isdigit() or (first.isalpha() and not first.islower() and not word.endswith("."))


def speakers_of(heads: Sequence[Head], filled_lines: int, named: Iterable[str] = ()) -> dict[str, str]:
    """The labels that are speakers: folded label -> the form it mostly has.

    Args:
        heads: the lines that could begin with a label.
        filled_lines: how many lines of the text are not blank.
        named: names that a person said are speakers.
    """
    counts = Counter(h.key for h in heads)
    forms: dict[str, Counter[str]] = {}
    for head in heads:
        forms.setdefault(head.key, Counter())[head.label] += 1
    shown = {key: min(c.items(), key=lambda x: (-x[1], x[0]))[0] for key, c in forms.items()}
    told = {folded(n) for n in named}
    usable = [k for k in counts if k in told or (k not in NOT_SPEAKERS and k not in NOT_SPEECH)]
    known = {k for k in usable if k in told or is_known_label(k) or is_interpreter(k)}
    letters = {k for k in usable if is_letter_label(k) and counts[k] > 1}
    names = {k for k in usable if is_name(shown[k])}
    taken = known | letters | {k for k in names if counts[k] > 1}
    if len(taken) < 2 or all(counts[k] == 1 for k in taken):
        taken |= _once_in_a_short_text(names | {k for k in usable if is_letter_label(k)}, taken, counts, filled_lines)
    if not taken:
        taken = _lower_case(usable, counts, filled_lines)
    if len(taken) >= 2 or taken & known:
        # Someone who speaks once is told by a full name only: "Browsing:" once is a heading.
        taken |= {k for k in names if len(k.split()) > 1 and not any(c.isdigit() for c in k)}
    if not _enough(taken, known, counts, filled_lines):
        return {}
    return {k: shown[k] for k in sorted(taken)}


def _once_in_a_short_text(names: set[str], taken: set[str], counts: Counter[str], filled_lines: int) -> set[str]:
    """Names that stand once, where nearly every line begins with one ("Anna: ... / Ben: ...")."""
    labelled = sum(counts[k] for k in names | taken)
    return names if labelled >= 2 and labelled * 2 >= filled_lines else set()


def _lower_case(usable: Sequence[str], counts: Counter[str], filled_lines: int) -> set[str]:
    """Labels without capitals, where they take turns through the whole text."""
    found = {k for k in usable if counts[k] > 1 and len(k.split()) <= 3 and k.split()[0] not in _TALK_WORDS and not text_is_clock(k)}
    return found if sum(counts[k] for k in found) * 2 >= filled_lines else set()


def _enough(taken: set[str], known: set[str], counts: Counter[str], filled_lines: int) -> bool:
    labelled = sum(counts[k] for k in taken)
    if taken & known:
        return True
    return (len(taken) >= 2 and labelled >= 2) or (bool(taken) and labelled >= 2 and labelled * 3 >= filled_lines)
