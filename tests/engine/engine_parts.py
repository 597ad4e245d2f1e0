"""Rooms without models, for tests of what runs them. Found by worker processes under the name of this module."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from jtbd_nlp.config import Config
from jtbd_nlp.engine import Rooms
from jtbd_nlp.errors import InputError, ModelError
from jtbd_nlp.schema import Segment, Statement, Transcript, Turn, statement_id, text_sha256
from jtbd_nlp.schema.arrays import Embeddings


@dataclass(frozen=True)
class File:
    """Stands for a source: a path, a name, an id."""

    path: str
    name: str
    id: str


def transcript(name: str, text: str, source_sha256: str = "") -> Transcript:
    turns = (Turn(index=0, speaker="P", role="participant", start=0, end=len(text)),)
    return Transcript(id=name, text=text, turns=turns, source=f"{name}.txt", source_sha256=source_sha256)


def read(source: File) -> tuple[Transcript, ...]:
    """A transcript from a file; words in it make trouble."""
    text = Path(source.path).read_text(encoding="utf-8")
    if "unreadable" in text:
        raise InputError(source.name, "not a transcript")
    if "kill always" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "kill once" in text and not Path(source.path + ".died").exists():
        Path(source.path + ".died").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if "slow" in text:
        time.sleep(0.2)
    if "endless" in text:
        time.sleep(600)
    digest = text_sha256(text)
    parts = text.split("||")
    return tuple(transcript(f"{source.id}__{i}" if len(parts) > 1 else source.id, part, digest) for i, part in enumerate(parts))


class Words:
    """Every word is a segment."""

    def segment(self, transcript: Transcript) -> tuple[Segment, ...]:
        found, at = [], 0
        for word in transcript.text.split():
            at = transcript.text.index(word, at)
            found.append(Segment(transcript=transcript.id, turn=0, start=at, end=at + len(word), text=word))
            at += len(word)
        return tuple(found)


class PushForAll:
    """Every segment is a push; a secret makes it fail with the secret in the message."""

    def tag(self, transcript: Transcript, segments: tuple[Segment, ...]) -> tuple[Statement, ...]:
        if "secret" in transcript.text:
            raise ValueError(f"cannot tag {transcript.text}")
        if "fatal" in transcript.text:  # kills the process that tags it; "fatal once" the first alone
            died = Path(transcript.text.split()[-1])
            if "once" not in transcript.text or not died.exists():
                died.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        if "unhurried" in transcript.text:
            time.sleep(0.1)
        if "no model" in transcript.text:
            raise ModelError("Got no weights.")
        return tuple(
            Statement(
                id=statement_id(s.transcript, s.start, s.end), transcript=s.transcript, turn=0, speaker="P", start=s.start, end=s.end,
                text=s.text, tags={"push": 0.9}, stage="none",
            )
            for s in segments
        )  # fmt: skip


class Lengths:
    """The vector of a statement is its length."""

    def embed(self, transcript: Transcript, statements: tuple[Statement, ...]) -> Embeddings:
        vectors = np.array([[len(s.text), 1 / 3] for s in statements], dtype=np.float32).reshape(len(statements), 2)
        return Embeddings(ids=tuple(s.id for s in statements), vectors=vectors)


def load(config: Config) -> Rooms:
    return Rooms(read, Words(), PushForAll(), Lengths())


def process_number(config: Config) -> str:
    """Differs from process to process."""
    return str(os.getpid())


def load_nothing(config: Config) -> Rooms:
    raise ModelError("Got no weights at all.")


def die_loading(config: Config) -> Rooms:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def sources(folder: Path, texts: dict[str, str]) -> list[File]:
    """Files with these texts."""
    found = []
    for name, text in texts.items():
        path = folder / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        found.append(File(path=str(path), name=path.name, id=name))
    return found
