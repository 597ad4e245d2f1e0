"""Weights of what speaks for a thing having been hired, or fired: logistic regressions with few features, and how they do on markets left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import TYPE_CHECKING

from benchmarks.products_gold import Told, is_key_right
from jtbd_nlp.synthesise.choosing import likelihood
from jtbd_nlp.synthesise.hiring import Role

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: features that are dropped at once, the weakest first; sizes of the models compared are its multiples
STEP = 4
#: features of the largest model: those of the largest weights of a model with all
_MOST = 6 * STEP
#: features that every model has, since they are what the words mean: a thing that is said to be bought, or thrown out
ALWAYS: Mapping[Role, tuple[str, ...]] = {
    "hired": ("said hire", "it hire", "said fire"),
    "fired": ("said fire", "it fire", "old", "said hire"),
}
#: inverse strength of the ridge, on features of unit variance
_C = 0.1
#: a feature that fewer things have is left out
_FEWEST = 200
#: bounds a probability in the logarithmic loss
_LEAST = 1e-4


@dataclass(frozen=True)
class Fitted:
    """Weights by feature (of the features as they are), one model for each size: `STEP` features, twice as many, and so on."""

    by_size: tuple[Mapping[str, float], ...]


@dataclass(frozen=True)
class Size:
    """How models of one size do on markets left out: mean loss a story, standard error of how much that is above the best size's, firsts that are right."""

    features: int
    loss: float
    above_best: float
    first_right: float


def fit(told: Sequence[Told], role: Role) -> Fitted:
    """Models of every size: features are dropped by the size of their weights, recursively."""
    import numpy as np
    from sklearn.feature_selection import RFE
    from sklearn.linear_model import LogisticRegression

    known = [k.features for t in told for k in t.known]
    right = np.array([is_key_right(k.thing.key, t.answers[role]) for t in told for k in t.known])
    counts: dict[str, int] = {}
    for features in known:
        for name, value in features.items():
            counts[name] = counts.get(name, 0) + (value != 0.0)
    names = sorted(name for name, n in counts.items() if n >= _FEWEST)
    table = np.array([[features.get(name, 0.0) for name in names] for features in known])
    scale = table.std(axis=0)
    model = LogisticRegression(C=_C, solver="newton-cholesky")
    size = np.abs(model.fit(table / scale, right).coef_[0])
    always = np.array([name in ALWAYS[role] for name in names])
    strongest = np.argsort(-np.where(always, 0.0, size), kind="stable")[:_MOST]
    chosen = [*strongest, *np.flatnonzero(always)]
    names, table, scale = [names[i] for i in chosen], table[:, chosen], scale[chosen]
    free = slice(0, len(strongest))
    ranked = RFE(model, n_features_to_select=STEP, step=STEP).fit(table[:, free] / scale[free], right).ranking_
    kept = np.concatenate([ranked, np.ones(len(chosen) - len(strongest), dtype=ranked.dtype)])
    made = []
    for rank in range(1, int(kept.max()) + 1):
        of = np.flatnonzero(kept <= rank)
        fitted = model.fit(table[:, of] / scale[of], right)
        weights = {names[i]: float(w) for i, w in zip(of, fitted.coef_[0] / scale[of], strict=True)}
        made.append({"bias": float(fitted.intercept_[0]), **weights})
    return Fitted(tuple(made))


def leave_one_out(told: Sequence[Told], role: Role) -> Mapping[str, Fitted]:
    """For each market the models that are fitted on all others."""
    return {m: fit([t for t in told if t.gold.source != m], role) for m in sorted({t.gold.source for t in told})}


def compare(told: Sequence[Told], role: Role, without: Mapping[str, Fitted]) -> list[Size]:
    """Each size on the markets that its models were not fitted on."""
    import numpy as np

    sizes = range(min(len(f.by_size) for f in without.values()))
    answered = [t for t in told if t.answers[role] and t.known]
    losses = np.array([[_loss(t, role, without[t.gold.source].by_size[size]) for t in told if t.known] for size in sizes])
    best = int(losses.mean(axis=1).argmin())
    return [
        Size(
            features=len(next(iter(without.values())).by_size[size]) - 1,
            loss=round(float(losses[size].mean()), 4),
            above_best=round(_standard_error(losses[size] - losses[best]), 4),
            first_right=round(sum(_is_first_right(t, role, without[t.gold.source].by_size[size]) for t in answered) / len(answered), 3),
        )
        for size in sizes
    ]


def smallest(sizes: Sequence[Size]) -> int:
    """Index of the smallest size whose loss is within one standard error of the best (Breiman, Friedman, Olshen and Stone 1984)."""
    best = min(size.loss for size in sizes)
    return next(i for i, size in enumerate(sizes) if size.loss - best <= size.above_best)


@dataclass(frozen=True)
class Said:
    """What a model would name for a role of a story, best first: how likely, and whether it is right."""

    scores: tuple[float, ...]
    right: tuple[bool, ...]


def said(told: Told, role: Role, weights: Mapping[str, float]) -> Said:
    """The things of a story, likeliest first."""
    scored = [(likelihood(weights, k.features), is_key_right(k.thing.key, told.answers[role]), k.thing.key) for k in told.known]
    scored.sort(key=lambda s: (-s[0], s[2]))
    return Said(tuple(s[0] for s in scored), tuple(s[1] for s in scored))


def threshold(found: Sequence[Said], precision: float, further: bool) -> float:
    """The lowest likelihood, of .20 to .90, from which on at least `precision` of the firsts (or of all further things) are right."""
    pairs = [pair for one in found for pair in list(zip(one.scores, one.right, strict=True))[1 if further else 0 : None if further else 1]]
    for percent in range(20, 90):
        named = [right for score, right in pairs if score >= percent / 100]
        if not named or sum(named) / len(named) >= precision:
            return percent / 100
    return 0.9


def _loss(told: Told, role: Role, weights: Mapping[str, float]) -> float:
    one = said(told, role, weights)
    return -sum(log(max(_LEAST, p if right else 1.0 - p)) for p, right in zip(one.scores, one.right, strict=True))


def _is_first_right(told: Told, role: Role, weights: Mapping[str, float]) -> bool:
    return said(told, role, weights).right[0]


def _standard_error(differences: NDArray[np.float64]) -> float:
    return float(differences.std(ddof=1)) / sqrt(len(differences))
