"""Small planted studies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jtbd_nlp.schema import Statement, Tag, statement_id
from jtbd_nlp.schema.arrays import Embeddings


@dataclass(frozen=True)
class Planted:
    """Statements, their vectors, and the planted theme of each and group of each story."""

    statements: tuple[Statement, ...]
    embeddings: Embeddings
    theme: dict[str, str]
    group: dict[str, int]


def said(transcript: str, place: int, text: str, *tags: Tag) -> Statement:
    start = place * 100
    return Statement(
        id=statement_id(transcript, start, start + len(text)),
        transcript=transcript,
        turn=place,
        speaker="Ann",
        start=start,
        end=start + len(text),
        text=text,
        tags=dict.fromkeys(tags, 1.0),
    )


def plant(n_stories: int = 12, n_groups: int = 3, spread: float = 0.3, seed: int = 0, structured: bool = True) -> Planted:
    """Every group has its own themes of four tags; vectors are theme centres with noise; `spread` is the norm of the noise over the centre's."""
    rng = np.random.default_rng(seed)
    tags: tuple[Tag, ...] = ("push", "pull", "anxiety", "outcome")
    centres = {(t, g): rng.normal(size=48) for t in tags for g in range(n_groups)}
    statements, vectors, theme, group = [], [], {}, {}
    for s in range(n_stories):
        name, own = f"s{s:03}", s % n_groups
        group[name] = own
        place = 0
        for tag in tags:
            for copy in range(2):
                g = own if structured else int(rng.integers(n_groups))
                statement = said(name, place, f"{tag} of {name}, number {copy}", tag)
                place += 1
                vector = centres[tag, g] + spread * rng.normal(size=48)
                statements.append(statement)
                vectors.append(vector / np.linalg.norm(vector))
                theme[statement.id] = f"{tag}{g}"
    return Planted(
        tuple(statements), Embeddings(tuple(s.id for s in statements), np.array(vectors, dtype=np.float32).reshape(-1, 48)), theme, group
    )
