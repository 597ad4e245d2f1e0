"""A transcript whose text stays where it is kept until somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from pydantic import PrivateAttr, SerializerFunctionWrapHandler, model_serializer

from jtbd_nlp.schema.transcript import Transcript

#: what is long; everything else of a transcript stays in memory
_LONG: Final = frozenset({"text", "turns", "marks"})


class Shelved(Transcript):
    """Is used like any Transcript while the shelf is there: compared and written as a whole, with its text.

    `text`, `turns` and `marks` are fetched at each use: go through many of them one after the other, and none twice.
    """

    _fetch: Callable[[str], Transcript] = PrivateAttr()
    _sha256: str = PrivateAttr()

    @classmethod
    def of(cls, transcript: Transcript, fetch: Callable[[str], Transcript]) -> Shelved:
        """The transcript without what is long; `fetch` gives the whole one by its id."""
        short = {name: getattr(transcript, name) for name in Transcript.model_fields if name not in _LONG}
        shelved = cls.model_construct(**short)
        del shelved.__dict__["marks"]  # its default
        shelved._fetch, shelved._sha256 = fetch, transcript.sha256
        return shelved

    @property
    def sha256(self) -> str:
        """sha256 of the canonical text's UTF-8 bytes."""
        return self._sha256

    def whole(self) -> Transcript:
        """A plain Transcript with its text, and the notes that this one has."""
        return self._fetch(self.id).model_copy(update={"notes": self.notes})

    @model_serializer(mode="wrap")
    def _written(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        written: dict[str, Any] = handler(self.whole())
        return written

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Transcript) and self.whole() == whole(other)

    def __hash__(self) -> int:
        return hash(self.whole())

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            return getattr(self._fetch(self.id), name) if name in _LONG else super().__getattr__(name)


def whole(transcript: Transcript) -> Transcript:
    """A transcript that holds its text."""
    return transcript.whole() if isinstance(transcript, Shelved) else transcript
