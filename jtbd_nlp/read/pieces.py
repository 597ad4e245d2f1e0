"""What a reader hands on: pieces of talk in order, or a text with its turns marked. Nothing here knows a format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from jtbd_nlp.schema import Note, Role


def refusal(got: str, expected: str, do: str) -> str:
    """Why something cannot be used, as all messages say it: what was got, what is allowed, and what to do."""
    return f"{got}; expected {expected}. {do}."


class Unreadable(Exception):
    """Why a file cannot be used; `read_source` turns it into an InputError with the file's name. Arguments: see `refusal`."""

    def __init__(self, got: str, expected: str, do: str) -> None:
        super().__init__(refusal(got, expected, do))


def over_limit(got: str, setting: str, limit: int, what: str) -> Unreadable:
    """The refusal of more than a setting of the config allows."""
    return Unreadable(got, f"at most read.{setting} = {limit:,} {what}", "Split the file, or raise the limit in the config")


def nobody_speaks() -> Unreadable:
    """The refusal of what holds no words."""
    return Unreadable("nobody says anything in it", "turns with words", "Export it again, or leave it out")


def unopened(error: OSError) -> Unreadable:
    """The refusal of a file that the system does not give."""
    why = error.strerror or type(error).__name__
    return Unreadable(f"cannot be opened ({why})", "a file that may be read", "Check that it is there and who may read it")


@contextmanager
def parsing(kind: str) -> Iterator[None]:
    """Around a call into a parser library, which may raise anything on bytes that are broken.

    The library's own message is left out: it may quote what people said.
    """
    try:
        yield
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(f"a {kind} file that is broken or cut off ({type(error).__name__})", "a whole one", "Export it again") from error


@dataclass(frozen=True, slots=True)
class Piece:
    """Something said: a cue, a paragraph, a sentence. `speaker` None goes on with the speaker before. Times are seconds or None."""

    speaker: str | None
    text: str
    start_s: float | None = None
    end_s: float | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """A turn that stays where it is in a text: what was said is `[start, end)`."""

    speaker: str
    start: int
    end: int
    start_s: float | None = None


@dataclass(frozen=True, slots=True)
class RoleHint:
    """A file says who this speaker is: a header, or the layout itself; `unknown` where it is known that nothing tells."""

    speaker: str
    role: Role


@dataclass(frozen=True, slots=True)
class Draft:
    """One interview as a reader found it: either `pieces`, or `text` with `marked`, never both.

    `key` tells apart the interviews of one file (a row's key). `language` is what the file says of itself.
    """

    pieces: tuple[Piece, ...] = ()
    text: str | None = None
    marked: tuple[Marked, ...] = ()
    key: str = ""
    format: str = "text"
    encoding: str | None = None
    language: str | None = None
    notes: tuple[Note, ...] = ()
    hints: tuple[RoleHint, ...] = ()


#: The label of talk that came without one.
NOBODY: Final = "Speaker"


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word; `text` holds the punctuation and space that belong to it."""

    speaker: str | None
    text: str
    start_s: float | None
    end_s: float | None


#: Recognised words are joined into pieces of about a sentence, so that a quote leads to its second without a mark a word.
_MAX_WORDS = 20


def join_words(words: Iterable[Word]) -> tuple[Piece, ...]:
    """Words in order as pieces: a piece ends with its speaker, with a sentence, or after 20 words."""
    pieces: list[Piece] = []
    held: list[Word] = []

    def flush() -> None:
        text = "".join(w.text for w in held).strip()
        if text:
            starts = [w.start_s for w in held if w.start_s is not None]
            ends = [w.end_s for w in held if w.end_s is not None]
            pieces.append(Piece(held[0].speaker, text, min(starts, default=None), max(ends, default=None)))
        held.clear()

    for word in words:
        if held and (word.speaker != held[0].speaker or len(held) >= _MAX_WORDS):
            flush()
        held.append(word)
        if word.text.rstrip().endswith((".", "?", "!", "…")):
            flush()
    flush()
    return tuple(pieces)
