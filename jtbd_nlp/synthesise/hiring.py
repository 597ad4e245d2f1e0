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
ENOUGH: Final[Mapping[Role, float]] = {"hired": 0.31, "fired": 0.48}
ENOUGH_MORE: Final[Mapping[Role, float]] = {"hired": 0.64, "fired": 0.57}
WEIGHTS: Final[Mapping[Role, Mapping[str, float]]] = {
    "hired": {
        "bias": -5.84, "said fire": -3.32, "name": 3.26, "asked mention": 2.46, "goods": 2.14, "behind": -1.86, "said hire": 0.64,
    },
    "fired": {
        "bias": -5.31, "context early": 3.09, "solution": -2.76, "solution late": 2.49, "first": -2.02, "outcome": -1.85,
        "name": 1.83, "context": -1.65, "goods": 1.64, "means": 1.43, "push late": -1.41, "pull late": -1.39, "general": 1.08,
        "heard": 0.95, "taken up": 0.91, "both": -0.84, "behind": -0.82, "asked mention": 0.71, "step late": -0.71, "old": 0.51,
        "articled": 0.49, "said fire": 0.38, "said hire": -0.2, "early": 0.08,
    },
}
# fmt: on
