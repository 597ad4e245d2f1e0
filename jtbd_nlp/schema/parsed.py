"""A parsed text as plain records: what crosses the wall instead of a spaCy Doc."""

from __future__ import annotations

from dataclasses import dataclass

from jtbd_nlp.schema.transcript import Span


@dataclass(frozen=True, slots=True)
class ParsedToken:
    """One token. `[start, end)` are code points of the parsed text; `head` is the index of its governor (its own for a root).

    `pos` is the universal part of speech, `tag` the Penn Treebank one, `dep` the ClearNLP relation that spaCy's English models give.
    """

    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int


@dataclass(frozen=True, slots=True)
class TokenRange:
    """Half-open range `[first, last)` of token indices."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class NamedEntity:
    """A name in a text, `[start, end)` in code points; `label` is OntoNotes' (`PERSON`, `ORG`, `PRODUCT`, `GPE`...)."""

    start: int
    end: int
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class ParsedText:
    """A text with its tokens in order, its noun chunks and its sentences (ranges of token indices, in order)."""

    text: str
    tokens: tuple[ParsedToken, ...]
    chunks: tuple[TokenRange, ...] = ()
    sentences: tuple[TokenRange, ...] = ()

    def span(self, first: int, last: int) -> Span:
        """Code points of tokens `[first, last)`."""
        return Span(start=self.tokens[first].start, end=self.tokens[last - 1].end)
