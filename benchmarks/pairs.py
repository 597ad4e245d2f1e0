"""Fit the weights of jtbd_nlp/cluster/similarity.py: do two statements of one tag say the same thing?

usage: python -m benchmarks.pairs TRAINING_MARKET_FOLDER...

Logistic regression (Newton steps, ridge) over all pairs of coded statements with a planted theme, within a tag and a market. Prints the
area under the ROC curve of each market with weights fitted on the others, then the weights fitted on all.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.themes import Study as Market, read_study
from jtbd_nlp.cluster.similarity import PairWeights, pairs_of, story_scores
from jtbd_nlp.cluster.study import study_of
from jtbd_nlp.cluster.units import units_of
from jtbd_nlp.cluster.views import views_of
from jtbd_nlp.schema import DIMENSIONED

NAMES = ("cosine", "dimension", "stage", "story", "stories")
RIDGE = 10.0


@dataclass(frozen=True)
class Table:
    """Pairs of one market. Shape: features (n_pairs, 5); same (n_pairs,), bool; part (n_pairs,), index of the tag."""

    features: NDArray[np.float64]
    same: NDArray[np.bool_]
    part: NDArray[np.int64]


def table_of(market: Market) -> Table:
    """All pairs of themed statements of a market."""
    study = study_of(market.statements, market.embeddings)
    stories, planted = story_scores(views_of(study, "pathway").similarity()), market.planted
    features, same, part = [], [], []
    for number, tag in enumerate(DIMENSIONED):
        units = units_of(tag, study.statements, market.embeddings)
        themes = [next((planted[s.id] for s in copies if s.id in planted), None) for copies in units.members]
        kept = [i for i, theme in enumerate(themes) if theme]
        upper = np.triu_indices(len(kept), 1)
        pairs = pairs_of(units, study, stories)
        features.append(np.stack([getattr(pairs, name)[np.ix_(kept, kept)][upper] for name in NAMES], axis=1))
        names = np.array([themes[i] for i in kept])
        same.append((names[:, None] == names[None, :])[upper])
        part.append(np.full(len(upper[0]), number))
    return Table(np.concatenate(features), np.concatenate(same), np.concatenate(part))


def fit(tables: list[Table]) -> PairWeights:
    """Ridge logistic regression; every market weighs the same."""
    x = np.concatenate([t.features for t in tables])
    y = np.concatenate([t.same for t in tables]).astype(float)
    weight = np.concatenate([np.full(len(t.same), 4_000 / len(t.same)) for t in tables])
    mean, spread = x.mean(axis=0), x.std(axis=0)
    z = np.column_stack([(x - mean) / spread, np.ones(len(x))])
    penalty = np.diag([RIDGE] * len(NAMES) + [0.0])
    found = np.zeros(z.shape[1])
    for _ in range(12):
        chance = 1 / (1 + np.exp(-z @ found))
        hessian = z.T @ (z * (weight * chance * (1 - chance))[:, None]) + penalty
        found += np.linalg.solve(hessian, z.T @ (weight * (y - chance)) - penalty @ found)
    slopes = found[:-1] / spread
    return PairWeights(float(found[-1] - slopes @ mean), *map(float, slopes))


def auc(scores: NDArray[np.float64], same: NDArray[np.bool_]) -> float:
    """Area under the ROC curve."""
    ranks = np.empty(len(scores))
    ranks[np.argsort(scores, kind="stable")] = np.arange(1, len(scores) + 1)
    hits = int(same.sum())
    return float((ranks[same].sum() - hits * (hits + 1) / 2) / (hits * (len(same) - hits)))


def score(table: Table, weights: PairWeights) -> float:
    """Mean area over the tags."""
    values = table.features @ np.array([getattr(weights, name) for name in NAMES])
    return float(np.mean([auc(values[table.part == p], table.same[table.part == p]) for p in np.unique(table.part)]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("markets", nargs="+", type=Path)
    arguments = parser.parse_args()
    tables = {folder.name: table_of(read_study(folder)) for folder in arguments.markets}
    areas = []
    for name, table in tables.items():
        areas.append(score(table, fit([t for other, t in tables.items() if other != name])))
        print(f"{name:16}{areas[-1]:.3f}")
    print(f"{'mean':16}{np.mean(areas):.3f}")
    for name, value in asdict(fit(list(tables.values()))).items():
        print(f"{name:16}{value:+.3f}")


if __name__ == "__main__":
    main()
