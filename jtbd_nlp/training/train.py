"""Fit a tagger from a recipe: seeded, resumable, and saying what it was fitted on."""

from __future__ import annotations

import logging
import math
import random
import time
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from jtbd_nlp.errors import ConfigError
from jtbd_nlp.schema import TAGS
from jtbd_nlp.training.dataset import LabelledWindow, Prepared, epoch
from jtbd_nlp.training.model import build, collate, loss

logger = logging.getLogger("jtbd_nlp")


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
    seed: int = 1
    encoder: str = "all-MiniLM-L6-v2"
    epochs: int = Field(default=5, ge=1)
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

    @classmethod
    def from_toml(cls, path: str | Path) -> Recipe:
        """Read a recipe.

        Raises:
            ConfigError: the file cannot be read or holds what is not allowed.
        """
        try:
            return cls.model_validate(tomllib.loads(Path(path).read_text(encoding="utf-8")))
        except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
            raise ConfigError(f"Got recipe {path}, which cannot be used: {error}. See models/tagger/recipe.toml for what is allowed.") from error


def fit(
    recipe: Recipe,
    clean: Sequence[Prepared],
    roughened: Sequence[Prepared],
    *,
    encoder: str | Path,
    checkpoints: Path,
    threads: int = 2,
    after_epoch: Callable[[int, Any], None] | None = None,
) -> Any:
    """Fit the network; a run that was stopped goes on from its last checkpoint.

    Args:
        recipe: What to do.
        clean: The interviews to fit on.
        roughened: The same, in lower case without punctuation.
        encoder: Folder or name of the pretrained encoder.
        checkpoints: Folder for one safetensors file an epoch and the state of the optimiser.
        threads: Of torch, during this call.
        after_epoch: Told the number of the epoch that has ended and the averaged network.

    Returns:
        The network with averaged weights, in evaluation mode.
    """
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    try:
        return _fit(recipe, clean, roughened, encoder, checkpoints, after_epoch)
    finally:
        torch.set_num_threads(before)


def _fit(
    recipe: Recipe, clean: Sequence[Prepared], roughened: Sequence[Prepared], encoder: str | Path, checkpoints: Path, after_epoch: Any
) -> Any:
    import torch
    from safetensors.torch import load_file, save_file

    checkpoints.mkdir(parents=True, exist_ok=True)
    network = build(encoder, hidden=recipe.hidden, dropout=recipe.dropout, seed=recipe.seed)
    average = build(encoder, hidden=recipe.hidden, dropout=recipe.dropout, seed=recipe.seed)
    network.encoder.embeddings.requires_grad_(False)
    optimiser = torch.optim.AdamW(_groups(network, recipe), weight_decay=recipe.weight_decay)
    base = [group["lr"] for group in optimiser.param_groups]
    steps_an_epoch = math.ceil(len(epoch(clean, roughened, 0.0, random.Random(0))) / recipe.batch_windows)
    total, step, first = steps_an_epoch * recipe.epochs, 0, 0
    weights = class_weights(clean)
    weights["mix"] = recipe.mix.model_dump()
    for number in range(recipe.epochs, 0, -1):
        state = checkpoints / f"epoch{number}.safetensors"
        if state.exists():
            loaded = load_file(state)
            network.load_state_dict({k[4:]: v for k, v in loaded.items() if k.startswith("net.")})
            average.load_state_dict({k[4:]: v for k, v in loaded.items() if k.startswith("avg.")})
            first, step = number, steps_an_epoch * number
            break
    for number in range(first, recipe.epochs):
        rng = random.Random(f"{recipe.seed}:{number}")
        torch.manual_seed(recipe.seed * 1000 + number)
        items = epoch(clean, roughened, recipe.rough_share, rng)
        network.train()
        start, shown = time.perf_counter(), 0.0
        batches = _batches(items, recipe.batch_windows, rng)
        for n, picked in enumerate(batches):
            factor = _schedule(step, total, recipe.warmup)
            for group, rate in zip(optimiser.param_groups, base, strict=True):
                group["lr"] = rate * factor
            batch = collate(picked)
            logits = network(batch.ids, batch.types, batch.mask, batch.starts, batch.ends, batch.before)
            value = loss(logits, batch, weights=weights, smoothing=recipe.label_smoothing)
            optimiser.zero_grad(set_to_none=True)
            value.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            step += 1
            _average(average, network, min(recipe.average_decay, (1 + step) / (10 + step)))
            shown = value.item() if not n else 0.98 * shown + 0.02 * value.item()
            if n % 50 == 49:
                logger.info("epoch %d batch %d of %d loss %.3f %.0f s", number + 1, n + 1, len(batches), shown, time.perf_counter() - start)
        both = {f"net.{k}": v.contiguous() for k, v in network.state_dict().items()}
        both |= {f"avg.{k}": v.contiguous() for k, v in average.state_dict().items()}
        save_file({k: v.clone() for k, v in both.items()}, checkpoints / f"epoch{number + 1}.safetensors")
        average.eval()
        if after_epoch:
            after_epoch(number + 1, average)
    return average.eval()


def _batches(items: list[LabelledWindow], size: int, rng: random.Random) -> list[list[LabelledWindow]]:
    """Shuffled batches of windows of about one length, so that little is padded."""
    rng.shuffle(items)
    pool = size * 24
    out = []
    for at in range(0, len(items), pool):
        block = sorted(items[at : at + pool], key=lambda item: len(item.window.ids))
        out += [block[i : i + size] for i in range(0, len(block), size)]
    rng.shuffle(out)
    return [batch for batch in out if any(item.examples for item in batch)]


def _groups(network: Any, recipe: Recipe) -> list[dict[str, Any]]:
    """Parameters with the learning rate of their layer."""
    layers = network.encoder.config.num_hidden_layers
    encoder = {id(p) for p in network.encoder.parameters()}
    groups = [{"params": [p for p in network.parameters() if id(p) not in encoder], "lr": recipe.head_learning_rate}]
    for n, layer in enumerate(network.encoder.encoder.layer):
        groups.append({"params": list(layer.parameters()), "lr": recipe.learning_rate * recipe.layer_decay ** (layers - 1 - n)})
    return groups


def _schedule(step: int, total: int, warmup: float) -> float:
    rise = max(1.0, total * warmup)
    return min(step / rise, max(0.0, (total - step) / max(1.0, total - rise))) if step < rise else max(0.02, (total - step) / max(1.0, total - rise))


def _average(average: Any, network: Any, decay: float) -> None:
    import torch

    with torch.no_grad():
        for mine, theirs in zip(average.parameters(), network.parameters(), strict=True):
            if theirs.requires_grad:
                mine.lerp_(theirs, 1 - decay)


def class_weights(items: Sequence[Prepared]) -> dict[str, Any]:
    """Weights against imbalance: the root of the inverse frequency, between 0.6 and 3, of classes; mild for tags."""
    import torch

    from jtbd_nlp.schema import DIMENSIONS, PHASES, STAGES

    spans = [s for item in items for s in item.gold.spans]
    out: dict[str, Any] = {}
    for name, labels in (("dimension", DIMENSIONS), ("stage", STAGES), ("phase", PHASES)):
        counts = [max(1, sum(getattr(s, name) == label for s in spans)) for label in labels]
        mean = sum(counts) / len(counts)
        out[name] = torch.tensor([min(3.0, max(0.6, math.sqrt(mean / c))) for c in counts])
    counts = [max(1, sum(tag in s.tags for s in spans)) for tag in TAGS]
    mean = sum(counts) / len(counts)
    out["tags"] = torch.tensor([min(2.0, max(1.0, (mean / c) ** 0.5)) for c in counts])
    return out
