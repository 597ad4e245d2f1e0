"""A source held out of training, and float weights beside those that ship: one small run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import training_projects as projects

from benchmarks import quantised
from jtbd_nlp.errors import ConfigError
from jtbd_nlp.training import read_gold, train
from jtbd_nlp.training.project import gather, held_out, split
from jtbd_nlp.training.recipe import Recipe

LINES = ('corpus = "corpus"', 'held_out_markets = ["two"]')


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("onnx")
    place = tmp_path_factory.mktemp("held-out")
    projects.corpus(place, "one", "two", "three")
    projects.encoder(place / "encoder")
    return train(projects.recipe(place, *LINES), hold_out=["three"])


def test_a_run_without_a_source_says_how_it_does_on_it(folder: Path) -> None:
    for place in (folder, folder / "fast"):
        meta = json.loads((place / "meta.json").read_text())
        assert meta["fitted_on"] == {"one": 4} and meta["threshold_sources"] == ["two"]
        assert {"held out, balanced", "never fitted on, three, balanced", "never fitted on, three, careful"} <= set(meta["figures"])
        assert set(meta["figures"]["never fitted on, three, balanced"]) == {"precision", "recall", "micro_f1"}
    assert json.loads((folder / "meta.json").read_text())["recipe"]["held_out_sources"] == ["three"]


def test_a_source_that_is_held_out_is_on_neither_side(tmp_path: Path) -> None:
    projects.corpus(tmp_path, "one", "two", "three")
    projects.own_interviews(tmp_path / "mine")
    recipe = Recipe.from_toml(projects.recipe(tmp_path, *LINES, 'annotated = ["mine"]', 'labels = ["price", "onboarding"]'))
    whole, thresholds = split(gather(recipe), recipe)
    without = recipe.model_copy(update={"held_out_sources": ("three",)})
    fitted, held = split(gather(without), without)
    assert {g.source for g in held_out(gather(without), without)} == {"three"}
    assert [g.name for g in fitted] == [g.name for g in whole if g.source != "three"], "the others stay on their sides"
    assert [g.name for g in held] == [g.name for g in thresholds]


def test_a_source_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    projects.corpus(tmp_path, "one", "two")
    with pytest.raises(ConfigError, match=r"'tow' to hold out; .* one, two\."):
        train(projects.recipe(tmp_path, *LINES), hold_out=["tow"])
    assert not (tmp_path / "out").exists()


def test_float_and_quantised_weights_are_held_against_each_other(folder: Path) -> None:
    found = quantised.compare(folder, read_gold([folder.parent / "corpus" / "three"]), "balanced", 1)
    assert found["interviews"] == 4 and found["is_what_ships"] is False
    gain = found["gain_of_quantised"]["micro_f1"]
    assert gain["low"] <= gain["value"] <= gain["high"]
    assert gain["value"] == pytest.approx(found["model.onnx"]["micro_f1"] - found["float.onnx"]["micro_f1"], abs=1e-3)
    assert 0 <= found["greatest_difference_of_a_logit"] < 0.5
