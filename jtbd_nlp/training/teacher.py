"""A larger tagger as the teacher of a smaller one: what it gives for each segment is learned beside the codes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from jtbd_nlp.errors import ConfigError, ModelError
from jtbd_nlp.tag.decode import Run
from jtbd_nlp.tag.encoder import EncoderTagger, load_encoder
from jtbd_nlp.training.dataset import Prepared
from jtbd_nlp.training.model import WIDTH
from jtbd_nlp.training.recipe import Recipe


def load_teacher(recipe: Recipe) -> EncoderTagger:
    """The finished tagger that a recipe names as its teacher.

    Raises:
        ConfigError: there is none in that folder, or it was fitted with something that is held out of the recipe.
    """
    folder = recipe.path(recipe.teacher or "")
    try:
        teacher = load_encoder(folder, "balanced", recipe.threads)
    except ModelError as error:
        raise ConfigError(
            f"Got teacher {recipe.teacher!r}, which is no finished tagger: {error} Train it first, or leave teacher out."
        ) from error
    kept_apart = {*recipe.held_out_sources, *recipe.held_out_markets, *recipe.never}
    seen = sorted(kept_apart & teacher.meta.fitted_on.keys())
    if seen:
        raise ConfigError(
            f"Got teacher {recipe.teacher!r}, which was fitted on {seen[0]!r}; the recipe holds that out, and would learn of it through the teacher. "
            "Train the teacher with the same interviews held out."
        )
    return teacher


def taught(items: Sequence[Prepared], teacher: EncoderTagger, progress: Callable[[str, int, int], None] | None = None) -> list[Prepared]:
    """The interviews with the teacher's logits for each of their segments that is listened to.

    It reads them as they were written. Their rough and misheard forms have other segments, and are learned from the codes alone.
    """
    out = []
    for done, item in enumerate(items, 1):
        rows = teacher.scores(item.transcript, item.segments).rows
        logits = (rows.get(Run(i, i + 1), ()) for i in range(len(item.segments)))
        out.append(replace(item, taught=tuple(tuple(row[:WIDTH]) for row in logits)))
        if progress:
            progress("teach", done, len(items))
    return out
