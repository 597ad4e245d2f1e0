"""How a speaker talks: what tells who asks from who answers. Works on lower-case talk without punctuation too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Final

from jtbd_nlp.read.words import closed

#: Only the beginning and the end of a very long turn are looked at.
_LOOK: Final = 4_000
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_FILLER = r"(?:(?:so|and|but|or|okay|ok|right|yeah|yes|no|oh|um|uh|well|then|now|great|thanks|interesting|mm|mhm|hmm|sure|good|nice|cool|wow|ah|alright)[,.!? …-]*){0,4}"
_ASKS = re.compile(
    rf"^{_FILLER}(?:(?:at|in|on|for|to|from|with|about) )?"
    r"(?:what|what's|whats|how|how's|why|when|where|who|who's|which|whose|do|did|does|are|were|was|is|have|has|had|would|could|can|will|any|anything|"
    r"tell|walk|take|talk|describe|say|give|help|go|think|let's|lets|imagine|remind|explain|paint|bring)\b"
)
_TO_YOU = re.compile(
    r"\b(?:(?:do|did|are|were|have|had|would|could|can|will|was|is|does|should|didn't|don't|aren't|weren't|wouldn't|haven't) (?:you|your)\b"
    r"|(?:tell|walk|take|talk|give|remind|show) (?:me|us)\b|(?:what|how|why|when|where|who|which) (?:about|made|did|do|does|were|was|is|are|would|else|"
    r"happened|kind|sort|exactly|long|much|many|often|come)\b|thanks? (?:you )?for (?:taking|joining|coming|making|being|your|the)\b|"
    r"welcome (?:to|back)\b|no right or wrong|anything else\b|say more\b|you (?:said|mentioned|told|were saying|talked)\b|with us today\b|our guest\b)"
)
_YOU: Final = closed("you your yours you're you've you'd you'll yourself")
_I: Final = closed("i me my mine i'm i've i'd i'll myself we our us we're we've we'd ours")


@dataclass(frozen=True, slots=True)
class TurnText:
    """One turn as roles see it."""

    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Manner:
    """A speaker's way of talking, against all others'.

    Attributes:
        turns, words: how much they say.
        asks: share of their turns that ask or prompt.
        asks_of_all: their part in all turns that ask, over their part in all turns; 0 to 1.
        length: log of their words a turn over the others' words a turn; 0 where they are alone.
        to_you: second person against first person; -1 (only I) to 1 (only you).
        opens: 1 where they speak first and ask, 0.5 where they only speak first.
        answers: share of their turns that follow a question of someone else.
        prompts: turns with an interviewer's set phrase, over their turns.
        seeks: whether any turn of theirs asks or prompts.
    """

    speaker: str
    turns: int
    words: int
    asks: float
    asks_of_all: float
    length: float
    to_you: float
    opens: float
    answers: float
    prompts: float
    seeks: bool


@dataclass(slots=True)
class _Count:
    turns: int = 0
    words: int = 0
    asks: int = 0
    prompts: int = 0
    answers: int = 0
    you: int = 0
    me: int = 0


def asks(text: str) -> bool:
    """Whether a turn asks something: a question mark near its end, or a question's or a request's beginning."""
    end = text[-200:].rstrip(" \t\r\n\"'”’)*_")
    if end.endswith("?"):
        return True
    # Where there is punctuation, a turn that ends a sentence otherwise and is long does not ask.
    low = text[:_LOOK].lower().replace("’", "'").lstrip(" \"'“‘(*-–—…")
    if _ASKS.match(low):
        return len(low.split()) <= 40 or "?" in text
    return "?" in text[-300:] and len(text) < 600


def manners(turns: Sequence[TurnText]) -> list[Manner]:
    """How each speaker talks, in the order in which they first speak."""
    counts: dict[str, _Count] = {}
    asked: str | None = None
    opener_asks = bool(turns) and asks(turns[0].text)
    for turn in turns:
        count = counts.setdefault(turn.speaker, _Count())
        words = [w.group().lower().replace("’", "'") for w in _WORD.finditer(turn.text[:_LOOK])]
        count.turns += 1
        count.words += len(words) + len(turn.text[_LOOK:]) // 6
        count.you += sum(w in _YOU for w in words)
        count.me += sum(w in _I for w in words)
        count.answers += asked is not None and asked != turn.speaker
        low = turn.text[:_LOOK].lower().replace("’", "'")
        count.prompts += bool(_TO_YOU.search(low))
        questioning = asks(turn.text)
        count.asks += questioning
        asked = turn.speaker if questioning else None
    total = _Count(
        turns=sum(c.turns for c in counts.values()), words=sum(c.words for c in counts.values()), asks=sum(c.asks for c in counts.values())
    )
    found = []
    for speaker, c in counts.items():
        mine = (c.words + 1) / (c.turns + 1)
        others = (total.words - c.words + 1) / (total.turns - c.turns + 1)
        share, part = (c.asks + 0.25) / (total.asks + 0.25 * len(counts)), c.turns / total.turns
        found.append(
            Manner(
                speaker=speaker,
                turns=c.turns,
                words=c.words,
                asks=(c.asks + 0.5) / (c.turns + 1),
                asks_of_all=share / (share + part),
                length=log(mine / others) if len(counts) > 1 else 0.0,
                to_you=(c.you - c.me) / (c.you + c.me + 4),
                opens=(1.0 if opener_asks else 0.5) if speaker == turns[0].speaker else 0.0,
                answers=(c.answers + 0.5) / (c.turns + 1),
                prompts=(c.prompts + 0.5) / (c.turns + 1),
                seeks=c.asks + c.prompts > 0,
            )
        )
    return found
