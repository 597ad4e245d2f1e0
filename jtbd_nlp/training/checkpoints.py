"""Checkpoints of a training run. Each says what it was made of, and a run goes on only from those that its own data and recipe would make."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from jtbd_nlp.errors import ConfigError
from jtbd_nlp.training.dataset import Prepared
from jtbd_nlp.training.recipe import Recipe

#: what of a recipe does not bear on the weights of an epoch, or is known otherwise: data, encoder and teacher by their digests, the schedule by its rates
_APART = frozenset(
    "folder out bits whole_numbers vocabulary corpus never annotated held_out_share held_out_markets held_out_sources threads encoder teacher blend epochs restart_after restart_rate warmup".split()
)
_KEY = "made_of"


@dataclass(frozen=True)
class Origin:
    """What weights are made of: the recipe's settings that bear on them, sha256 of the data and of the encoder as it was before."""

    recipe: Mapping[str, Any]
    data: str
    encoder: str


@dataclass(frozen=True)
class Checkpoint:
    """Weights and the state of the optimiser after an epoch, and how many steps led there."""

    epoch: int
    step: int
    tensors: dict[str, Any]


def origin_of(recipe: Recipe, sides: Sequence[Sequence[Prepared]], encoder: Any) -> Origin:
    """What a run is made of.

    Args:
        recipe: Its recipe.
        sides: The interviews that it is fitted on, in each of their forms.
        encoder: The pretrained encoder, before anything is fitted.
    """
    settings = {name: value for name, value in recipe.model_dump(mode="json").items() if name not in _APART}
    return Origin(json.loads(json.dumps(settings)), _data(sides), _encoder(encoder))


class Checkpoints:
    """The checkpoints of one run in a folder: one safetensors file an epoch, `epoch3.safetensors`, that says in its head what it was made of."""

    def __init__(self, folder: Path, origin: Origin) -> None:
        self.folder = folder
        self.origin = origin
        folder.mkdir(parents=True, exist_ok=True)

    def save(self, checkpoint: Checkpoint, rate: Callable[[int], float]) -> None:
        """Write a checkpoint; its file is there whole or not at all.

        Args:
            checkpoint: What to write.
            rate: The share of the learning rate at a step, as this run has it.
        """
        from safetensors.torch import save_file

        made_of = {**asdict(self.origin), "step": checkpoint.step, "schedule": _schedule(rate, checkpoint.step)}
        place = self._place(checkpoint.epoch)
        part = place.with_suffix(".part")
        save_file({k: v.clone() for k, v in checkpoint.tensors.items()}, part, metadata={_KEY: json.dumps(made_of, sort_keys=True)})
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(place)

    def last(self, epochs: int) -> int:
        """The last epoch up to `epochs` that has a checkpoint; 0: none has."""
        return max((n for n in range(1, epochs + 1) if self._place(n).exists()), default=0)

    def load(self, epoch: int, rate: Callable[[int], float]) -> Checkpoint:
        """Read a checkpoint of this run.

        Args:
            epoch: Which.
            rate: The share of the learning rate at a step, as this run has it.

        Raises:
            ConfigError: it is missing or damaged, does not say what it was made of, or was made of something else.
        """
        from safetensors import SafetensorError, safe_open

        place = self._place(epoch)
        try:
            with safe_open(place, "pt") as file:
                made_of = json.loads((file.metadata() or {}).get(_KEY, "null"))
                tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - it is no dict
        except (OSError, SafetensorError, json.JSONDecodeError) as error:
            raise ConfigError(self._refusal(place, f"cannot be read ({type(error).__name__})")) from error
        if not isinstance(made_of, dict):
            raise ConfigError(self._refusal(place, "does not say which data and recipe it was fitted with"))
        step = int(made_of.get("step", 0))
        other = [*self._differences(made_of)]
        if made_of.get("schedule") != _schedule(rate, step):
            other.append("schedule (epochs, warmup, restart_after, restart_rate)")
        if other:
            raise ConfigError(self._refusal(place, f"was fitted with another {', '.join(other)}"))
        return Checkpoint(epoch, step, tensors)

    def _differences(self, made_of: Mapping[str, Any]) -> list[str]:
        mine = asdict(self.origin)
        settings = made_of.get("recipe") or {}
        names = sorted(n for n in {*mine["recipe"], *settings} if mine["recipe"].get(n) != settings.get(n))
        return [*(f"{n} ({settings.get(n)!r})" for n in names), *(n for n in ("data", "encoder") if made_of.get(n) != mine[n])]

    def _place(self, epoch: int) -> Path:
        return self.folder / f"epoch{epoch}.safetensors"

    @staticmethod
    def _refusal(place: Path, why: str) -> str:
        return (
            f"Got checkpoint {place}, which {why}. Expected checkpoints of this very recipe, data and encoder "
            f"(more epochs are allowed where the schedule of those done stays the same). Train into another folder, or delete {place.parent}."
        )


def _schedule(rate: Callable[[int], float], steps: int) -> str:
    return hashlib.sha256(json.dumps([round(rate(step), 12) for step in range(steps)]).encode("utf-8")).hexdigest()


def _data(sides: Sequence[Sequence[Prepared]]) -> str:
    """sha256 over all that is fitted on: texts, codes, segments and tokens, in order."""
    digest = hashlib.sha256()
    for side in sides:
        for item in side:
            gold = item.gold
            codes = [(s.start, s.end, sorted(s.tags), s.dimension, s.stage, s.phase, sorted(s.labels)) for s in gold.spans]
            segments = [(s.start, s.end, s.turn) for s in item.segments]
            row = [gold.name, gold.text, gold.tagged, sorted(gold.labels), codes, segments, item.stream.ids]
            row += [[[round(v, 2) for v in logits] for logits in item.taught]] if item.taught else []
            digest.update(json.dumps(row, ensure_ascii=False).encode("utf-8"))
        digest.update(b"\0")
    return digest.hexdigest()


def _encoder(encoder: Any) -> str:
    """sha256 over an encoder's shape and weights, wherever it was read from."""
    import torch

    unlike = ("transformers_version", "dtype", "torch_dtype")
    shape = {k: v for k, v in encoder.config.to_dict().items() if not k.startswith("_") and k not in unlike}
    digest = hashlib.sha256(json.dumps(shape, sort_keys=True, default=str).encode("utf-8"))
    for name, tensor in sorted(encoder.state_dict().items()):
        digest.update(name.encode("utf-8"))
        digest.update(tensor.detach().flatten().contiguous().view(torch.uint8).numpy().tobytes())
    return digest.hexdigest()
