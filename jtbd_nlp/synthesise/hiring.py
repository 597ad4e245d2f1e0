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
ENOUGH: Final[Mapping[Role, float]] = {"hired": 0.32, "fired": 0.37}
ENOUGH_MORE: Final[Mapping[Role, float]] = {"hired": 0.65, "fired": 0.57}
WEIGHTS: Final[Mapping[Role, Mapping[str, float]]] = {
    "hired": {
        "bias": -5.8, "name": 3.28, "asked mention": 2.45, "goods": 2.15, "behind": -1.7,
    },
    "fired": {
        "bias": -4.91, "context early": 3.18, "solution": -2.65, "solution late": 2.45, "first": -2.15, "name": 1.81,
        "outcome": -1.71, "context": -1.68, "goods": 1.64, "means": 1.42, "push late": -1.34, "pull late": -1.28, "general": 1.07,
        "asked mention": 1.01, "behind": -0.9, "heard": 0.61, "articled": 0.5,
    },
}
# fmt: on
