"""Questions asked of a parse: who governs what, where a clause stands, what is its core."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Protocol, runtime_checkable

from jtbd_nlp.schema.parsed import ParsedText, ParsedToken

Parse = Callable[[str], ParsedText]


@runtime_checkable
class ReadsAhead(Protocol):
    """A parser that takes less time where it is told which texts come next."""

    def ahead(self, texts: Iterable[str]) -> None: ...


def read_ahead(parse: Parse, texts: Iterable[str]) -> None:
    """Tell a parser which texts it will be asked for, where it wants to know."""
    if isinstance(parse, ReadsAhead):
        parse.ahead(texts)


SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})


class Syntax:
    """A parse with the look-ups that rules need. Token indices throughout; ranges are half open."""

    def __init__(self, parsed: ParsedText) -> None:
        self.parsed = parsed
        self.tokens: tuple[ParsedToken, ...] = parsed.tokens

    @cached_property
    def _children(self) -> tuple[tuple[int, ...], ...]:
        found: list[list[int]] = [[] for _ in self.tokens]
        for i, token in enumerate(self.tokens):
            if token.head != i:
                found[token.head].append(i)
        return tuple(map(tuple, found))

    def children(self, i: int, *deps: str) -> tuple[int, ...]:
        """Tokens governed by `i`, in order; only those with one of `deps` where any is named."""
        return tuple(c for c in self._children[i] if not deps or self.tokens[c].dep in deps)

    def subtree(self, i: int) -> list[int]:
        """`i` and everything below it, in order."""
        found, todo = [i], [i]
        while todo:
            below = self._children[todo.pop()]
            found.extend(below)
            todo.extend(below)
        return sorted(found)

    def has_subject(self, i: int) -> bool:
        return any(self.tokens[c].dep in SUBJECTS for c in self._children[i])

    def is_finite(self, i: int) -> bool:
        """Whether a verb or one of its auxiliaries carries tense."""
        return self.tokens[i].tag in _FINITE or any(self.tokens[c].tag in _FINITE for c in self.children(i, "aux", "auxpass"))

    def is_negated(self, i: int) -> bool:
        return any(self.tokens[c].dep == "neg" or self.tokens[c].lemma.lower() in ("never", "not") for c in self._children[i])

    def lower(self, i: int) -> str:
        return self.tokens[i].text.lower().replace("’", "'")

    def text(self, first: int, last: int) -> str:
        """The exact words of tokens `[first, last)`."""
        span = self.parsed.span(first, last)
        return self.parsed.text[span.start : span.end]

    def words(self, first: int, last: int) -> int:
        """Number of tokens that are words; clitics ("n't", "'s") are part of the word before."""
        return sum(1 for t in self.tokens[first:last] if t.text[:1].isalnum() and t.text.lower() != "n't")


def verbs(syntax: Syntax) -> Iterable[int]:
    """Indices of verbs and copulas, in order."""
    return (i for i, t in enumerate(syntax.tokens) if t.pos in ("VERB", "AUX") and t.dep not in ("aux", "auxpass"))
