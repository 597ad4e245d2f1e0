"""Picking quotes to show: the ones that say most and read best, shortened to what stands alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from jtbd_nlp.schema import Quoted, Quoter, Statement, Tag
from jtbd_nlp.synthesise.phrases import Phrase, sentences
from jtbd_nlp.synthesise.syntax import Parse, Syntax, read_ahead
from jtbd_nlp.synthesise.titles import clarity

#: words of a quote that is shown inside a sentence of ours
SHORT: Final = 22
#: statements of one pool that are parsed to see how clearly they read
MOST: Final = 1_000


def readable(statement: Statement, parse: Parse, max_words: int = SHORT) -> Phrase | None:
    """The part of a statement of at most `max_words` words that reads best alone."""
    found = sentences(statement, Syntax(parse(statement.text)), max_words)
    return min(found, key=lambda p: (-round(clarity(p) + 0.04 * len(p.text.split()), 6), p.start, p.end)) if found else None


def shortened(statement: Statement, quoter: Quoter, parse: Parse, max_words: int = SHORT) -> Quoted:
    """A statement as a quote of at most `max_words` words, or whole where it cannot be shortened."""
    part = readable(statement, parse, max_words)
    return quoter.quoted(statement) if part is None else part.quoted(quoter)


def strength(statement: Statement, tags: Iterable[Tag]) -> float:
    """The highest probability of any of `tags`; 0 without."""
    return max((statement.tags.get(tag, 0.0) for tag in tags), default=0.0)


def strongest(statements: Sequence[Statement], tags: Sequence[Tag], parse: Parse) -> list[Statement]:
    """Those that carry one of `tags`, firmest and clearest first; ties by place.

    Of more than `MOST` the firmest are looked at more closely; the others follow by firmness alone.
    """
    carrying = sorted(
        (s for s in statements if any(tag in s.tags for tag in tags)), key=lambda s: (-round(strength(s, tags), 6), s.transcript, s.start)
    )

    read_ahead(parse, (s.text for s in carrying[:MOST]))

    def key(s: Statement) -> tuple[float, str, int]:
        part = readable(s, parse)
        clear = clarity(part) if part is not None else -1.0
        return (-round(strength(s, tags) + 0.5 * clear, 6), s.transcript, s.start)

    return [*sorted(carrying[:MOST], key=key), *carrying[MOST:]]


def quotes(statements: Sequence[Statement], quoter: Quoter, limit: int | None = None) -> tuple[Quoted, ...]:
    """Whole statements as quotes, in the order given, no text twice."""
    seen: set[str] = set()
    kept: list[Quoted] = []
    for s in statements:
        if s.text not in seen and (limit is None or len(kept) < limit):
            seen.add(s.text)
            kept.append(quoter.quoted(s))
    return tuple(kept)
