"""What a simulated study is drawn from, estimated from coded markets.

usage: python -m benchmarks.simulator.parameters TRAINING_MARKET_FOLDER... > benchmarks/simulator/parameters.json
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from benchmarks.themes import Study as Market, read_study
from jtbd_nlp.cluster.study import study_of
from jtbd_nlp.schema import DIMENSIONED, STAGES, TAGS

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Parameters:
    """All of it as means over markets.

    Attributes:
        statements: a story has, mean and standard deviation; tags, stages: shares; themes: of a tag; own_themes: of those a pathway has,
            per tag; own: share of themed statements whose theme is one of their pathway's; rank_shares: of the themes of a tag, commonest first.
        theme, story, pathway, place: parts of the variance of a statement's vector (of norm 1) that belong to its theme, story, pathway and
            place in the talk; directions: effective number of directions (participation ratio).
        recall, precision: of the tagger whose errors are put on top.
    """

    statements_mean: float
    statements_sd: float
    tags: tuple[float, ...]
    stages: tuple[float, ...]
    themes: float
    own_themes: float
    own: float
    rank_shares: tuple[float, ...]
    theme: float
    story: float
    pathway: float
    place: float
    directions: float
    recall: float
    precision: float


def load() -> Parameters:
    """The committed parameters."""
    raw = json.loads((HERE / "parameters.json").read_text(encoding="utf-8"))
    return Parameters(**{k: tuple(v) if isinstance(v, list) else v for k, v in raw.items()})


def estimate(market: Market, folder: Path, recall: float, precision: float) -> Parameters:
    """Parameters of one market."""
    meta = json.loads((folder / "market.json").read_text(encoding="utf-8"))
    study, planted = study_of(market.statements, market.embeddings), market.planted
    own_of = {name: set(p["themes"]) for name, p in meta["pathways"].items()}
    tag_of = {name: t["tag"] for name, t in meta["themes"].items()}
    per_story = np.bincount(study.story)
    themed = [(market.pathways[s.transcript], planted[s.id]) for s in study.statements if s.id in planted]
    ranks = [
        sorted(Counter(planted[s.id] for s in study.statements if s.id in planted and t in s.tags).values(), reverse=True)
        for t in DIMENSIONED
    ]
    shares = np.array([np.pad(np.array(r) / sum(r), (0, 10))[:8] for r in ranks if r]).mean(axis=0)
    per_tag = Counter(tag_of.values())
    vectors = study.vectors
    values = np.linalg.eigvalsh(vectors.T @ vectors)
    theme, story, pathway, place = _parts(study.story, study.tag, study.statements, vectors, market)
    return Parameters(
        statements_mean=float(per_story.mean()),
        statements_sd=float(per_story.std()),
        tags=tuple(np.bincount(study.tag, minlength=len(TAGS)) / len(study.tag)),
        stages=tuple(np.bincount(study.stage, minlength=len(STAGES)) / len(study.stage)),
        themes=float(np.mean([per_tag[t] for t in DIMENSIONED])),
        own_themes=float(np.mean([sum(tag_of.get(x) == t for x in own) for own in own_of.values() for t in DIMENSIONED])),
        own=float(np.mean([theme in own_of[p] for p, theme in themed])),
        rank_shares=tuple(shares),
        theme=theme,
        story=story,
        pathway=pathway,
        place=place,
        directions=float(values.sum() ** 2 / (values**2).sum()),
        recall=recall,
        precision=precision,
    )


def _parts(story: np.ndarray, tag: np.ndarray, statements: tuple, vectors: np.ndarray, market: Market) -> tuple[float, ...]:  # type: ignore[type-arg]
    """Parts of the variance from mean inner products of pairs that share one thing more than others do."""
    upper = np.triu_indices(len(story), 1)
    products = (vectors @ vectors.T)[upper]
    equal = lambda values: (values[:, None] == values[None, :])[upper]  # noqa: E731
    turn = np.array([s.turn for s in statements])
    near = (np.abs(turn[:, None] - turn[None, :]) <= 1)[upper]
    path = np.array([market.pathways[s.transcript] for s in statements])
    theme = np.array([market.planted.get(s.id, f"none {i}") for i, s in enumerate(statements)])
    same_story, same_tag, same_path, same_theme = equal(story), equal(tag), equal(path), equal(theme)
    elsewhere = ~same_story
    mean = lambda where: float(products[where].mean())  # noqa: E731
    pathway = mean(elsewhere & same_path & ~same_tag) - mean(elsewhere & ~same_path & ~same_tag)
    own = mean(same_story & ~near & ~same_tag) - mean(elsewhere & same_path & ~same_tag)
    said = mean(elsewhere & same_theme) - mean(elsewhere & same_tag & ~same_theme & same_path)
    place = mean(same_story & near) - mean(same_story & ~near)
    return said, own, pathway, place


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("markets", nargs="+", type=Path)
    parser.add_argument("--recall", type=float, default=0.55, help="of the tagger, from its cross-validation")
    parser.add_argument("--precision", type=float, default=0.55)
    arguments = parser.parse_args()
    found = [asdict(estimate(read_study(m), m, arguments.recall, arguments.precision)) for m in arguments.markets]
    mean = {k: np.round(np.mean([f[k] for f in found], axis=0), 4).tolist() for k in found[0]}
    print(json.dumps(mean, indent=1))


if __name__ == "__main__":
    main()
