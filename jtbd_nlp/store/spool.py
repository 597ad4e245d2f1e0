"""Results of the per-transcript part on disk, so that a study need not fit into memory."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from io import BufferedRandom
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from jtbd_nlp.schema import Problem, Statement, Transcript
from jtbd_nlp.schema.arrays import Embeddings
from jtbd_nlp.schema.processed import Processed, no_embeddings
from jtbd_nlp.schema.shelved import Shelved
from jtbd_nlp.store.staging import clear_errors

#: Whole transcripts that stay in memory once they were asked for.
_OPEN: Final = 16


class Spool:
    """A folder with `statements.jsonl`, `transcripts.jsonl` and `vectors.f32`, written as results come; it is deleted when it is closed.

    In memory are ids, hashes and names of files alone. What it gives can be used until it is closed. For one thread.
    """

    def __init__(self, folder: str | Path) -> None:
        """Make the folder; what is there under its name, left by a killed run, is deleted.

        Raises:
            OutputError: the folder cannot be made.
        """
        self._folder = Path(folder)
        self.problems: list[Problem] = []
        self._shelved: list[Shelved] = []
        self._places: dict[str, tuple[int, int]] = {}
        self._ids: list[str] = []
        self._width = 0
        with clear_errors(self._folder):
            if self._folder.exists():
                shutil.rmtree(self._folder)
            self._folder.mkdir(mode=0o700)
            self._statements, self._transcripts, self._vectors = (
                self._made(n) for n in ("statements.jsonl", "transcripts.jsonl", "vectors.f32")
            )
        self._fetch = lru_cache(maxsize=_OPEN)(self._read_transcript)

    def _made(self, name: str) -> BufferedRandom:
        return (self._folder / name).open("w+b")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Delete the folder; what cannot be deleted now is deleted when a spool is made there again."""
        for file in (self._statements, self._transcripts, self._vectors):
            file.close()
        with suppress(OSError):
            shutil.rmtree(self._folder)

    def add(self, processed: Processed) -> None:
        """Write a result.

        Raises:
            OutputError: the disk is full, or the like.
            ValueError: its vectors are of another width than those before.
        """
        self.problems.extend(processed.problems)
        vectors = processed.embeddings.vectors
        if processed.embeddings.ids:
            if self._ids and vectors.shape[1] != self._width:
                raise ValueError(
                    f"Got vectors of width {vectors.shape[1]} after some of width {self._width}; expected one embedder for all."
                )
            self._width = vectors.shape[1]
        with clear_errors(self._folder):
            for transcript in processed.transcripts:
                line = transcript.model_dump_json().encode("utf-8")
                self._places[transcript.id] = (self._transcripts.tell(), len(line))
                self._transcripts.write(line + b"\n")
                self._shelved.append(Shelved.of(transcript, self._fetch))
            for statement in processed.statements:
                self._statements.write(statement.model_dump_json().encode("utf-8") + b"\n")
            if processed.embeddings.ids:
                self._vectors.write(vectors.astype("<f4").tobytes())
                self._ids.extend(processed.embeddings.ids)

    def transcripts(self) -> tuple[Transcript, ...]:
        """All transcripts, in the order of adding; their texts are read when they are asked for."""
        with clear_errors(self._folder):
            self._transcripts.flush()
        return tuple(self._shelved)

    def statements(self) -> Iterator[Statement]:
        """All statements, in the order of adding."""
        with clear_errors(self._folder):
            self._statements.flush()
        with (self._folder / "statements.jsonl").open("rb") as lines:
            for line in lines:
                yield Statement.model_validate_json(line)

    def embeddings(self) -> Embeddings:
        """The vectors of all statements, in the order of adding, mapped from the file and not to be written to."""
        if not self._ids:
            return no_embeddings()
        import numpy as np

        with clear_errors(self._folder):
            self._vectors.flush()
            mapped = np.memmap(self._folder / "vectors.f32", dtype="<f4", mode="r", shape=(len(self._ids), self._width))
        return Embeddings(ids=tuple(self._ids), vectors=np.asarray(mapped))

    def _read_transcript(self, name: str) -> Transcript:
        start, length = self._places[name]
        self._transcripts.seek(start)
        return Transcript.model_validate_json(self._transcripts.read(length))
