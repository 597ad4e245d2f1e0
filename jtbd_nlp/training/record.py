"""What a tagger's meta.json says of how it was made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from jtbd_nlp.tag.matrices import FILE
from jtbd_nlp.tag.meta import OwnLabels, TaggerMeta
from jtbd_nlp.training.calibrate import Held
from jtbd_nlp.training.gold import Gold
from jtbd_nlp.training.recipe import Recipe
from jtbd_nlp.training.scoring import Scored, own_scores, tag_scores

#: encoders of which it is known that they are under Apache-2.0
_APACHE = ("all-MiniLM-L6-v2", "all-mpnet-base-v2")


def write_meta(meta: TaggerMeta, folder: Path) -> None:
    """Write meta.json."""
    (folder / "meta.json").write_text(json.dumps(meta.model_dump(mode="json"), indent=1, sort_keys=False) + "\n", encoding="utf-8")


def figures_of(found: Mapping[str, Sequence[Scored]], name: str, recipe: Recipe) -> dict[str, dict[str, float]]:
    """What meta.json reports of the decisions at each operating point: those on tags, and those on the user's own labels."""
    figures = {}
    for point, items in found.items():
        of_tags = tag_scores(items) if recipe.codebook and any(s.gold.tagged for s in items) else None
        for suffix, scores in (("", of_tags), (", own labels", own_scores(items))):
            if scores is not None:
                figures[f"{name}, {point}{suffix}"] = {
                    "precision": round(scores.micro_precision, 3),
                    "recall": round(scores.micro_recall, 3),
                    "micro_f1": round(scores.micro_f1, 3),
                }
    return figures


def by_source(held: Iterable[Held]) -> dict[str, list[Held]]:
    """Interviews of each source, sources in order."""
    out: dict[str, list[Held]] = {}
    for one in sorted(held, key=lambda h: (h.gold.source, h.gold.name)):
        out.setdefault(one.gold.source, []).append(one)
    return out


def blank_own(recipe: Recipe) -> OwnLabels | None:
    """The user's own labels before thresholds are chosen; None where there are none."""
    if not recipe.labels:
        return None
    points = {"balanced": dict.fromkeys(recipe.labels, 0.5)}
    return OwnLabels(names=recipe.labels, codebook=recipe.codebook, operating_points=points)


def licence(recipe: Recipe) -> str:
    """Of the weights."""
    name = recipe.encoder_name
    encoder = f"Apache-2.0 (encoder {name})" if name in _APACHE else f"that of the encoder {name}"
    return f"{encoder}; fitted on the corpora named in CARD.md"


def data_sha256(gold: Sequence[Gold]) -> str:
    """sha256 over names, texts and codes of the interviews, whatever their order."""
    digest = hashlib.sha256()
    for one in sorted(gold, key=lambda g: g.name):
        codes = [(s.first, s.last, sorted(s.tags), s.dimension, s.stage, s.phase, *sorted(s.labels)) for s in one.spans]
        digest.update(json.dumps([one.name, one.text, codes], ensure_ascii=False).encode("utf-8"))
    return digest.hexdigest()


def weights_sha256(folder: Path) -> str:
    """sha256 over the files of an encoder's weights, one after the other."""
    digest = hashlib.sha256()
    for name in ("model.onnx", FILE):
        if (folder / name).exists():
            digest.update((folder / name).read_bytes())
    return digest.hexdigest()
