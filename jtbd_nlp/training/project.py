"""A whole training run: coded interviews in, a tagger's folder out."""

from __future__ import annotations

import logging
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from jtbd_nlp.errors import ConfigError
from jtbd_nlp.schema import TAGS
from jtbd_nlp.segment import load_segmenter
from jtbd_nlp.tag.decode import Scores
from jtbd_nlp.tag.encoder import EncoderTagger, load_encoder
from jtbd_nlp.tag.meta import FORMAT, TaggerMeta
from jtbd_nlp.tag.windows import Window
from jtbd_nlp.training import vocabulary
from jtbd_nlp.training.calibrate import Held, placed
from jtbd_nlp.training.dataset import Prepared, labelled_windows, prepare, rough
from jtbd_nlp.training.encoder import find_encoder, load_tokenizer
from jtbd_nlp.training.export import export
from jtbd_nlp.training.folds import settle
from jtbd_nlp.training.gold import Gold, read_gold, to_transcript
from jtbd_nlp.training.mishear import mishear
from jtbd_nlp.training.quantise import quantise
from jtbd_nlp.training.recipe import Recipe
from jtbd_nlp.training.record import blank_own, by_source, data_sha256, figures_of, licence, weights_sha256, write_meta
from jtbd_nlp.training.teacher import load_teacher, taught

logger = logging.getLogger("jtbd_nlp")
#: interviews that are read again to round weights by
READ_AGAIN = 40
#: called with a stage's name, how much of it is done, and how much there is
Progress = Callable[[str, int, int], None]


def train(
    recipe: str | Path | Recipe,
    out: str | Path | None = None,
    *,
    encoder: str | Path | None = None,
    teacher: str | Path | None = None,
    hold_out: Sequence[str] = (),
    progress: Progress | None = None,
) -> Path:
    """Train a tagger after a recipe; a run that was stopped goes on after its last whole epoch.

    Args:
        recipe: the recipe, or its file.
        out: folder of the tagger; None is the recipe's.
        encoder: folder or name of another encoder than the recipe's. A folder is looked for from where the program runs.
        teacher: folder of a finished tagger to learn from, in place of the recipe's; looked for from where the program runs.
        hold_out: sources to hold out altogether, beside the recipe's `held_out_sources`.
        progress: called as work is done.

    Returns:
        The folder of the finished tagger: `model.onnx`, `matrices.npz` (with `whole_numbers`), `tokenizer.json`, `meta.json`, and the fast tagger in `fast/`.

    Raises:
        ConfigError: the recipe or its data cannot be used.
        MissingExtraError: onnx is not installed.
    """
    recipe = recipe if isinstance(recipe, Recipe) else Recipe.from_toml(recipe)
    if encoder is not None:
        recipe = recipe.model_copy(update={"encoder": str(Path(encoder).resolve()) if Path(encoder).is_dir() else str(encoder)})
    if teacher is not None:
        recipe = recipe.model_copy(update={"teacher": str(Path(teacher).resolve())})
    recipe = recipe.model_copy(update={"held_out_sources": tuple(dict.fromkeys((*recipe.held_out_sources, *hold_out)))})
    folder = Path(out) if out is not None else recipe.path(recipe.out)
    gold = gather(recipe)
    shown = held_out(gold, recipe)
    fitted, held = split(gold, recipe)
    folder.mkdir(parents=True, exist_ok=True)
    pretrained = find_encoder(recipe)
    tokenizer = load_tokenizer(pretrained)
    if recipe.vocabulary is not None:
        vocabulary.check(tokenizer)
    logger.info("fitting on %d interviews (%s), thresholds from %d", len(fitted), ", ".join(sorted({g.source for g in fitted})), len(held))
    from jtbd_nlp.training.fitting import fit

    clean, roughened = prepare_all(fitted, tokenizer), prepare_all([rough(g) for g in fitted], tokenizer)
    if recipe.teacher is not None:
        clean = taught(clean, load_teacher(recipe), progress)
    misheard = prepare_all([mishear(g, recipe.seed) for g in fitted], tokenizer) if recipe.homophone_share else []
    kept = folder / "checkpoints"
    network = fit(
        recipe, clean, roughened, misheard=misheard, encoder=pretrained, checkpoints=kept, threads=recipe.threads, progress=progress
    )
    finish(network, recipe, fitted, held, pretrained, folder, shown=shown)
    from jtbd_nlp.training.linear import fit_linear

    fit_linear(recipe, [*clean, *roughened], unscored(held), fitted, folder / "fast", shown=unscored(shown))
    return folder


def finish(
    network: Any,
    recipe: Recipe,
    fitted: Sequence[Gold],
    held: Sequence[Gold],
    encoder: str | Path,
    folder: Path,
    *,
    shown: Sequence[Gold] = (),
) -> Path:
    """Export a fitted network, quantise it, and choose calibration and thresholds with the very weights that ship.

    The figures in `meta.json` are cross-validated over the interviews `held`, and those on the sources of `shown`, which are for nothing else.
    """
    tokenizer = load_tokenizer(encoder)
    if recipe.vocabulary is not None:
        tokenizer, network = vocabulary.cut(tokenizer, network, (g.text for g in fitted), recipe.vocabulary)
    tokenizer.save(str(folder / "tokenizer.json"))
    seen = read_again(fitted, tokenizer) if recipe.bits == 4 else []
    quantise(export(network, folder / "float.onnx"), folder / "model.onnx", recipe.bits, whole=recipe.whole_numbers, seen=seen)
    blank = TaggerMeta(
        format_version=FORMAT,
        operating_points={"balanced": dict.fromkeys(TAGS, 0.5)},
        own=blank_own(recipe),
        licence=licence(recipe),
        fitted_on=dict(sorted(Counter(g.source for g in fitted).items())),
        threshold_sources=tuple(sorted({g.source for g in held})),
        data_sha256=data_sha256(fitted),
        weights_sha256=weights_sha256(folder),
        recipe=recipe.record(),
    )
    write_meta(blank, folder)
    tagger = load_encoder(folder, "balanced", recipe.threads)
    settled = settle(score_held(tagger, held), blank)
    figures = figures_of(settled.placed, "held out", recipe)
    for source, mine in by_source(score_held(tagger, shown)).items():
        found = {point: placed(mine, settled.meta, point) for point in settled.meta.operating_points}
        figures |= figures_of(found, f"never fitted on, {source}", recipe)
    write_meta(settled.meta.model_copy(update={"figures": figures}), folder)
    return folder


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


def read_again(fitted: Sequence[Gold], tokenizer: Any) -> list[Window]:
    """Windows of some of the interviews fitted on, evenly picked."""
    some = fitted[:: max(1, len(fitted) // READ_AGAIN)]
    return [labelled.window for item in prepare_all(some, tokenizer) for labelled in labelled_windows(item)]


def prepare_all(gold: Sequence[Gold], tokenizer: Any) -> list[Prepared]:
    """Segment and tokenise interviews."""
    segmenter = load_segmenter()
    return [prepare(one, segmenter.segment(to_transcript(one)), tokenizer) for one in gold]


def gather(recipe: Recipe) -> list[Gold]:
    """All coded interviews of a recipe that are there, without the markets that are never fitted on.

    Raises:
        ConfigError: there is none, or an interview has a code that is neither a tag nor declared.
    """
    specs: list[str | Path] = []
    if recipe.corpus is not None:
        specs += [m for m in sorted(recipe.path(recipe.corpus).iterdir()) if (m / "market.json").exists() and m.name not in recipe.never]
    for spec in recipe.annotated:
        docs, _, notes = spec.rpartition(":")
        if recipe.path(spec).is_dir():
            specs.append(recipe.path(spec))
        elif docs and recipe.path(docs).is_dir() and recipe.path(notes).is_dir():
            specs.append(f"{recipe.path(docs)}:{recipe.path(notes)}")
        else:
            logger.warning("annotated interviews %s are not here; training goes on without them", docs or spec)
    gold = read_gold(specs, recipe.labels)
    if not gold:
        raise ConfigError("Got a recipe without a coded interview that is there. Set corpus or annotated in it.")
    if not recipe.codebook:
        gold = [replace(g, tagged=False) for g in gold]
    return sorted(gold, key=lambda g: g.name)


def held_out(gold: Sequence[Gold], recipe: Recipe) -> list[Gold]:
    """Interviews of the sources that the recipe holds out altogether.

    Raises:
        ConfigError: there is no such source.
    """
    known = sorted({g.source for g in gold})
    unknown = [name for name in recipe.held_out_sources if name not in known]
    if unknown:
        raise ConfigError(
            f"Got source {unknown[0]!r} to hold out; the recipe's interviews are of {', '.join(known)}. Name one of these, or leave it out."
        )
    return [g for g in gold if g.source in recipe.held_out_sources]


def split(gold: Sequence[Gold], recipe: Recipe) -> tuple[list[Gold], list[Gold]]:
    """Interviews to fit on, and interviews for thresholds: a share of each annotated source, and whole markets.

    Sources that the recipe holds out altogether are in neither.

    Raises:
        ConfigError: one side would lack interviews, or interviews that are coded with what is to be learned.
    """
    gold = [g for g in gold if g.source not in recipe.held_out_sources]
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
    fitted, thresholds = [g for g in gold if g.name not in held], [g for g in gold if g.name in held]
    _check_sides(fitted, thresholds, recipe)
    return fitted, thresholds


def _check_sides(fitted: Sequence[Gold], thresholds: Sequence[Gold], recipe: Recipe) -> None:
    for side, use, setting in (
        (fitted, "to fit on", "Add interviews, or set held_out_share or held_out_markets lower"),
        (thresholds, "for thresholds", "Set held_out_share or held_out_markets"),
    ):
        if not side:
            raise ConfigError(
                f"Got {len(fitted) + len(thresholds)} coded interviews, of which none is left {use}. {setting} in the recipe."
            )
        if recipe.codebook and not any(g.tagged for g in side):
            raise ConfigError(
                f"Got {len(side)} interviews {use}, none coded with the codebook's tags. Set codebook = false in the recipe to learn labels alone, or add a corpus."
            )
    missing = [label for label in recipe.labels if not any(label in s.labels for g in fitted for s in g.spans)]
    if missing:
        raise ConfigError(
            f"Got label {missing[0]!r}, which none of the {len(fitted)} interviews to fit on has. Code it there, or take it out of the recipe."
        )
    if not recipe.codebook and not recipe.labels:
        raise ConfigError("Got a recipe with codebook = false and no labels: nothing to learn. Set labels in it.")
