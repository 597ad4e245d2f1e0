"""What a tagger's folder says of itself: `meta.json`."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from jtbd_nlp.errors import ModelError
from jtbd_nlp.schema import DIMENSIONS, PHASES, STAGES, TAGS, Dimension, Phase, Stage, Tag, is_own_label

FORMAT = 1


class Calibration(BaseModel):
    """Platt scaling of one tag: probability = sigmoid(slope * logit + intercept)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    slope: float = 1.0
    intercept: float = 0.0

    def probability(self, logit: float) -> float:
        """Calibrated probability in (0, 1)."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.slope * logit + self.intercept))))


class OwnLabels(BaseModel):
    """Labels of the user's own: what the columns behind the standard ones mean, and how their logits become decisions.

    Attributes:
        names: one a column, in order.
        operating_points: of the same names as the tagger's: a label is decided where its probability reaches its threshold.
        codebook: whether the codebook's tags were fitted too; without them a statement has own labels alone.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    names: tuple[str, ...] = Field(min_length=1)
    calibration: dict[str, Calibration] = Field(default_factory=dict)
    operating_points: dict[str, dict[str, float]] = Field(default_factory=dict)
    codebook: bool = True

    @model_validator(mode="after")
    def _names_fit(self) -> Self:
        wrong = [name for name in self.names if not is_own_label(name)]
        if wrong or len(set(self.names)) != len(self.names):
            raise ValueError(f"labels {', '.join(self.names)}: expected lower-case words that are none of the codebook's, each once")
        if any(set(point) != set(self.names) for point in self.operating_points.values()):
            raise ValueError("an operating point has thresholds of other labels than there are")
        return self

    def probabilities(self, logits: Sequence[float]) -> dict[str, float]:
        """Calibrated probability of each label. `logits`: one a label."""
        return {
            name: round(self.calibration.get(name, Calibration()).probability(logit), 4)
            for name, logit in zip(self.names, logits, strict=True)
        }


class TaggerMeta(BaseModel):
    """Labels in the order of the model's columns, how logits become decisions, and where the weights come from.

    Attributes:
        operating_points: name to threshold a tag: a tag is decided where its probability reaches it. 1.01 means never.
        no_below: a tag is ruled out below this probability; between it and the threshold the tagger abstains.
        join_at: probability from which a segment continues the statement before it.
        max_run, max_words: the most segments and words that are joined.
        none_bias: added to the logit of stage `none`.
        passes: how often the interview is read, its windows cut at other places each time; logits are averaged.
        own: labels of the user's own that it was trained on as well; None (and not written): none.
        figures: name of a set to figure to value, as `jtbd evaluate` gave them.
        threshold_sources: what thresholds and calibration come from.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    format_version: int
    kind: Literal["encoder", "linear"] = "encoder"
    name: str = "tagger"
    labels: tuple[Tag, ...] = TAGS
    dimensions: tuple[Dimension, ...] = DIMENSIONS
    stages: tuple[Stage, ...] = STAGES
    phases: tuple[Phase, ...] = PHASES
    own: OwnLabels | None = Field(default=None, exclude_if=lambda own: own is None)
    calibration: dict[Tag, Calibration] = Field(default_factory=dict)
    operating_points: dict[str, dict[Tag, float]]
    no_below: dict[Tag, float] = Field(default_factory=dict)
    join_at: float = Field(default=0.5, ge=0, le=1.01)
    max_run: int = Field(default=4, ge=1)
    max_words: int = Field(default=45, ge=5)
    none_bias: float = 0.0
    passes: int = Field(default=1, ge=1, le=4)
    max_tokens: int = 200
    licence: str = ""
    fitted_on: dict[str, int] = Field(default_factory=dict)
    threshold_sources: tuple[str, ...] = ()
    data_sha256: str = ""
    weights_sha256: str = ""
    recipe: dict[str, Any] = Field(default_factory=dict)
    figures: dict[str, dict[str, float]] = Field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path) -> TaggerMeta:
        """Read and check `meta.json` of a tagger's folder.

        Raises:
            ModelError: it is missing, damaged, or of another format or other labels than this version reads.
        """
        path = folder / "meta.json"
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            if data.get("format_version") != FORMAT:
                raise ModelError(
                    f"Got tagger format {data.get('format_version')!r} in {path}; this version reads {FORMAT}. Train or install it again."
                )
            meta = cls.model_validate(data)
        except (OSError, json.JSONDecodeError, ValidationError, AttributeError) as error:
            raise ModelError(
                f"Got no usable tagger in {folder} ({error}). Expected meta.json beside the weights; install or train it again."
            ) from error
        if (meta.labels, meta.dimensions, meta.stages, meta.phases) != (TAGS, DIMENSIONS, STAGES, PHASES):
            raise ModelError(f"Got other labels in {path} than this version's; expected {', '.join(TAGS)} in this order. Train it again.")
        return meta

    @property
    def width(self) -> int:
        """How many columns the model gives: the tags, dimensions, stages, phases, continuation, then the user's own labels."""
        return len(TAGS) + len(DIMENSIONS) + len(STAGES) + len(PHASES) + 1 + (len(self.own.names) if self.own else 0)

    def point(self, name: str) -> dict[Tag, float]:
        """Thresholds of an operating point.

        Raises:
            ModelError: the tagger has no such point.
        """
        if name not in self.operating_points or (self.own and name not in self.own.operating_points):
            raise ModelError(f"Got operating point {name!r}; this tagger has {', '.join(sorted(self.operating_points))}.")
        return self.operating_points[name]
