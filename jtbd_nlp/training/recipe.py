"""Everything that a training run depends on."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from jtbd_nlp.errors import ConfigError
from jtbd_nlp.schema import is_own_label
from jtbd_nlp.training.quantise import Bits


class Mix(BaseModel):
    """Weights of the heads' losses beside the tags' 1."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    dimension: float = Field(default=0.4, ge=0)
    stage: float = Field(default=0.4, ge=0)
    phase: float = Field(default=0.2, ge=0)
    continues: float = Field(default=0.5, ge=0)


#: settings that came later: a tagger's meta.json names them where they are not as they were before
_LATER = (
    "bits",
    "whole_numbers",
    "vocabulary",
    "layers",
    "labels",
    "codebook",
    "homophone_share",
    "held_out_sources",
    "teacher",
    "teacher_share",
)


class Recipe(BaseModel):
    """Everything that a training run depends on beside the data; the fields of `models/tagger/recipe.toml`.

    Attributes:
        labels: labels of the user's own, learned beside the codebook's tags, or instead of them where `codebook` is false.
        annotated: each `DOCS:ANNOTATIONS`, or a folder of transcripts coded inline.
        encoder: folder or name of a sentence-transformers model (or of any encoder of the families BERT, MPNet, RoBERTa, DistilBERT).
        layers: how many of the encoder's layers are used, counted from the lowest; None: all. The upper ones cost time and size, and a tagger can do
            without some of them (Sajjad et al. 2023).
        bits: of a stored weight: 8, or 4 for half the size, which costs a little accuracy (`python -m benchmarks.quantised` says how much).
        whole_numbers: whether the finished tagger multiplies in whole numbers, each token's activations rounded to eight bits: two to three times as fast
            for a wide encoder (the same command says what it costs).
        vocabulary: how many of the commonest entries of the encoder's vocabulary the finished tagger keeps beside those that occur in the interviews
            fitted on; None: all. Other words are read in pieces.
        rough_share: share of interviews an epoch in lower case without punctuation; homophone_share: with words misheard.
        teacher: folder of a finished tagger whose probabilities are learned along, or None; teacher_share: their share in the targets. It must be
            fitted on no interview that is held out here.
        held_out_share, held_out_markets: what thresholds are chosen on: a share of each annotated source, and whole markets.
        held_out_sources: sources (markets, or folders of annotated interviews) that nothing is fitted on or chosen by; figures on them are reported.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    out: str = "build/tagger"
    corpus: str | None = None
    never: tuple[str, ...] = ()
    annotated: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    codebook: bool = True
    bits: Bits = 8
    whole_numbers: bool = False
    vocabulary: int | None = Field(default=None, ge=0)
    threads: int = Field(default=2, ge=1)
    seed: int = 1
    init_seed: int = 1
    encoder: str = "all-MiniLM-L6-v2"
    layers: int | None = Field(default=None, ge=1)
    epochs: int = Field(default=5, ge=1)
    #: after this many epochs the rate rises once more, to `restart_rate` of what it was, and falls again; None: never
    restart_after: int | None = Field(default=None, ge=1)
    restart_rate: float = Field(default=0.6, gt=0, le=1)
    #: share of each of these epochs' averaged weights in what ships (Wortsman et al. 2022); empty: the last epoch's alone
    blend: dict[str, float] = {}
    batch_windows: int = Field(default=8, ge=1)
    learning_rate: float = Field(default=1.5e-4, gt=0)
    layer_decay: float = Field(default=0.85, gt=0, le=1)
    head_learning_rate: float = Field(default=1e-3, gt=0)
    warmup: float = Field(default=0.06, ge=0, lt=1)
    weight_decay: float = Field(default=0.01, ge=0)
    dropout: float = Field(default=0.1, ge=0, lt=1)
    hidden: int = Field(default=384, ge=8)
    label_smoothing: float = Field(default=0.03, ge=0, lt=0.5)
    average_decay: float = Field(default=0.998, ge=0, lt=1)
    rough_share: float = Field(default=0.25, ge=0, le=1)
    homophone_share: float = Field(default=0.0, ge=0, le=1)
    teacher: str | None = None
    teacher_share: float = Field(default=0.5, ge=0, le=1)
    held_out_share: float = Field(default=0.1, gt=0, lt=1)
    held_out_markets: tuple[str, ...] = ()
    held_out_sources: tuple[str, ...] = ()
    mix: Mix = Mix()

    #: where the recipe was read from; paths are relative to it
    folder: Path = Path()

    @field_validator("labels")
    @classmethod
    def _may_be_called_this(cls, labels: tuple[str, ...]) -> tuple[str, ...]:
        for name in labels:
            if not is_own_label(name):
                raise ValueError(f"label {name!r}: expected a lower-case word (letters, digits, _) that is none of the codebook's")
        if len(set(labels)) != len(labels):
            raise ValueError(f"labels {', '.join(labels)}: expected each once")
        return labels

    def record(self) -> dict[str, Any]:
        """What a tagger says of its recipe: no data, no folder of a machine."""
        left = {"folder", "out", "corpus", "annotated"} | {n for n in _LATER if getattr(self, n) == type(self).model_fields[n].default}
        teacher = {"teacher": self.path(self.teacher).resolve().name} if self.teacher else {}
        return {**self.model_dump(mode="json", exclude=left), "encoder": self.encoder_name, **teacher}

    @property
    def encoder_name(self) -> str:
        """The encoder's name; the last part where it is a folder."""
        return self.path(self.encoder).resolve().name if self.path(self.encoder).is_dir() else self.encoder

    def path(self, relative: str) -> Path:
        """A path of the recipe."""
        return self.folder / relative

    @classmethod
    def from_toml(cls, path: str | Path) -> Recipe:
        """Read a recipe.

        Raises:
            ConfigError: the file cannot be read or holds what is not allowed.
        """
        try:
            return cls.model_validate({**tomllib.loads(Path(path).read_text(encoding="utf-8")), "folder": Path(path).parent})
        except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
            raise ConfigError(
                f"Got recipe {path}, which cannot be used: {error}. See models/tagger/recipe.toml for what is allowed."
            ) from error
