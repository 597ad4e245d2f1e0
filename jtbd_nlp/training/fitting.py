"""Fit a tagger from a recipe: seeded, resumable, and saying what it was fitted on."""

from __future__ import annotations

import logging
import math
import random
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from jtbd_nlp.schema import TAGS
from jtbd_nlp.training.checkpoints import Checkpoint, Checkpoints, origin_of
from jtbd_nlp.training.dataset import LabelledWindow, Prepared, epoch
from jtbd_nlp.training.model import build, collate, layers, loss
from jtbd_nlp.training.recipe import Recipe

logger = logging.getLogger("jtbd_nlp")


def fit(
    recipe: Recipe,
    clean: Sequence[Prepared],
    roughened: Sequence[Prepared],
    *,
    encoder: str | Path,
    checkpoints: Path,
    misheard: Sequence[Prepared] = (),
    threads: int = 2,
    progress: Callable[[str, int, int], None] | None = None,
) -> Any:
    """Fit the network; a run that was stopped goes on from its last checkpoint.

    Args:
        recipe: What to do.
        clean: The interviews to fit on.
        roughened: The same, in lower case without punctuation.
        misheard: The same, with words as a machine mishears them; may be left out where the recipe's `homophone_share` is 0.
        encoder: Folder or name of the pretrained encoder.
        checkpoints: Folder for one safetensors file an epoch: weights, the state of the optimiser, and what they were made of.
        threads: Of torch, during this call.
        progress: Called with `fit`, batches done and batches in all.

    Returns:
        The network with averaged weights, in evaluation mode.

    Raises:
        ConfigError: the folder holds checkpoints that were made of something else than this recipe, data and encoder, or that are damaged.
    """
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    try:
        return _fit(recipe, clean, roughened, misheard, encoder, checkpoints, progress)
    finally:
        torch.set_num_threads(before)


def _fit(
    recipe: Recipe,
    clean: Sequence[Prepared],
    roughened: Sequence[Prepared],
    misheard: Sequence[Prepared],
    encoder: str | Path,
    checkpoints: Path,
    progress: Any,
) -> Any:
    import torch

    network, average = (
        build(
            encoder,
            layers=recipe.layers,
            hidden=recipe.hidden,
            dropout=recipe.dropout,
            seed=recipe.init_seed,
            labels=len(recipe.labels),
        )
        for _ in range(2)
    )
    kept = Checkpoints(checkpoints, origin_of(recipe, (clean, roughened, misheard), network.encoder))
    network.encoder.embeddings.requires_grad_(False)
    optimiser = torch.optim.AdamW(_groups(network, recipe), weight_decay=recipe.weight_decay)
    base = [group["lr"] for group in optimiser.param_groups]
    steps_an_epoch = math.ceil(len(epoch(clean, roughened, 0.0, random.Random(0))) / recipe.batch_windows)  # noqa: S311
    total, step = steps_an_epoch * recipe.epochs, 0
    weights = class_weights(clean, recipe.labels)
    weights["mix"] = recipe.mix.model_dump()

    def rate(step: int) -> float:
        return _rate(step, steps_an_epoch, recipe)

    if first := kept.last(recipe.epochs):
        state = kept.load(first, rate)
        network.load_state_dict({k[4:]: v for k, v in state.tensors.items() if k.startswith("net.")})
        average.load_state_dict({k[4:]: v for k, v in state.tensors.items() if k.startswith("avg.")})
        step = state.step
        _restore(optimiser, state.tensors, step=step)
    for number in range(first, recipe.epochs):
        rng = random.Random(f"{recipe.seed}:{number}")  # noqa: S311
        torch.manual_seed(recipe.seed * 1000 + number)
        items = epoch(
            clean,
            roughened,
            recipe.rough_share,
            rng,
            misheard=misheard,
            misheard_share=recipe.homophone_share,
            labels=recipe.labels,
        )
        network.train()
        start, shown = time.perf_counter(), 0.0
        batches = _batches(items, recipe.batch_windows, rng)
        for n, picked in enumerate(batches):
            factor = rate(step)
            for group, full in zip(optimiser.param_groups, base, strict=True):
                group["lr"] = full * factor
            batch = collate(picked)
            logits = network(batch.ids, batch.types, batch.mask, batch.starts, batch.ends, batch.before)
            value = loss(logits, batch, weights=weights, smoothing=recipe.label_smoothing, teacher_share=recipe.teacher_share)
            optimiser.zero_grad(set_to_none=True)
            value.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            step += 1
            _average(average, network, min(recipe.average_decay, (1 + step) / (10 + step)))
            shown = value.item() if not n else 0.98 * shown + 0.02 * value.item()
            if progress:
                progress("fit", step, total)
            if n % 50 == 49:
                logger.info("epoch %d batch %d of %d loss %.3f %.0f s", number + 1, n + 1, len(batches), shown, time.perf_counter() - start)
        both = {f"net.{k}": v.contiguous() for k, v in network.state_dict().items()}
        both |= {f"avg.{k}": v.contiguous() for k, v in average.state_dict().items()}
        both |= _moments(optimiser)
        kept.save(Checkpoint(number + 1, step, both), rate)
    if recipe.blend:
        _blend(average, (kept.load(int(epoch), rate) for epoch in sorted(recipe.blend)), recipe.blend)
    return average.eval()


def _blend(average: Any, states: Iterable[Checkpoint], shares: Mapping[str, float]) -> None:
    """Give the network the weighted mean of the averaged weights of some epochs."""
    total = sum(shares.values())
    mixed: dict[str, Any] = {}
    for state in states:
        for name, value in state.tensors.items():
            if name.startswith("avg."):
                part = value.float() * (shares[str(state.epoch)] / total)
                mixed[name[4:]] = mixed[name[4:]] + part if name[4:] in mixed else part
    known = average.state_dict()
    average.load_state_dict({name: value.to(known[name].dtype) for name, value in mixed.items()})


def _moments(optimiser: Any) -> dict[str, Any]:
    """The optimiser's moments under the running number of their parameter."""
    parameters = [p for group in optimiser.param_groups for p in group["params"]]
    kept = {i: optimiser.state[p] for i, p in enumerate(parameters) if p in optimiser.state}
    return {f"{name}.{i}": state[name] for i, state in kept.items() for name in ("exp_avg", "exp_avg_sq")}


def _restore(optimiser: Any, loaded: dict[str, Any], step: int) -> None:
    import torch

    for i, p in enumerate(p for group in optimiser.param_groups for p in group["params"]):
        if f"exp_avg.{i}" in loaded:
            moments = {name: loaded[f"{name}.{i}"] for name in ("exp_avg", "exp_avg_sq")}
            optimiser.state[p] = {"step": torch.tensor(float(step)), **moments}


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
    stack = layers(network.encoder)
    encoder = {id(p) for p in network.encoder.parameters()}
    groups = [{"params": [p for p in network.parameters() if id(p) not in encoder], "lr": recipe.head_learning_rate}]
    for n, layer in enumerate(stack):
        groups.append({"params": list(layer.parameters()), "lr": recipe.learning_rate * recipe.layer_decay ** (len(stack) - 1 - n)})
    return groups


def _schedule(step: int, total: int, warmup: float) -> float:
    """Share of the learning rate: a linear rise over the warm-up, then a linear fall."""
    rise = max(1.0, total * warmup)
    return step / rise if step < rise else max(0.02, (total - step) / max(1.0, total - rise))


def _rate(step: int, steps_an_epoch: int, recipe: Recipe) -> float:
    """Share of the learning rate in a schedule of one or two rises and falls."""
    first = steps_an_epoch * min(recipe.epochs, recipe.restart_after or recipe.epochs)
    if step < first:
        return _schedule(step, first, recipe.warmup)
    return recipe.restart_rate * _schedule(step - first, max(1, steps_an_epoch * recipe.epochs - first), recipe.warmup)


def _average(average: Any, network: Any, decay: float) -> None:
    import torch

    with torch.no_grad():
        for mine, theirs in zip(average.parameters(), network.parameters(), strict=True):
            if theirs.requires_grad:
                mine.lerp_(theirs, 1 - decay)


def class_weights(items: Sequence[Prepared], own: Sequence[str] = ()) -> dict[str, Any]:
    """Weights against imbalance: the root of the inverse frequency, between 0.6 and 3, of classes; mild for tags and own labels."""
    import torch

    from jtbd_nlp.schema import DIMENSIONS, PHASES, STAGES

    spans = [s for item in items for s in item.gold.spans]
    out: dict[str, Any] = {}
    for name, labels in (("dimension", DIMENSIONS), ("stage", STAGES), ("phase", PHASES)):
        counts = [max(1, sum(getattr(s, name) == label for s in spans)) for label in labels]
        mean = sum(counts) / len(counts)
        out[name] = torch.tensor([min(3.0, max(0.6, math.sqrt(mean / c))) for c in counts])
    for name, names in (("tags", TAGS), ("own", tuple(own))):
        counts = [max(1, sum(s.carries(one) for s in spans)) for one in names]
        mean = sum(counts) / max(1, len(counts))
        out[name] = torch.tensor([min(2.0, max(1.0, (mean / c) ** 0.5)) for c in counts])
    return out
