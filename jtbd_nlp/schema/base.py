"""What all records share: frozen, closed, compared by value; and ids that come from content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A frozen record: fields are checked where it is born and never change after."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


def content_id(prefix: str, parts: Iterable[str]) -> str:
    """`<prefix>_<12 hex digits>`: a hash of the parts in the order given (sort them first where order has no meaning)."""
    digest = hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=6)
    return f"{prefix}_{digest.hexdigest()}"


def text_sha256(text: str) -> str:
    """sha256, as hex digits, of a text's UTF-8 bytes: what `transcripts/<id>.txt` holds."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
