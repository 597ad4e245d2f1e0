"""The spaCy parser: one per process, loaded once; and its parses as plain records."""

from __future__ import annotations

import importlib.util
import threading
from itertools import islice
from typing import TYPE_CHECKING, Final

from jtbd_nlp.errors import ModelError
from jtbd_nlp.guest import import_quietly
from jtbd_nlp.schema.parsed import NamedEntity, ParsedText, ParsedToken, TokenRange
from jtbd_nlp.weights import find

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

OFFICIAL = "en_core_web_sm"
SERIES = "3.8."
"""Models of this series have the same weights scheme; another one could cut the same text elsewhere."""

_EXCLUDE = ("ner", "senter")
#: what is left out where only names are recognised
NAMES_ALONE: Final = ("senter", "parser", "tagger", "attribute_ruler", "tok2vec")
#: longest text that names are looked for in at once, in code points: bounds memory
_LONGEST: Final = 2_000
#: texts that are parsed together
_BATCH: Final = 256
_lock = threading.Lock()
#: hold this while calling what `load_parser` gives: it is one object for the whole process
language_lock = threading.RLock()
_loaded: dict[tuple[str, ...], Language] = {}


def load_parser(exclude: tuple[str, ...] = _EXCLUDE) -> Language:
    """The English pipeline (tok2vec, tagger, parser, attribute_ruler, lemmatizer), the same object at every call in a process.

    The official `en_core_web_sm` is taken where a 3.8 version is installed, else the parts of it that are bundled.
    A `Language` must not be called from two threads at once: hold `language_lock` around a call.

    Raises:
        ModelError: neither is there, or the bundled parts cannot be read.
    """
    with _lock:
        if exclude not in _loaded:
            _loaded[exclude] = _load(exclude)
        return _loaded[exclude]


def source() -> str:
    """Which parser `load_parser` takes, for the manifest: `en_core_web_sm 3.8.0` or the same with `(bundled)`."""
    installed = _installed_version()
    return f"{OFFICIAL} {installed}" if installed else f"{OFFICIAL} {_bundled_version(find('spacy'))} (bundled)"


class ParserService:
    """Gives the parse of a text, as if it were parsed alone (so that it depends on the text only), and remembers the last `max_texts`.

    Safe in several threads.
    """

    def __init__(self, max_texts: int = 50_000) -> None:
        self._max_texts = max_texts
        self._known: dict[str, ParsedText] = {}

    def __call__(self, text: str) -> ParsedText:
        """The parse of one text.

        Raises:
            ModelError: the parser cannot be loaded.
        """
        known = self._known.get(text)
        if known is not None:
            return known
        with language_lock:
            parsed = to_record(load_parser()(text))
            self._keep(text, parsed)
        return parsed

    def ahead(self, texts: Iterable[str]) -> None:
        """Parse texts that will be asked for next: together they take a third of the time that they take one by one, for the same parses.

        Of more than `max_texts` only the first ones are parsed.

        Raises:
            ModelError: the parser cannot be loaded.
        """
        wanted = list(islice(dict.fromkeys(texts), self._max_texts))
        with language_lock:
            for text in wanted:
                if text in self._known:  # as if it were new, so that it is still there when it is asked for
                    self._known[text] = self._known.pop(text)
            todo = [text for text in wanted if text not in self._known]
            for first in range(0, len(todo), _BATCH):
                batch, nlp = todo[first : first + _BATCH], load_parser()
                with nlp.memory_zone():  # what a batch adds to the vocabulary is dropped after it
                    for text, doc in zip(batch, nlp.pipe(batch), strict=True):
                        self._keep(text, to_record(doc))

    def entities(self, texts: Iterable[str]) -> list[tuple[NamedEntity, ...]]:
        """The names in each text, however long it is; not remembered.

        Raises:
            ModelError: the recogniser cannot be loaded.
        """
        whole = list(texts)
        pieces = [(i, start, text[start:end]) for i, text in enumerate(whole) for start, end in _pieces(text)]
        found: list[list[NamedEntity]] = [[] for _ in whole]
        with language_lock:
            nlp = load_parser(NAMES_ALONE)
            with nlp.memory_zone():
                docs = nlp.pipe((piece for _, _, piece in pieces), disable=["lemmatizer"])
                for (i, start, _), doc in zip(pieces, docs, strict=True):
                    found[i].extend(NamedEntity(start + e.start_char, start + e.end_char, e.text, e.label_) for e in doc.ents)
        return [tuple(names) for names in found]

    def _keep(self, text: str, parsed: ParsedText) -> None:
        while len(self._known) >= self._max_texts:
            del self._known[next(iter(self._known))]
        self._known[text] = parsed


#: the one of the whole process
parse: Final = ParserService()


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Ranges that cover a text, none longer than `_LONGEST`, cut in front of a space where there is one."""
    start = 0
    while len(text) - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > 0 else start + _LONGEST
        yield start, cut
        start = cut
    if start < len(text):
        yield start, len(text)


def to_record(doc: Doc) -> ParsedText:
    """A Doc as a plain record, without tokens that are white space only."""
    kept = [token for token in doc if not token.is_space]
    at = {token.i: place for place, token in enumerate(kept)}

    def heads(token: Token) -> int:
        seen, head = 0, token.head
        while head.i not in at and seen < len(doc):
            seen, head = seen + 1, head.head
        return at.get(head.i, at[token.i])

    tokens = tuple(ParsedToken(t.idx, t.idx + len(t.text), t.text, t.lemma_ or t.lower_, t.pos_, t.tag_, t.dep_, heads(t)) for t in kept)
    return ParsedText(doc.text, tokens, _ranges(doc.noun_chunks, at), _ranges(doc.sents, at))


def _ranges(spans: Iterable[Span], at: dict[int, int]) -> tuple[TokenRange, ...]:
    places = ([at[t.i] for t in span if t.i in at] for span in spans)
    return tuple(TokenRange(inside[0], inside[-1] + 1) for inside in places if inside)


def _load(exclude: tuple[str, ...]) -> Language:
    import_quietly("spacy")
    import spacy

    place: str | Path = OFFICIAL if _installed_version() else find("spacy")
    try:
        return spacy.load(place, exclude=list(exclude))
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(
            f"Got an unreadable spaCy model at {place} ({type(error).__name__}: {error}). Install the package again."
        ) from error


def _installed_version() -> str | None:
    """Version of the installed official model if it is of the series, else None."""
    from importlib.metadata import PackageNotFoundError, version

    if importlib.util.find_spec(OFFICIAL) is None:
        return None
    try:
        found = version(OFFICIAL)
    except PackageNotFoundError:
        return None
    return found if found.startswith(SERIES) else None


def _bundled_version(folder: Path) -> str:
    import json

    return str(json.loads((folder / "meta.json").read_text(encoding="utf-8"))["version"])
