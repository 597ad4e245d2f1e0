"""Studies of any size with planted themes, made of real vectors: what the clustering of very many statements is measured on.

The vectors are those of the statements that people coded in the corpora. Of each tag some are drawn as themes; every statement of the made
study is a noisy copy of one of them (sizes of themes fall off as in Zipf's law), or, a share of `background`, a still noisier copy of any
other statement. Noise points along the difference of two real statements of the tag, so that it is spread as real statements are.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.recombined import markets
from jtbd_nlp.schema import TAGS, Statement, Tag, statement_id
from jtbd_nlp.schema.arrays import Embeddings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: length of the noise beside a vector of norm 1: cosines of copies of one statement are about 1 / (1 + NOISE^2) = 0.6
NOISE = 0.8
BACKGROUND = 0.2
THEMES_A_TAG = 60
STATEMENTS_A_STORY = 50


@dataclass(frozen=True)
class Base:
    """Coded statements and their vectors. Shape: (n_statements, width), float32."""

    statements: tuple[Statement, ...]
    vectors: NDArray[np.float32]

    @classmethod
    def embed(cls, markets: Sequence[Path]) -> Base:
        """Read markets and embed what was coded in them, without its context."""
        import numpy as np

        from jtbd_nlp.config import Config
        from jtbd_nlp.embed import load_embedder
        from jtbd_nlp.training.gold import read_market, to_statements, to_transcript

        embedder = load_embedder(Config().embed)
        found: list[Statement] = []
        vectors = []
        for market in markets:
            for gold in read_market(market):
                coded = to_statements(gold)
                found += coded
                vectors.append(embedder.embed(to_transcript(gold), coded).vectors)
        return cls(tuple(found), np.concatenate(vectors))

    def save(self, folder: Path) -> None:
        """Write as JSON lines and an array."""
        import numpy as np

        np.save(folder / "base.npy", self.vectors, allow_pickle=False)
        (folder / "base.jsonl").write_text("\n".join(s.model_dump_json() for s in self.statements), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Base:
        """Read what `save` wrote."""
        import numpy as np

        lines = (folder / "base.jsonl").read_text(encoding="utf-8").split("\n")
        return cls(tuple(Statement.model_validate(json.loads(line)) for line in lines), np.load(folder / "base.npy", allow_pickle=False))


@contextmanager
def kept_base(folder: Path | None) -> Iterator[Path]:
    """A folder that holds the embedded statements of twelve corpora: `folder`, filled where it is empty, or one that is deleted afterwards."""
    with tempfile.TemporaryDirectory() as scratch:
        place = folder or Path(scratch)
        place.mkdir(parents=True, exist_ok=True)
        if not (place / "base.npy").exists():
            Base.embed(markets()[:12]).save(place)
        yield place


@dataclass(frozen=True)
class Planted:
    """A made study; `theme` of a statement's id is its planted theme, absent for background."""

    statements: tuple[Statement, ...]
    embeddings: Embeddings
    theme: Mapping[str, int]


def plant(base: Base, n: int, seed: int = 0) -> Planted:
    """A study of n statements in n / 50 stories; of the tags as often as people code them."""
    import numpy as np

    rng = np.random.default_rng(seed)
    first = np.array([next(i for i, tag in enumerate(TAGS) if tag in s.tags) for s in base.statements])
    source = np.empty(n, dtype=np.int64)
    noise = np.empty(n)
    planted = np.zeros(n, dtype=bool)
    other = np.empty((n, 2), dtype=np.int64)
    tags = rng.choice(first, n)
    for tag in np.unique(tags):
        rows, pool = np.flatnonzero(tags == tag), rng.permutation(np.flatnonzero(first == tag))
        themes, rest = np.split(pool, [min(THEMES_A_TAG, len(pool) // 2)])
        weights = 1.0 / np.arange(3, len(themes) + 3)
        inside = rng.random(len(rows)) >= BACKGROUND
        source[rows] = np.where(inside, rng.choice(themes, len(rows), p=weights / weights.sum()), rng.choice(rest, len(rows)))
        noise[rows] = NOISE * rng.uniform(0.5, 1.5, len(rows)) * np.where(inside, 1.0, 2.0)
        planted[rows], other[rows] = inside, rng.choice(pool, (len(rows), 2))
    vectors = np.empty((n, base.vectors.shape[1]), dtype=np.float32)
    for at in range(0, n, 10_000):
        part = slice(at, at + 10_000)
        away = base.vectors[other[part, 0]] - base.vectors[other[part, 1]]
        away /= np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1e-9)
        made = base.vectors[source[part]] + noise[part, None].astype(np.float32) * away
        vectors[part] = made / np.linalg.norm(made, axis=1, keepdims=True)
    story = rng.permutation(np.arange(n) // STATEMENTS_A_STORY)
    statements = tuple(_copy(base.statements[source[i]], f"i{story[i]:06d}", i) for i in range(n))
    theme = {statements[i].id: int(source[i]) for i in np.flatnonzero(planted)}
    return Planted(statements, Embeddings(tuple(s.id for s in statements), vectors), theme)


def _copy(of: Statement, transcript: str, number: int) -> Statement:
    """A statement of another story in words that no other has."""
    text, start = f"{of.text} ({number})", number * 1_000
    changed: dict[str, Any] = {"id": statement_id(transcript, start, start + len(text)), "transcript": transcript, "turn": 0}
    tag: Tag = next(tag for tag in TAGS if tag in of.tags)
    return of.model_copy(update={**changed, "start": start, "end": start + len(text), "text": text, "tags": {tag: 0.9}})
