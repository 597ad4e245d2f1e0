"""Headings over statements of several people: what kind of thing they are, then short passages of up to three of them in their own words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from jtbd_nlp.schema import Quoted, Quoter, Statement, Tag
from jtbd_nlp.synthesise.passages import lost
from jtbd_nlp.synthesise.phrases import sentence_case
from jtbd_nlp.synthesise.syntax import Parse
from jtbd_nlp.synthesise.titles import LONGEST, MOST, Ranked, Weighted, ranked_phrases, told
from jtbd_nlp.synthesise.words import Rarity, lemmas

#: what statements of each tag are, in plain words that hold for all that the codebook gives the tag
LEADS: Final[Mapping[Tag, str]] = {
    "push": "What drove them on",
    "pull": "What drew them",
    "anxiety": "Worries",
    "habit": "What held them",
    "outcome": "Wishes",
    "context": "Circumstances",
    "step": "What they do",
    "tradeoff": "Trade-offs",
    "hire": "What counted in choosing",
    "fire": "Reasons to leave or rule out",
    "solution": "Asked for",
}
#: how near, in [0, 1], two statements are in meaning
Near = Callable[[Statement, Statement], float]
#: characters of all passages of a heading together; a little more for two of them, and more where a small group is heard in full
ROOM: Final = 150
_MORE_ROOM: Final = 25
_FULL_ROOM: Final = 60
_PASSAGES: Final = 3
#: members of a group all of whom are shown where their words allow
_SMALL: Final = 3
_MORE_WORDS: Final = 4
#: passages from which the best are put together, and statements that they are of at least
_CONSIDERED: Final = 20
_FEWEST: Final = 6
_VARIANTS: Final = 2
#: what each passage is worth beyond its own score, and what it is worth that members are heard or are near to one who is
_EACH: Final = 0.5
_HEARD: Final = 5.0
_NEAR: Final = 0.8
#: what is lost where two passages are of the same person, or say the same again
_SAME_PERSON: Final = 0.5
_SAME_WORDS: Final = 0.8
#: below this score a passage is shown only where no member has a better one; so is one that loses more than this of its statement
_POOR: Final = 0.2
_CUT: Final = 0.45
#: nearness below which a member is not told by what is shown
FAR: Final = 0.4
#: probability from which a tag is sure, whatever that of other members
_SURE: Final = 0.6
#: probability below which a statement is not called by the plain name of a tag
_CALLED: Final = 0.4


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
    near: Near | None = None,
    count_others: bool = False,
) -> Quoted | None:
    """Passages of up to `most` members, of different people where there are such, joined by dots; chosen together, so that each says what it
    says in full and members that are not shown are near to one that is, in `room` characters; none worth less than `least`. Each passage is
    its own evidence, in the order shown. None where no member has one to show.

    Members that are less surely of `tag` are shown only where there are no surer ones. With `count_others` the heading ends in how many more
    members there are, where one of them says something else than what is shown.
    """
    heard = surest(members, tag)
    others = sorted(members, key=lambda m: (-m.centrality, m.statement.id))[:MOST]
    small, wide = len(members) <= _SMALL, room >= ROOM
    plain = (min(room, LONGEST), room + _MORE_ROOM * wide, room)
    ampler = (LONGEST + _MORE_ROOM, room + _FULL_ROOM, room + _FULL_ROOM * small)
    best: tuple[Ranked, ...] = ()
    table: Mapping[str, tuple[float, ...]] = {}
    # long statements get more room in a small group, and where one of several would stand alone
    for longest, *rooms in (ampler,) if small and wide else (plain, ampler) if wide else (plain,):
        found = ranked_phrases(heard, parse, rarity, max_words + _MORE_WORDS * (longest > LONGEST), tag, longest)
        ranked = [r for r in _varied(found, len(heard)) if least is None or r.score >= least]
        table = _nearness(ranked, others, near or by_words(ranked, others, parse))
        choices = _choices(ranked, (rooms[0], rooms[1]), most)
        best = min(choices, key=lambda c: (-_worth(c, table), [r.phrase.text for r in c]), default=())
        if len(best) > 1:
            break
    if not best and least is None:  # one passage is better than none, be it too long for the room
        best = tuple(ranked_phrases(heard, parse, rarity, max_words, tag, ROOM)[:1])
        table = _nearness(best, others, near or by_words(best, others, parse))
    if not best:
        return None
    shown = sorted(best, key=lambda r: (-r.score, r.phrase.text))
    text = " · ".join(sentence_case(r.phrase.text) for r in shown)
    left = len(members) - len(shown)
    if count_others and left and min(_covered(shown, table)) < FAR:
        text += f" · and {left} more"
    return Quoted(text=text, evidence=tuple(e for r in shown for e in r.phrase.quoted(quoter).evidence))


def led(tag: Tag, text: str, shown: Iterable[Statement] | None = None) -> str:
    """A heading with the plain name of its tag in front; without it where one of the statements `shown` is not surely of the tag."""
    return f"{LEADS[tag]}: {text}" if shown is None or all(s.tags.get(tag, 0.0) >= _CALLED for s in shown) else text


def surest(members: Sequence[Weighted], tag: Tag | None) -> list[Weighted]:
    """Members without those whose `tag` is less sure than that of three of them, unless it is sure in itself."""
    if tag is None or len(members) <= _PASSAGES:
        return list(members)
    firm = sorted((m.statement.tags.get(tag, 0.0) for m in members), reverse=True)
    bar = min(_SURE, firm[_PASSAGES - 1])
    return [m for m in members if m.statement.tags.get(tag, 0.0) >= bar]


def by_words(ranked: Sequence[Ranked], members: Sequence[Weighted], parse: Parse) -> Near:
    """Nearness by shared content words."""
    said = {s.id: lemmas(s.text, parse) for s in [*(r.phrase.statement for r in ranked), *(m.statement for m in members)]}

    def near(one: Statement, other: Statement) -> float:
        mine, theirs = said[one.id], said[other.id]
        return min(1.0, 2 * len(mine & theirs) / max(1, min(len(mine), len(theirs))))

    return near


def _nearness(ranked: Sequence[Ranked], members: Sequence[Weighted], near: Near) -> Mapping[str, tuple[float, ...]]:
    """By statement that may be shown, how well it speaks for each member: 1 for itself and for the same words, at most `_NEAR` for others."""
    found: dict[str, tuple[float, ...]] = {}
    for statement in (r.phrase.statement for r in ranked):
        if statement.id not in found:
            found[statement.id] = tuple(
                1.0 if m.statement.id == statement.id or m.statement.text == statement.text else _NEAR * near(statement, m.statement)
                for m in members
            )
    return found


def _varied(ranked: Sequence[Ranked], members: int) -> list[Ranked]:
    """The best phrases of half of so many members, up to `_VARIANTS` of one statement, no text twice; a poor or a cut one only where there is no other."""
    good = [r for r in ranked if r.score >= _POOR and lost(r.phrase) <= _CUT]
    ranked = good or ranked[:1]
    found: list[Ranked] = []
    of: dict[str, int] = {}
    texts: set[str] = set()
    for one in ranked:
        text, statement = one.phrase.text, one.phrase.statement.id
        if text.lower() in texts or of.get(statement, 0) >= _VARIANTS:
            continue
        found.append(one)
        texts.add(text.lower())
        of[statement] = of.get(statement, 0) + 1
        if len(found) >= _CONSIDERED or (len(of) > members // 2 and len(of) >= _FEWEST):
            break
    return found


def _choices(ranked: Sequence[Ranked], rooms: tuple[int, int], most: int) -> Iterator[tuple[Ranked, ...]]:
    """All ways to fill the room: one passage, or up to `most` of different statements; `rooms` are the characters of two and of three."""
    for size in range(1, most + 1):
        for chosen in combinations(ranked, size):
            texts = [r.phrase.text for r in chosen]
            if size > 1 and (
                sum(map(len, texts)) + 3 * (size - 1) > rooms[size > 2] or len({r.phrase.statement.id for r in chosen}) < size
            ):
                continue
            yield chosen


def _covered(chosen: Sequence[Ranked], table: Mapping[str, tuple[float, ...]]) -> list[float]:
    """How well each member is spoken for by the passage that does it best."""
    return [max(values) for values in zip(*(table[r.phrase.statement.id] for r in chosen), strict=True)]


def _worth(chosen: Sequence[Ranked], table: Mapping[str, tuple[float, ...]]) -> float:
    covered = _covered(chosen, table)
    value = sum(r.score + _EACH for r in chosen) + _HEARD * sum(covered) / len(covered)
    for one, other in combinations([r.phrase for r in chosen], 2):
        mine, theirs = told(one), told(other)
        alike = len(mine & theirs) > len(mine | theirs) / 2
        value -= _SAME_PERSON * (one.statement.transcript == other.statement.transcript) + _SAME_WORDS * alike
    return round(value, 6)
