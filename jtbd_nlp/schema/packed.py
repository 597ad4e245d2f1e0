"""A result of the per-transcript part as bytes: how it is kept, and how it travels between machines. Nothing is executed when it is read."""

from __future__ import annotations

from dataclasses import dataclass

from jtbd_nlp.schema.analysis import Problem
from jtbd_nlp.schema.arrays import Embeddings
from jtbd_nlp.schema.base import Record
from jtbd_nlp.schema.processed import Processed
from jtbd_nlp.schema.statement import Statement
from jtbd_nlp.schema.transcript import Transcript


@dataclass(frozen=True)
class Packed:
    """`record`: JSON in UTF-8, all but the vectors; `vectors`: raw little-endian float32, row after row; `width`: numbers in a row."""

    record: bytes
    vectors: bytes
    width: int


class _WithoutVectors(Record):
    source: str
    transcripts: tuple[Transcript, ...]
    statements: tuple[Statement, ...]
    ids: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


def pack(processed: Processed) -> Packed:
    """A result as bytes; `unpack` gives it back the same to the last bit."""
    record = _WithoutVectors(
        source=processed.source,
        transcripts=processed.transcripts,
        statements=processed.statements,
        ids=processed.embeddings.ids,
        problems=processed.problems,
    )
    vectors = processed.embeddings.vectors
    return Packed(record.model_dump_json().encode("utf-8"), vectors.astype("<f4").tobytes(), vectors.shape[1])


def unpack(packed: Packed) -> Processed:
    """What `pack` was given.

    Raises:
        ValueError: these are not such bytes (pydantic's ValidationError is one).
    """
    import numpy as np

    record = _WithoutVectors.model_validate_json(packed.record)
    array = np.frombuffer(packed.vectors, dtype="<f4").reshape(len(record.ids), packed.width).astype(np.float32)
    return Processed(record.source, record.transcripts, record.statements, Embeddings(record.ids, array), record.problems)
