"""Agreement of two coders, a tagger among them, over the words of the interviewees; and intervals by resampling interviews."""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable, Sequence

from pydantic import BaseModel, ConfigDict

from jtbd_nlp.errors import ConfigError, MissingExtraError
from jtbd_nlp.schema import TAGS, Transcript
from jtbd_nlp.training.gold import to_transcript, words
from jtbd_nlp.training.scoring import Scored, tag_scores


class Agreement(BaseModel):
    """Cohen's kappa and Krippendorff's alpha (nominal) of one tag, in [-1, 1]; None where nobody gave it. Units are words."""

    model_config = ConfigDict(frozen=True)
    kappa: float | None
    alpha: float | None
    words: int


class Interval(BaseModel):
    """A figure and its 95 % percentile interval over resampled interviews."""

    model_config = ConfigDict(frozen=True)
    value: float
    low: float
    high: float


def agreement(items: Sequence[Scored], transcripts: Sequence[Transcript] | None = None) -> dict[str, Agreement]:
    """Chance-corrected agreement per tag, then per label of one's own: every word of a coded speaker is a unit, on or off for each coder.

    Args:
        items: Interviews with both codes.
        transcripts: The same, with the roles that say whose words count; None: those whose words are coded in the gold.

    Raises:
        MissingExtraError: the package `krippendorff` is not installed.
    """
    try:
        import krippendorff
    except ImportError as error:
        raise MissingExtraError("krippendorff", "train") from error
    import numpy as np
    from sklearn.metrics import cohen_kappa_score

    out: dict[str, Agreement] = {}
    spoken = [_spoken(item, t) for item, t in zip(items, transcripts or [to_transcript(i.gold) for i in items], strict=True)]
    for tag in (*TAGS, *sorted({label for item in items for label in item.gold.labels})):
        rows: list[tuple[int, int]] = []
        for item, heard in zip(items, spoken, strict=True):
            if item.gold.tagged if tag in TAGS else tag in item.gold.labels:
                rows += _word_codes(item, heard, tag)
        codes = np.asarray(rows, dtype=np.int8).reshape(-1, 2).T
        if codes.size == 0 or codes.min() == codes.max():
            out[tag] = Agreement(kappa=None, alpha=None, words=codes.shape[1])
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            kappa = float(cohen_kappa_score(codes[0], codes[1]))
            alpha = float(krippendorff.alpha(reliability_data=codes, level_of_measurement="nominal", value_domain=[0, 1]))
        out[tag] = Agreement(kappa=kappa, alpha=alpha, words=codes.shape[1])
    return out


def _spoken(item: Scored, transcript: Transcript) -> list[int]:
    """Indices of the words of those who answer."""
    heard = [(t.start, t.end) for t in transcript.turns if t.role != "interviewer"]
    picked, turn = [], 0
    for i, word in enumerate(words(item.gold.text)):
        while turn < len(heard) and heard[turn][1] <= word.start:
            turn += 1
        if turn < len(heard) and heard[turn][0] <= word.start:
            picked.append(i)
    return picked


def _word_codes(item: Scored, spoken: Sequence[int], tag: str) -> list[tuple[int, int]]:
    by_people = {i for s in item.gold.spans if s.carries(tag) for i in range(s.first, s.last)}
    by_tagger = {i for p in item.placed if tag in p.statement.tags or tag in p.statement.labels for i in range(p.first, p.last)}
    return [(int(i in by_people), int(i in by_tagger)) for i in spoken]


def micro_f1(items: Sequence[Scored]) -> float:
    """Micro F1 over tags: the default figure of `interval` and `paired`."""
    return tag_scores(items).micro_f1


def forces_f1(items: Sequence[Scored]) -> float:
    """Macro F1 over forces and outcomes."""
    return tag_scores(items).forces_outcome_macro_f1


def interval(items: Sequence[Scored], *, figure: Callable[[Sequence[Scored]], float] = micro_f1, n: int = 300, seed: int = 0) -> Interval:
    """Percentile bootstrap of a figure, interviews being drawn with replacement (Efron & Tibshirani 1993)."""
    rng = random.Random(seed)  # noqa: S311
    drawn = sorted(figure([items[rng.randrange(len(items))] for _ in items]) for _ in range(n))
    return Interval(value=figure(items), low=drawn[int(0.025 * n)], high=drawn[min(n - 1, int(0.975 * n))])


def paired(
    a: Sequence[Scored], b: Sequence[Scored], *, figure: Callable[[Sequence[Scored]], float] = micro_f1, n: int = 300, seed: int = 0
) -> Interval:
    """Gain of b over a on the same interviews, with its paired bootstrap interval: a change counts where the interval excludes zero.

    Raises:
        ConfigError: the two are not of the same interviews in the same order.
    """
    if [x.gold.name for x in a] != [x.gold.name for x in b]:
        raise ConfigError("Got results of different interviews; a paired comparison needs the same ones in the same order.")
    rng = random.Random(seed)  # noqa: S311
    gains = []
    for _ in range(n):
        picked = [rng.randrange(len(a)) for _ in a]
        gains.append(figure([b[i] for i in picked]) - figure([a[i] for i in picked]))
    gains.sort()
    return Interval(value=figure(b) - figure(a), low=gains[int(0.025 * n)], high=gains[min(n - 1, int(0.975 * n))])
