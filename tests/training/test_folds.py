"""Figures of held-out interviews are of settings that were chosen on other interviews."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from jtbd_nlp.schema import TAGS, Transcript
from jtbd_nlp.tag.decode import Scores
from jtbd_nlp.tag.meta import FORMAT, TaggerMeta
from jtbd_nlp.training import folds as module
from jtbd_nlp.training.calibrate import CAREFUL, GRID, UNKNOWN, Count, Held
from jtbd_nlp.training.folds import FOLDS, folds, settle
from jtbd_nlp.training.gold import Gold

BLANK = TaggerMeta(format_version=FORMAT, operating_points={"balanced": dict.fromkeys(TAGS, 0.5)})


def held(name: str, source: str = "one", text: str = "Ana: Yes.\n") -> Held:
    return Held(Gold(name, text, (), source=source), Transcript(id=name, text=text, turns=()), (), Scores({}))


interviews = st.lists(st.tuples(st.sampled_from("abcdefghijkl"), st.sampled_from(["one", "two", "three"])), max_size=14)


@given(interviews, st.integers(2, 6), st.randoms())
def test_folds_never_split_an_interview_and_try_each_once_whatever_the_order(
    given: list[tuple[str, str]], number: int, random: Any
) -> None:
    items = [held(name, source) for name, source in given]
    found = folds(items, number)
    names = {name for name, _ in given}
    assert len(found) == (min(number, len(names)) if len(names) > 1 else 0)
    for fold in found:
        tried, chosen = ({h.gold.name for h in side} for side in (fold.tried_on, fold.chosen_on))
        assert tried and chosen and not tried & chosen and tried | chosen == names
        assert len(fold.tried_on) + len(fold.chosen_on) == len(items)
    if found:
        assert sorted((h.gold.name, h.gold.source) for fold in found for h in fold.tried_on) == sorted(given)
    random.shuffle(items)
    assert [[h.gold.name for h in f.tried_on] for f in folds(items, number)] == [[h.gold.name for h in f.tried_on] for f in found]


def test_a_source_is_spread_over_the_folds() -> None:
    items = [held(f"{source}{i}", source) for source in ("one", "two", "three") for i in range(10)]
    for fold in folds(items):
        assert [sum(h.gold.source == source for h in fold.tried_on) for source in ("one", "two", "three")] == [2, 2, 2]


def test_what_is_reported_of_an_interview_was_not_chosen_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings carry the names that they were chosen on, all along."""

    def names_of(items: Any) -> str:
        return " ".join(sorted(h.gold.name for h in items))

    def choose(items: Any, meta: TaggerMeta, thresholds: Any = None) -> TaggerMeta:
        points = {"balanced": dict.fromkeys(TAGS, 0.4), "careful": dict.fromkeys(TAGS, 0.8)}
        return meta.model_copy(update={"name": names_of(items), "operating_points": points})

    seen: list[tuple[str, str, str]] = []

    def decide(items: Any, meta: TaggerMeta, point: str) -> list[str]:
        seen.extend((h.gold.name, meta.name, point) for h in items)
        return [h.gold.name for h in items]

    monkeypatch.setattr(module, "calibrate", choose)
    monkeypatch.setattr(module, "tune_none", lambda items, meta: meta if names_of(items) == meta.name else pytest.fail("another set"))
    monkeypatch.setattr(module, "placed", decide)
    items = [held(f"p{i:02}") for i in range(12)]
    settled = settle(items, BLANK)
    assert settled.meta.name == names_of(items), "what ships is chosen on all"
    assert set(settled.placed) == {"balanced", "careful"}
    assert all(sorted(names) == [f"p{i:02}" for i in range(12)] for names in settled.placed.values())
    assert len(seen) == 24
    for name, chosen_on, _ in seen:
        assert name not in chosen_on.split()
        assert len(chosen_on.split()) >= 12 - 12 // FOLDS - 1


def test_thresholds_are_those_that_the_folds_support_together() -> None:
    def counts(holds_from: float) -> list[Count]:
        return [Count(90 if t >= holds_from else 70, 100, 50, 100) for t in GRID]

    points = module._points([0.2, 0.3, 0.26], [counts(0.3), counts(0.3), counts(0.3)])
    assert points == {"balanced": 0.26, "careful": 0.3}
    points = module._points([0.2, 0.3, 0.26], [counts(0.3), counts(0.5), counts(0.7)])
    assert points == {"balanced": 0.26, "careful": 0.7}, f"2 of 3 folds alone: {(90 + 90 + 70) / 300:.2f} is not {CAREFUL}"
    assert module._points([0.5], [[Count(0, 0, 0, 0) for _ in GRID]]) == UNKNOWN


def test_one_interview_is_chosen_on_and_nothing_is_reported() -> None:
    settled = settle([held("alone")], BLANK)
    assert settled.placed == {}
    assert settled.meta.operating_points == {point: dict.fromkeys(TAGS, t) for point, t in UNKNOWN.items()}


def test_settings_do_not_depend_on_the_order_of_interviews() -> None:
    items = [held(name) for name in "cabde"]
    assert settle(items, BLANK).meta == settle(items[::-1], BLANK).meta
