"""Coded interviews to a tagger, and taggers and runs to figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from jtbd_nlp.training.gold import Gold, read_gold, to_statements, to_transcript

if TYPE_CHECKING:
    from jtbd_nlp.tag import Tagger
    from jtbd_nlp.training.comparison import Coders, Comparison
    from jtbd_nlp.training.evaluation import Evaluation

__all__ = [
    "Gold",
    "compare",
    "compare_coders",
    "evaluate",
    "evaluate_tagger",
    "read_gold",
    "to_statements",
    "to_transcript",
    "train",
    "write_plain",
]


def train(
    recipe: str | Path,
    out: str | Path | None = None,
    *,
    encoder: str | Path | None = None,
    teacher: str | Path | None = None,
    hold_out: Sequence[str] = (),
    progress: Callable[[str, int, int], None] | None = None,
) -> Path:
    """Train a tagger after a recipe (TOML); returns its folder. See `jtbd_nlp.training.project.train`."""
    from jtbd_nlp.training.project import train as run

    return run(recipe, out, encoder=encoder, teacher=teacher, hold_out=hold_out, progress=progress)


def evaluate(run: str | Path, gold: Iterable[str | Path]) -> Evaluation:
    """Score a folder that `jtbd run` wrote. See `jtbd_nlp.training.evaluation.evaluate`."""
    from jtbd_nlp.training.evaluation import evaluate as score

    return score(run, gold)


def evaluate_tagger(tagger: Tagger, gold: Iterable[str | Path]) -> Evaluation:
    """Score a tagger alone on gold interviews. See `jtbd_nlp.training.evaluation.evaluate_tagger`."""
    from jtbd_nlp.training.evaluation import evaluate_tagger as score

    return score(tagger, gold)


def compare(
    what: Iterable[str | Path], gold: Iterable[str | Path], *, operating_point: Literal["balanced", "careful"] = "balanced"
) -> Comparison:
    """Score several taggers or runs on the same interviews. See `jtbd_nlp.training.comparison.compare`."""
    from jtbd_nlp.training.comparison import compare as run

    return run(what, gold, operating_point=operating_point)


def compare_coders(gold: Iterable[str | Path], other: Iterable[str | Path]) -> Coders:
    """How far two people who coded the same interviews agree. See `jtbd_nlp.training.comparison.compare_coders`."""
    from jtbd_nlp.training.comparison import compare_coders as run

    return run(gold, other)


def write_plain(gold: Iterable[str | Path], out: Path, *, rough: bool = False) -> int:
    """Write gold interviews as plain transcripts; returns how many. See `jtbd_nlp.training.plain.write_plain`."""
    from jtbd_nlp.training.plain import write_plain as write

    return write(gold, out, rough=rough)
