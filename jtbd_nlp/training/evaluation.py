"""Score a run, or a tagger alone, against coded interviews."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from jtbd_nlp.errors import MissingExtraError, OutputError
from jtbd_nlp.schema import Pathway, Segment, Statement, Transcript
from jtbd_nlp.segment import load_segmenter
from jtbd_nlp.tag import Tagger
from jtbd_nlp.training.agreement import Agreement, Interval, agreement, interval
from jtbd_nlp.training.gold import Gold, read_gold, to_transcript
from jtbd_nlp.training.scoring import MarketScores, OwnScores, Scored, TagScores, market_scores, own_scores, place, tag_scores


class Evaluation(BaseModel):
    """Figures over a set of gold interviews.

    Attributes:
        scores: of tags and attributes, over all interviews.
        sources: the same for each source (a market, or the part of an interview's name before `__`).
        markets: themes and pathways of each market; empty for a tagger alone.
        agreement: kappa and alpha per tag and own label; empty where the package for alpha is not installed.
        own: of labels of one's own; None where the gold has none.
        micro_f1: with its 95 % interval over resampled interviews.
    """

    model_config = ConfigDict(frozen=True)
    scores: TagScores
    sources: dict[str, TagScores]
    markets: dict[str, MarketScores]
    agreement: dict[str, Agreement]
    micro_f1: Interval
    interviews: int
    own: OwnScores | None = None

    def to_json(self) -> str:
        """Figures of all interviews on top, as the markets' beside them, then sources, agreement and the interval."""
        data: dict[str, Any] = {
            **self.scores.model_dump(),
            **{name: m.model_dump() for name, m in self.markets.items()},
            "sources": {name: s.model_dump(exclude={"tags"}) for name, s in self.sources.items()},
            "agreement": {tag: a.model_dump() for tag, a in self.agreement.items()},
            "micro_f1_interval": self.micro_f1.model_dump(),
            "interviews": self.interviews,
            **({"own_labels": self.own.model_dump()} if self.own is not None else {}),
        }
        return json.dumps(data, indent=1)


def evaluate(run: str | Path, gold: Iterable[str | Path]) -> Evaluation:
    """Score a folder that `jtbd run` wrote.

    Args:
        run: The folder.
        gold: A market's folder, or `DOCS:ANNOTATIONS`, each.

    Raises:
        ConfigError: a gold specification cannot be read.
        OutputError: the folder is not the output of a run.
    """
    read = read_run(run)
    return summarise(read.placed(read_gold(gold, labels=None)), read.pathways)


@dataclass(frozen=True)
class Run:
    """What is scored of a folder that `jtbd run` wrote."""

    folder: Path
    statements: dict[str, list[Statement]]
    pathways: list[Pathway]

    def placed(self, gold: Sequence[Gold]) -> list[Scored]:
        """Its statements beside the codes of each gold interview."""
        out = []
        for one in gold:
            path = self.folder / "transcripts" / f"{one.name}.txt"
            same = path.exists() and path.read_text(encoding="utf-8") == one.text
            out.append(place(one, self.statements.get(one.name, []), same_text=same))
        return out


def read_run(run: str | Path) -> Run:
    """Read a folder that `jtbd run` wrote.

    Raises:
        OutputError: the folder is not the output of a run.
    """
    folder = Path(run)
    by_transcript: dict[str, list[Statement]] = {}
    try:
        for line in (folder / "statements.jsonl").read_text(encoding="utf-8").split("\n"):
            if line.strip():
                statement = Statement.model_validate_json(line)
                by_transcript.setdefault(statement.transcript, []).append(statement)
        pathways = [Pathway.model_validate(p) for p in json.loads((folder / "analysis.json").read_text(encoding="utf-8"))["pathways"]]
    except (OSError, ValidationError, json.JSONDecodeError, KeyError) as error:
        raise OutputError(
            f"Got {folder}, which is not the output of a run ({type(error).__name__}). Expected a folder that `jtbd run` wrote."
        ) from error
    return Run(folder, by_transcript, pathways)


def evaluate_tagger(tagger: Tagger, gold: Iterable[str | Path | Gold]) -> Evaluation:
    """Score a tagger on gold interviews whose speakers' roles are given: segmented as the pipeline does, nothing clustered.

    Raises:
        ConfigError: a gold specification cannot be read.
    """
    given = list(gold)
    interviews = [g for g in given if isinstance(g, Gold)] + read_gold([g for g in given if not isinstance(g, Gold)], labels=None)
    return summarise(placed_by(tagger, segmented(interviews)))


@dataclass(frozen=True)
class Segmented:
    """A gold interview as the pipeline would segment it."""

    gold: Gold
    transcript: Transcript
    segments: tuple[Segment, ...]


def segmented(gold: Iterable[Gold]) -> list[Segmented]:
    """Gold interviews with their segments."""
    segmenter = load_segmenter()
    return [Segmented(one, transcript, segmenter.segment(transcript)) for one in gold for transcript in (to_transcript(one),)]


def placed_by(tagger: Tagger, interviews: Iterable[Segmented]) -> list[Scored]:
    """What a tagger says of each interview, beside its codes."""
    return [place(one.gold, tagger.tag(one.transcript, one.segments)) for one in interviews]


def summarise(items: Sequence[Scored], pathways: Sequence[Pathway] | None = None) -> Evaluation:
    """Figures of placed statements; themes and pathways where pathways are given."""
    sources = sorted({i.gold.source for i in items})
    markets = {}
    for name in sorted({i.gold.source for i in items if i.gold.story.get("pathway")}) if pathways is not None else ():
        mine = [i for i in items if i.gold.source == name and i.gold.story.get("pathway")]
        names = {i.gold.name for i in mine}
        markets[name] = market_scores(mine, [p for p in pathways or () if names & set(p.stories)])
    try:
        agreed = agreement(items)
    except MissingExtraError:
        agreed = {}
    return Evaluation(
        scores=tag_scores(items),
        sources={s: tag_scores([i for i in items if i.gold.source == s]) for s in sources},
        markets=markets,
        agreement=agreed,
        micro_f1=interval(items),
        interviews=len(items),
        own=own_scores(items),
    )
