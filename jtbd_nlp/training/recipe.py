"""Everything that a training run depends on."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from jtbd_nlp.errors import ConfigError


class Mix(BaseModel):
    """Weights of the heads' losses beside the tags' 1."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    dimension: float = Field(default=0.4, ge=0)
    stage: float = Field(default=0.4, ge=0)
    phase: float = Field(default=0.2, ge=0)
    continues: float = Field(default=0.5, ge=0)


class Recipe(BaseModel):
    """Everything that a training run depends on beside the data; the fields of `models/tagger/recipe.toml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    out: str = "build/tagger"
    corpus: str | None = None
    never: tuple[str, ...] = ()
    annotated: tuple[str, ...] = ()
    threads: int = Field(default=2, ge=1)
    seed: int = 1
    init_seed: int = 1
    encoder: str = "all-MiniLM-L6-v2"
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
    held_out_share: float = Field(default=0.1, gt=0, lt=1)
    held_out_markets: tuple[str, ...] = ()
    mix: Mix = Mix()

    #: where the recipe was read from; paths are relative to it
    folder: Path = Path()

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
