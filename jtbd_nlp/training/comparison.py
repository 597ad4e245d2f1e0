"""Taggers, runs and coders beside each other, on the same interviews."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from jtbd_nlp.config import TagConfig
from jtbd_nlp.errors import ConfigError, MissingExtraError
from jtbd_nlp.schema import Statement, statement_id
from jtbd_nlp.tag import load_tagger, tagger_folder
from jtbd_nlp.training.agreement import Agreement, Interval, agreement, forces_f1, interval, paired
from jtbd_nlp.training.evaluation import placed_by, read_run, segmented
from jtbd_nlp.training.gold import Gold, read_gold, to_statements, to_transcript
from jtbd_nlp.training.scoring import OwnScores, Placed, Scored, TagScores, own_scores, place, tag_scores

#: the bundled taggers, best first
TIERS: Final = ("default", "fast", "lexicon")
#: what a tagger reads; checkpoints of its training lie beside it
_WEIGHTS: Final = ("model.onnx", "matrices.npz", "weights.npz", "tokenizer.json", "meta.json")


class Row(BaseModel):
    """One tagger or run.

    Attributes:
        gain, gain_forces: of the first over this one, in micro F1 and in macro F1 of forces and outcomes, with 95 % intervals of a
            paired bootstrap by interview; None for the first itself. A difference counts where the interval excludes zero.
        size_mb: of the tagger's files, in megabytes; None for a run, or where there are none.
        speed: how many times as fast as the first tagger in this very comparison; None for a run.
    """

    model_config = ConfigDict(frozen=True)
    name: str
    scores: TagScores
    own: OwnScores | None = None
    gain: Interval | None = None
    gain_forces: Interval | None = None
    size_mb: float | None = None
    speed: float | None = None


class Comparison(BaseModel):
    """Rows in the order given; all are held against the first."""

    model_config = ConfigDict(frozen=True)
    rows: tuple[Row, ...]
    interviews: int


class Coders(BaseModel):
    """Two coders of the same interviews, the second scored against the first.

    Attributes:
        scores, own: as a tagger would be scored; F1 hardly depends on who is first.
        agreement: kappa and alpha per tag and own label; empty where the package for alpha is not installed.
        alone: interviews that one of them alone has coded.
    """

    model_config = ConfigDict(frozen=True)
    scores: TagScores
    own: OwnScores | None
    agreement: dict[str, Agreement]
    micro_f1: Interval
    interviews: int
    alone: tuple[str, ...]


def compare(
    what: Iterable[str | Path], gold: Iterable[str | Path], *, operating_point: Literal["balanced", "careful"] = "balanced"
) -> Comparison:
    """Score several taggers or runs on the same interviews, and hold each against the first.

    Args:
        what: Each a bundled tagger (`default`, `fast`, `lexicon`), the folder of a tagger, or a folder that `jtbd run` wrote.
        gold: Coded interviews, as for `evaluate`.
        operating_point: Of the taggers; a run has its own.

    Raises:
        ConfigError: one of them is none of these, or the gold cannot be read.
        OutputError, ModelError: a folder is damaged.
    """
    interviews = segmented(read_gold(gold, labels=None))
    rows: list[Row] = []
    first: list[Scored] = []
    seconds = 0.0
    for one in what:
        spent = 0.0
        if _is_run(one):
            items = read_run(one).placed([i.gold for i in interviews])
        else:
            tagger, start = load_tagger(_tagger(one, operating_point)), time.perf_counter()
            items = placed_by(tagger, interviews)
            spent = time.perf_counter() - start
            seconds = seconds or spent
        rows.append(
            Row(
                name=Path(one).name,
                scores=tag_scores(items),
                own=own_scores(items),
                gain=paired(items, first) if first else None,
                gain_forces=paired(items, first, figure=forces_f1) if first else None,
                size_mb=_size(one),
                speed=round(seconds / spent, 1) if spent else None,
            )
        )
        first = first or items
    return Comparison(rows=tuple(rows), interviews=len(interviews))


def _is_run(what: str | Path) -> bool:
    return (Path(what) / "statements.jsonl").is_file()


def _tagger(what: str | Path, point: Literal["balanced", "careful"] = "balanced") -> TagConfig:
    if str(what) not in TIERS and not (Path(what) / "meta.json").is_file():
        raise ConfigError(
            f"Got {str(what)!r} to compare; expected one of {', '.join(TIERS)}, a tagger's folder (with meta.json), or an output of `jtbd run`."
        )
    return TagConfig(model=Path(what), operating_point=point)


def _size(what: str | Path) -> float | None:
    if str(what) == "lexicon" or _is_run(what):
        return None
    folder = tagger_folder(_tagger(what))
    return round(sum((folder / name).stat().st_size for name in _WEIGHTS if (folder / name).is_file()) / 1e6, 1)


def compare_coders(gold: Iterable[str | Path], other: Iterable[str | Path]) -> Coders:
    """How far two people who coded the same interviews agree.

    Args:
        gold: The first coder's interviews, as for `evaluate`.
        other: The second's. Interviews belong together by name, stories of two folders of a market by their story's id.

    Raises:
        ConfigError: they have no interview in common, or a specification cannot be read.
    """
    first, second = {g.name: g for g in read_gold(gold, labels=None)}, {g.name: g for g in read_gold(other, labels=None)}
    if not first.keys() & second.keys():
        first, second = ({name.rpartition("__")[2]: g for name, g in side.items()} for side in (first, second))
    both = sorted(first.keys() & second.keys())
    if not both:
        raise ConfigError(
            f"Got {len(first)} interviews of one coder and {len(second)} of another, none in both. Expected the same names, such as {min(first)!r}."
        )
    pairs = [(_knowing(first[name], second[name]), second[name]) for name in both]
    items = [_beside(a, b) for a, b in pairs]
    heard = [to_transcript(replace(a, spans=(*a.spans, *b.spans)) if a.text == b.text else a) for a, b in pairs]
    try:
        agreed = agreement(items, heard)
    except MissingExtraError:
        agreed = {}
    return Coders(
        scores=tag_scores(items),
        own=own_scores(items),
        agreement=agreed,
        micro_f1=interval(items),
        interviews=len(items),
        alone=tuple(sorted(first.keys() ^ second.keys())),
    )


def _knowing(a: Gold, b: Gold) -> Gold:
    """The first coder's codes, counted for every label that either has used."""
    return replace(a, tagged=a.tagged or b.tagged, labels=a.labels | b.labels)


def _beside(a: Gold, b: Gold) -> Scored:
    """The second coder's spans in the place of predictions."""
    if a.text != b.text:
        return place(a, to_statements(b), same_text=False)
    return Scored(a, tuple(Placed(s.first, s.last, _statement(b, i)) for i, s in enumerate(b.spans)))


def _statement(gold: Gold, i: int) -> Statement:
    span = gold.spans[i]
    return Statement(
        id=statement_id(gold.name, span.start, span.end),
        transcript=gold.name,
        turn=0,
        speaker="",
        start=span.start,
        end=span.end,
        text=gold.text[span.start : span.end],
        tags=dict.fromkeys(sorted(span.tags), 1.0),
        labels=dict.fromkeys(sorted(span.labels), 1.0),
        dimension=span.dimension,
        stage=span.stage,
        phase=span.phase,
    )
