"""How the weights of hired and fired are fitted: the module that is written, thresholds, sizes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from benchmarks.products_fit import markets, written
from benchmarks.products_gold import heads, is_key_right, is_right
from benchmarks.products_model import Said, Size, smallest, threshold
from jtbd_nlp.synthesise.hiring import ROLES


def test_what_is_written_is_a_module_that_says_the_same() -> None:
    weights: Mapping[Any, Mapping[str, float]] = {role: {"name": 1.234, "bias": -3.0, "old": -2.0} for role in ROLES}
    text = written(weights, {"hired": 0.3, "fired": 0.4}, {"hired": 0.5, "fired": 0.6}, 3, 40)
    made: dict[str, Any] = {}
    exec(compile(text, "hiring", "exec"), made)
    assert made["WEIGHTS"] == {role: {"bias": -3.0, "old": -2.0, "name": 1.23} for role in ROLES}
    assert list(made["WEIGHTS"]["hired"]) == ["bias", "old", "name"]
    assert (made["ENOUGH"], made["ENOUGH_MORE"]["fired"]) == ({"hired": 0.3, "fired": 0.4}, 0.6)


def test_nothing_is_fitted_on_what_is_held_out() -> None:
    names = {folder.name for folder in markets([])}
    assert names
    assert not names & {"clinics", "sleep"}


def test_the_smallest_model_within_the_noise_is_kept() -> None:
    sizes = [Size(4, 1.0, 0.05, 0.1), Size(8, 0.92, 0.03, 0.2), Size(12, 0.9, 0.0, 0.2)]
    assert smallest(sizes) == 1


def test_a_threshold_is_the_lowest_that_is_right_often_enough() -> None:
    found = [Said((0.9, 0.8), (True, False)), Said((0.5, 0.4), (True, True)), Said((0.3,), (False,)), Said((0.25,), (False,))]
    assert threshold(found, 0.6, further=False) == pytest.approx(0.26)
    assert threshold(found, 1.0, further=False) == pytest.approx(0.31)
    assert threshold(found, 0.6, further=True) == pytest.approx(0.81), "nothing is named further where too little of it is right"


def test_a_thing_is_right_by_its_head_noun_or_name() -> None:
    assert heads("a wool topper on the old mattress") == {"topper"}
    assert is_right("the Sleeplet toppers", ("a wool topper",))
    assert not is_right("the mattress", ("a wool topper on the old mattress",))
    assert is_key_right("mysql", ("hand-sharded MySQL",))
