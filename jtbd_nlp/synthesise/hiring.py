"""What speaks for a thing having been hired, or fired, as numbers: `choosing.features` says what each name counts.

A logistic regression with a ridge towards signs and sizes set by hand, fitted on the coded stories of the training markets (`clinics` and `sleep` are none).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# fmt: off
WEIGHTS: Final[Mapping[str, Mapping[str, float]]] = {
    "hired": {
        "bias": -6.29, "name": 2.58, "goods": 1.85, "taken up": 1.56, "said hire": 1.51, "said fire": -1.47, "thing": 1.47,
        "human": -1.32, "it hire": 1.24, "first": -1.18, "last": 1.16, "habit early": 0.98, "early": -0.94, "asked hire": 0.92,
        "asked use": 0.88, "push early": -0.84, "asked fire": 0.82, "deciding": 0.73, "opening": 0.72, "fire": -0.69,
        "said fail": -0.65, "hire deciding": 0.62, "it fire": -0.61, "hire late": 0.57, "asked choice": 0.54, "late": -0.52,
        "new": 0.4, "asked before": -0.39, "use late": 0.37, "said look": -0.35, "articled": 0.31, "instead": -0.3,
        "step late": 0.29, "said arrive": -0.25, "old": -0.17, "it use": 0.15, "looking": 0.15, "heard": 0.14, "pull": -0.12,
        "means": 0.06, "hire": -0,
    },
    "fired": {
        "bias": -5.27, "goods": 1.76, "asked fire": 1.69, "first": -1.63, "said fire": 1.34, "asked before": 1.16, "old": 1.09,
        "means": 1, "taken up": 1, "name": 0.95, "fire": 0.93, "human": -0.9, "late": -0.74, "opening": 0.7, "looking": 0.66,
        "said fail": 0.63, "it fire": 0.62, "articled": 0.61, "it fail": 0.61, "instead": 0.6, "asked hire": -0.58,
        "said hire": -0.53, "thing": 0.52, "new": -0.5, "step early": 0.5, "pull": -0.46, "heard": 0.44, "habit early": 0.39,
        "last": -0.33, "asked choice": -0.28, "use early": 0.25, "deciding": 0.13, "hire": 0.13, "early": 0.09, "owned": -0.09,
        "push early": -0.07,
    },
}
# fmt: on
