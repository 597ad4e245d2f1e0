"""Headings over statements of several people: what kind of thing they are, then short passages of up to three of them in their own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from jtbd_nlp.schema import Quoted, Quoter, Tag
from jtbd_nlp.synthesise.phrases import Phrase, sentence_case
from jtbd_nlp.synthesise.syntax import Parse
from jtbd_nlp.synthesise.titles import Ranked, Weighted, ranked_phrases
from jtbd_nlp.synthesise.words import Rarity, lemmas

#: what statements of each tag are, in plain words
LEADS: Final[Mapping[Tag, str]] = {
    "push": "Trouble",
    "pull": "Drawn by",
    "anxiety": "Worries",
    "habit": "What holds them to the old",
    "outcome": "Wishes",
    "context": "Circumstances",
    "step": "What they do",
    "tradeoff": "Trade-offs",
    "hire": "Reasons to choose",
    "fire": "Reasons to leave or rule out",
    "solution": "Asked for",
}
#: characters of all passages of a heading together, and of one
ROOM: Final = 150
_ONE: Final = 90
_PASSAGES: Final = 3
#: passages from which the best are put together
_CONSIDERED: Final = 16
_VARIANTS: Final = 2
#: what the passages must be worth together beyond their number; a third one is shown where it keeps most of what it is cut from
_COSTS: Final = (0.0, 0.3, 1.4)
#: what is lost where two passages are of the same person, or say the same again
_SAME_PERSON: Final = 0.5
_SAME_WORDS: Final = 0.8


def heading(
    members: Sequence[Weighted],
    quoter: Quoter,
    parse: Parse,
    rarity: Rarity,
    max_words: int,
    tag: Tag | None = None,
    room: int = ROOM,
    most: int = _PASSAGES,
    least: float | None = None,
) -> Quoted | None:
    """Passages of up to `most` members, of different people where there are such, joined by dots; chosen together, so that they keep as much of
    what members say as `room` characters hold; none worth less than `least`. Each passage is its own evidence, in the order shown. None where no member has one to show.

    With one passage for several members the heading tells no more than the one; with more of them the reader sees what they have in common.
    """
    ranked = _varied(ranked_phrases(members, parse, rarity, max_words, tag), min(room, _ONE))
    ranked = [r for r in ranked if least is None or r.score >= least]
    best = min(_choices(ranked, room, most), key=lambda c: (-_worth(c, parse), [r.phrase.text for r in c]), default=None)
    if best is None:
        return None
    shown = [r.phrase for r in best]
    return Quoted(
        text=" · ".join(sentence_case(p.text) for p in shown), evidence=tuple(e for p in shown for e in p.quoted(quoter).evidence)
    )


def led(tag: Tag, text: str) -> str:
    """A heading with the plain name of its tag in front."""
    return f"{LEADS[tag]}: {text}"


def _varied(ranked: Sequence[Ranked], longest: int) -> list[Ranked]:
    """The best phrases of at most `longest` characters, up to `_VARIANTS` of one statement, no text twice; the first where none is short enough."""
    found: list[Ranked] = []
    of: dict[str, int] = {}
    texts: set[str] = set()
    for one in ranked:
        text, statement = one.phrase.text, one.phrase.statement.id
        if len(text) > longest or text.lower() in texts or of.get(statement, 0) >= _VARIANTS:
            continue
        found.append(one)
        texts.add(text.lower())
        of[statement] = of.get(statement, 0) + 1
        if len(found) >= _CONSIDERED:
            break
    return found or list(ranked[:1])


def _choices(ranked: Sequence[Ranked], room: int, most: int) -> Iterator[tuple[Ranked, ...]]:
    """All ways to fill the room: one passage, or up to `most` of different statements."""
    for size in range(1, most + 1):
        for chosen in combinations(ranked, size):
            texts = [r.phrase.text for r in chosen]
            if size > 1 and (sum(map(len, texts)) + 3 * (size - 1) > room or len({r.phrase.statement.id for r in chosen}) < size):
                continue
            yield chosen


def _worth(chosen: Sequence[Ranked], parse: Parse) -> float:
    value = sum(r.score for r in chosen) - _COSTS[len(chosen) - 1]
    for one, other in combinations([r.phrase for r in chosen], 2):
        value -= _SAME_PERSON * (one.statement.transcript == other.statement.transcript) + _SAME_WORDS * _alike(one, other, parse)
    return round(value, 6)


def _alike(one: Phrase, other: Phrase, parse: Parse) -> bool:
    """Whether most words of one phrase are in the other."""
    mine, theirs = lemmas(one.text, parse), lemmas(other.text, parse)
    return len(mine & theirs) > len(mine | theirs) / 2
