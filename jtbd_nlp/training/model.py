"""The network: an encoder over a window, and small heads on the words of each unit. Torch is imported where it is used."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jtbd_nlp.errors import ConfigError
from jtbd_nlp.schema import DIMENSIONS, PHASES, STAGES, TAGS

if TYPE_CHECKING:
    import torch

    from jtbd_nlp.training.dataset import Example, LabelledWindow

#: columns of what the network gives for a unit, in order
COLUMNS = {"tags": len(TAGS), "dimension": len(DIMENSIONS), "stage": len(STAGES), "phase": len(PHASES), "continues": 1}
WIDTH = sum(COLUMNS.values())


def slices() -> dict[str, slice]:
    """Where each head's columns are."""
    out, at = {}, 0
    for name, width in COLUMNS.items():
        out[name] = slice(at, at + width)
        at += width
    return out


@dataclass(frozen=True, eq=False)
class Batch:
    """Windows padded to one length, and their units as ranges over all tokens in a row.

    Shape:
        ids, types, mask: (n_windows, n_tokens); starts, ends, before, dimension, stage, phase, continues, weight: (n_units,); tags: (n_units, 11);
        own: (n_units, n_labels), the user's own labels, -1 where they are not given; taught: (n_units, WIDTH), a teacher's logits, NaN where
        there are none.
    """

    ids: torch.Tensor
    types: torch.Tensor
    mask: torch.Tensor
    starts: torch.Tensor
    ends: torch.Tensor
    before: torch.Tensor
    tags: torch.Tensor
    dimension: torch.Tensor
    stage: torch.Tensor
    phase: torch.Tensor
    continues: torch.Tensor
    weight: torch.Tensor
    own: torch.Tensor
    taught: torch.Tensor


def collate(items: list[LabelledWindow]) -> Batch:
    """Pad windows and put their units in a row."""
    import torch

    length = max(len(item.window.ids) for item in items)
    units: list[Example] = []
    shift: list[int] = []
    base: list[int] = []

    def pad(row: Sequence[int]) -> list[int]:
        return list(row) + [0] * (length - len(row))

    def long(values: Iterable[int]) -> torch.Tensor:
        return torch.tensor(list(values), dtype=torch.long)

    for n, item in enumerate(items):
        base += [len(units)] * len(item.examples)
        shift += [n * length] * len(item.examples)
        units += item.examples
    return Batch(
        ids=torch.tensor([pad(item.window.ids) for item in items]),
        types=torch.tensor([pad(item.window.types) for item in items]),
        mask=torch.tensor([pad([1] * len(item.window.ids)) for item in items]),
        starts=long(u.start + s for u, s in zip(units, shift, strict=True)),
        ends=long(u.end + s for u, s in zip(units, shift, strict=True)),
        before=long(u.before + b for u, b in zip(units, base, strict=True)),
        tags=torch.tensor([u.tags for u in units], dtype=torch.float32).reshape(-1, len(TAGS)),
        dimension=long(u.dimension for u in units),
        stage=long(u.stage for u in units),
        phase=long(u.phase for u in units),
        continues=long(u.continues for u in units),
        weight=torch.tensor([u.weight for u in units], dtype=torch.float32),
        own=torch.tensor([u.own for u in units], dtype=torch.float32).reshape(len(units), len(units[0].own) if units else 0),
        taught=torch.tensor([u.taught or (float("nan"),) * WIDTH for u in units], dtype=torch.float32).reshape(-1, WIDTH),
    )


def build(
    encoder: str | Path, *, layers: int | None = None, hidden: int = 384, dropout: float = 0.1, seed: int = 0, labels: int = 0
) -> Any:
    """A new network on a pretrained encoder.

    Args:
        encoder: A folder or name that transformers reads.
        layers: How many of its layers are used, counted from the lowest; None: all.
        hidden: Width of the heads' hidden layer.
        dropout: Of the pooled words and of the hidden layer.
        seed: Of the new weights.
        labels: How many labels of the user's own there are.

    Raises:
        ConfigError: the encoder has fewer layers.
    """
    import torch
    from torch import nn
    from transformers import AutoModel

    torch.manual_seed(seed)

    class Network(nn.Module):
        """Encoder (no dropout of attention: it costs a third of the time), pooling (mean and attention over a unit's words), one hidden layer, heads."""

        def __init__(self) -> None:
            super().__init__()
            self.encoder = AutoModel.from_pretrained(str(encoder), attn_implementation="eager")
            if layers is not None:
                _keep(self.encoder, layers, Path(encoder).name)
            for module in self.encoder.modules():
                if "attention" in type(module).__name__.lower() and isinstance(getattr(module, "dropout", None), nn.Dropout):
                    module.dropout.p = 0.0
            #: whether the encoder tells speakers apart by token types; one without (MPNet, RoBERTa, DistilBERT) has the separators alone
            takes = "token_type_ids" in inspect.signature(self.encoder.forward).parameters
            self.typed = takes and getattr(self.encoder.config, "type_vocab_size", 0) > 1
            width = self.encoder.config.hidden_size
            self.attend = nn.Linear(width, 1)
            self.dense = nn.Linear(2 * width, hidden)
            self.norm = nn.LayerNorm(hidden)
            self.drop = nn.Dropout(dropout)
            self.heads = nn.Linear(hidden, WIDTH - 1)
            self.pair = nn.Sequential(nn.Linear(3 * hidden, 64), nn.GELU(), nn.Linear(64, 1))
            self.own = nn.Linear(hidden, labels) if labels else None

        def forward(self, ids: Any, types: Any, mask: Any, starts: Any, ends: Any, before: Any) -> Any:
            """Logits of every unit. Shape: (n_units, WIDTH + labels)."""
            kinds = {"token_type_ids": types} if self.typed else {}
            states = self.encoder(input_ids=ids, attention_mask=mask, **kinds).last_hidden_state
            flat = states.reshape(-1, states.shape[-1])
            place = torch.arange(flat.shape[0]).unsqueeze(0)
            inside = (place >= starts.unsqueeze(1)) & (place < ends.unsqueeze(1))
            mean = inside.to(flat.dtype) / (ends - starts).unsqueeze(1).to(flat.dtype)
            weights = torch.softmax(self.attend(flat).transpose(0, 1).masked_fill(~inside, -1e4), dim=1)
            pooled = torch.cat([mean @ flat, weights @ flat], dim=1)
            unit = self.drop(self.norm(nn.functional.gelu(self.dense(self.drop(pooled)))))
            previous = unit[before]
            pair = self.pair(torch.cat([previous, unit, (previous - unit).abs()], dim=1))
            return torch.cat([self.heads(unit), pair, *([self.own(unit)] if self.own is not None else [])], dim=1)

    return Network()


def layers(encoder: Any) -> list[Any]:
    """The encoder's layers from the lowest to the highest."""
    return list(_stack(encoder))


def _stack(encoder: Any) -> Any:
    """Its longest list of modules, whatever the architecture calls it."""
    from torch import nn

    return max((m for m in encoder.modules() if isinstance(m, nn.ModuleList)), key=len)


def _keep(encoder: Any, lowest: int, name: str) -> None:
    """Leave the encoder its lowest layers alone."""
    stack = _stack(encoder)
    if lowest > len(stack):
        raise ConfigError(
            f"Got layers = {lowest}, but the encoder {name} has {len(stack)}. Set at most {len(stack)} in the recipe, or leave layers out."
        )
    del stack[lowest:]


def loss(logits: Any, batch: Batch, *, weights: dict[str, Any], smoothing: float, teacher_share: float = 0.0) -> Any:
    """Sum of the heads' losses: binary cross-entropy for tags, own labels and continuation, cross-entropy where the attribute is given.

    Args:
        logits: (n_units, WIDTH + n_labels).
        weights: `tags`, `own`: positive weight a tag and own label; `dimension`, `stage`, `phase`: weight a class; `mix`: weight a head.
        smoothing: label smoothing of tags and classes.
        teacher_share: how much of the targets of tags and continuation is a teacher's, for units that it speaks of, and the weight of the
            cross-entropy with its classes beside that with the given ones (distillation: Hinton et al. 2015).
    """
    import torch
    from torch.nn import functional as F

    at, mix = slices(), weights["mix"]
    heard = ~batch.taught[:, 0].isnan() & (batch.weight > 0) & (teacher_share > 0)
    share = heard.unsqueeze(1) * teacher_share
    told = batch.taught.nan_to_num()
    soft = (batch.tags * (1 - smoothing) + smoothing / 10) * (1 - share) + told[:, at["tags"]].sigmoid() * share
    each = F.binary_cross_entropy_with_logits(logits[:, at["tags"]], soft, pos_weight=weights["tags"], reduction="none").sum(dim=1)
    scale = batch.weight.sum().clamp(min=1)
    total = (each * batch.weight).sum() / scale
    for name in ("dimension", "stage", "phase"):
        target = torch.where(batch.weight > 0, getattr(batch, name), -1)
        both = heard & (target >= 0)
        if bool(both.any()):
            said = told[both][:, at[name]].softmax(dim=1)
            total = total + mix[name] * teacher_share * F.cross_entropy(logits[both][:, at[name]], said)
        if bool((target >= 0).any()):
            total = total + mix[name] * F.cross_entropy(
                logits[:, at[name]], target, weight=weights[name], ignore_index=-1, label_smoothing=smoothing
            )
    known = batch.continues >= 0
    joined = batch.continues.float() * (1 - share[:, 0]) + told[:, WIDTH - 1].sigmoid() * share[:, 0]
    if bool(known.any()):
        total = total + mix["continues"] * F.binary_cross_entropy_with_logits(logits[known, WIDTH - 1], joined[known])
    if batch.own.shape[1]:
        given = batch.own >= 0
        mine = F.binary_cross_entropy_with_logits(
            logits[:, WIDTH:], batch.own.clamp(min=0) * (1 - smoothing) + smoothing / 10, pos_weight=weights["own"], reduction="none"
        )
        total = total + (mine * given).sum() / given.any(dim=1).sum().clamp(min=1)
    return total
