"""Fit the fast tagger: one layer on hashed features, with the same losses as the encoder's heads."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from jtbd_nlp.schema import DIMENSIONS, PHASES, STAGES, TAGS
from jtbd_nlp.tag.linear import BUCKETS, features, load_linear
from jtbd_nlp.tag.meta import FORMAT, TaggerMeta
from jtbd_nlp.training.calibrate import Held, placed
from jtbd_nlp.training.dataset import Prepared, own_codes
from jtbd_nlp.training.fitting import class_weights
from jtbd_nlp.training.folds import settle
from jtbd_nlp.training.gold import Gold
from jtbd_nlp.training.model import WIDTH, Batch, loss
from jtbd_nlp.training.recipe import Recipe
from jtbd_nlp.training.record import blank_own, by_source, data_sha256, figures_of, write_meta


def fit_linear(
    recipe: Recipe,
    items: Sequence[Prepared],
    held: Sequence[Held],
    gold: Sequence[Gold],
    out: Path,
    *,
    epochs: int = 8,
    shown: Sequence[Held] = (),
) -> Path:
    """Fit, calibrate and write a fast tagger.

    Args:
        recipe: Its seed, mix and smoothing are used.
        items: Interviews to fit on, clean and rough.
        held: Held-out interviews; their segments are scored anew.
        gold: The interviews fitted on, for the record.
        out: Folder for `weights.npz` and `meta.json`.
        epochs: Passes over the data.
        shown: Interviews of sources that nothing was fitted on or chosen by; the figures on them are reported.
    """
    import numpy as np
    import torch

    torch.manual_seed(recipe.seed)
    width = WIDTH + len(recipe.labels)
    bag = torch.nn.EmbeddingBag(BUCKETS, width, mode="sum")
    torch.nn.init.zeros_(bag.weight)
    bias = torch.nn.Parameter(torch.zeros(width))
    optimiser = torch.optim.Adam([bag.weight, bias], lr=0.02)
    weights = class_weights(items, recipe.labels)
    weights["mix"] = recipe.mix.model_dump()
    rows = [row for item in items for row in _rows(item, recipe.labels)]
    rng = random.Random(recipe.seed)  # noqa: S311
    for _ in range(epochs):
        rng.shuffle(rows)
        for at in range(0, len(rows), 512):
            picked = rows[at : at + 512]
            sizes = torch.tensor([len(f) for f, _ in picked])
            flat = torch.tensor([x for f, _ in picked for x in f])
            offsets = torch.cat([torch.zeros(1, dtype=torch.long), sizes.cumsum(0)[:-1]])
            logits = bag(flat, offsets) / sizes.sqrt().unsqueeze(1) + bias
            value = loss(logits, _batch([labels for _, labels in picked]), weights=weights, smoothing=recipe.label_smoothing)
            optimiser.zero_grad()
            (value + 2e-5 * bag.weight.square().sum()).backward()
            optimiser.step()
    out.mkdir(parents=True, exist_ok=True)
    table = bag.weight.detach().numpy()
    scale = np.maximum(np.abs(table).max(axis=0, keepdims=True), 1e-9) / 127
    np.savez_compressed(out / "weights.npz", weights=np.rint(table / scale).astype(np.int8), scale=scale, bias=bias.detach().numpy())
    blank = TaggerMeta(
        format_version=FORMAT,
        kind="linear",
        name="fast",
        own=blank_own(recipe),
        operating_points={"balanced": dict.fromkeys(TAGS, 0.5)},
        licence="MIT; fitted on the corpora named in the tagger's CARD.md",
        fitted_on=dict(sorted(Counter(g.source for g in gold).items())),
        threshold_sources=tuple(sorted({h.gold.source for h in held})),
        data_sha256=data_sha256(gold),
        weights_sha256=hashlib.sha256((out / "weights.npz").read_bytes()).hexdigest(),
    )
    write_meta(blank, out)
    tagger = load_linear(out, "balanced")
    scored, others = ([replace(h, scores=tagger.scores(h.transcript, h.segments)) for h in side] for side in (held, shown))
    settled = settle(scored, blank)
    figures = figures_of(settled.placed, "held out", recipe)
    for source, mine in by_source(others).items():
        figures |= figures_of(
            {p: placed(mine, settled.meta, p) for p in settled.meta.operating_points}, f"never fitted on, {source}", recipe
        )
    write_meta(settled.meta.model_copy(update={"figures": figures}), out)
    return out


def _rows(item: Prepared, labels: Sequence[str]) -> list[tuple[list[int], dict[str, Any]]]:
    """Features and labels of every segment."""
    out = []
    for i, found in enumerate(features(item.transcript, item.segments)):
        spans = [item.gold.spans[j] for j in item.meets[i]]
        lead = spans[0] if spans else None
        near = i > 0 and item.segments[i - 1].turn == item.segments[i].turn
        out.append(
            (
                found,
                {
                    "tags": [float(any(tag in s.tags for s in spans)) for tag in TAGS],
                    "dimension": DIMENSIONS.index(lead.dimension) if lead and lead.dimension else -1,
                    "stage": STAGES.index(lead.stage) if lead and lead.stage else -1,
                    "phase": PHASES.index(lead.phase) if lead and lead.phase else -1,
                    "continues": int(item.owner[i] >= 0 and item.owner[i] == item.owner[i - 1]) if near else -1,
                    "own": [float(code) for code in own_codes(item.gold, spans, labels)],
                    "weight": float(item.gold.tagged),
                },
            )
        )
    return out


def _batch(labels: Sequence[dict[str, Any]]) -> Batch:
    import torch

    none = torch.zeros(0, dtype=torch.long)
    column = {
        name: torch.tensor([row[name] for row in labels]) for name in ("tags", "dimension", "stage", "phase", "continues", "own", "weight")
    }
    return Batch(
        ids=none,
        types=none,
        mask=none,
        starts=none,
        ends=none,
        before=none,
        weight=column["weight"],
        tags=column["tags"],
        dimension=column["dimension"],
        stage=column["stage"],
        phase=column["phase"],
        continues=column["continues"],
        own=column["own"].reshape(len(labels), len(labels[0]["own"])),
        taught=torch.full((len(labels), WIDTH), float("nan")),
    )
