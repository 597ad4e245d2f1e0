"""What speaks for a thing having been hired, or fired, as numbers: `choosing.features` says what each name counts.

Written by `python -m benchmarks.products_fit --write`: logistic regressions with a ridge, fitted on the coded stories of 23 sets (432 stories).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

Role = Literal["hired", "fired"]
ROLES: Final[tuple[Role, Role]] = ("hired", "fired")
# fmt: off
#: how likely the first, and every further, thing of a role has to be
ENOUGH: Final[Mapping[Role, float]] = {"hired": 0.3, "fired": 0.48}
ENOUGH_MORE: Final[Mapping[Role, float]] = {"hired": 0.64, "fired": 0.59}
WEIGHTS: Final[Mapping[Role, Mapping[str, float]]] = {
    "hired": {
        "bias": -5.79, "said fire": -3.35, "name": 3.17, "asked mention": 2.43, "goods": 2.13, "behind": -1.7, "said hire": 0.62,
    },
    "fired": {
        "bias": -5.02, "context early": 3.52, "solution": -2.62, "solution late": 2.48, "first": -1.98, "outcome": -1.83,
        "name": 1.79, "context": -1.66, "goods": 1.65, "step early": 1.52, "pull late": -1.38, "means": 1.37, "push late": -1.34,
        "general": 1.06, "behind": -0.88, "step late": -0.75, "heard": 0.66, "asked mention": 0.64, "old": 0.56, "articled": 0.53,
        "said fire": 0.46, "taken up": 0.41, "early": -0.34, "said hire": -0.22,
    },
}
# fmt: on
