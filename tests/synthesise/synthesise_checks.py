"""What tests of synthesis ask of evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel

from jtbd_nlp.schema import Evidence, Quoted
from jtbd_nlp.synthesise.wording import gerund


def evidence_of(record: object) -> Iterator[Evidence]:
    """All Evidence inside a record, at any depth."""
    if isinstance(record, Evidence):
        yield record
    elif isinstance(record, BaseModel):
        for name in type(record).model_fields:
            yield from evidence_of(getattr(record, name))
    elif isinstance(record, tuple):
        for item in record:
            yield from evidence_of(item)


def said(slot: Quoted) -> bool:
    """Whether every word of a slot is in its quotes, a verb's -ing apart."""
    heard = {word for e in slot.evidence for word in re.findall(r"[\w'’]+", e.quote.lower())}
    heard |= {ing for word in sorted(heard) if (ing := gerund(word, "VB")) is not None} | (
        {"being"} if heard & {"be", "am", "is", "are"} else set()
    )
    return all(word in heard for word in re.findall(r"[\w'’]+", slot.text.lower()))
