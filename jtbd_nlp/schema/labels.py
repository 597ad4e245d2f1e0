"""The closed sets of labels. What each one means is in the codebook (docs/codebook.md)."""

from __future__ import annotations

import re
from typing import Final, Literal, get_args

Tag = Literal["push", "pull", "anxiety", "habit", "outcome", "context", "step", "tradeoff", "hire", "fire", "solution"]
Dimension = Literal["functional", "emotional", "social"]
Stage = Literal["first_thought", "passive_looking", "active_looking", "deciding", "first_use", "ongoing_use", "none"]
Phase = Literal["define", "locate", "prepare", "confirm", "execute", "monitor", "modify", "conclude"]
Role = Literal["interviewer", "participant", "unknown"]

TAGS: Final[tuple[Tag, ...]] = get_args(Tag)
FORCES: Final[tuple[Tag, ...]] = ("push", "pull", "anxiety", "habit")
#: Tags whose statements carry a dimension: the forces and the desired outcomes.
DIMENSIONED: Final[tuple[Tag, ...]] = (*FORCES, "outcome")
DIMENSIONS: Final[tuple[Dimension, ...]] = get_args(Dimension)
STAGES: Final[tuple[Stage, ...]] = get_args(Stage)
PHASES: Final[tuple[Phase, ...]] = get_args(Phase)

#: a label of one's own, beside the codebook's: a word as it can stand in a code and head a column
_OWN: Final = re.compile(r"[^\W\d_]\w{0,39}")


def is_own_label(name: str) -> bool:
    """Whether a label of one's own may be called this: lower-case letters, digits and `_`, a letter first, at most 40; no word of the codebook."""
    return bool(_OWN.fullmatch(name)) and name == name.lower() and name not in (*TAGS, *DIMENSIONS, *STAGES, *PHASES)
