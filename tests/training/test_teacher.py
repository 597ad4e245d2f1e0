"""A tagger that learns from a larger one, on a handful of interviews and encoders of random numbers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import training_projects as projects

from jtbd_nlp.errors import ConfigError
from jtbd_nlp.training import train
from jtbd_nlp.training.encoder import load_tokenizer
from jtbd_nlp.training.model import WIDTH
from jtbd_nlp.training.project import gather, prepare_all
from jtbd_nlp.training.recipe import Recipe
from jtbd_nlp.training.teacher import load_teacher, taught

LINES = ('corpus = "corpus"', 'held_out_markets = ["two"]')


@pytest.fixture(scope="module")
def teacher(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished tagger on another family of encoders than its pupil's."""
    pytest.importorskip("onnx")
    folder = tmp_path_factory.mktemp("teacher")
    projects.corpus(folder, "one", "two")
    projects.encoder(folder / "encoder", "mpnet")
    return train(projects.recipe(folder, *LINES))


def pupil(folder: Path, teacher: Path, *lines: str) -> Path:
    projects.corpus(folder, "one", "two")
    projects.encoder(folder / "encoder")
    return projects.recipe(folder, *LINES, f'teacher = "{teacher}"', *lines)


def test_every_segment_that_is_listened_to_is_taught(tmp_path: Path, teacher: Path) -> None:
    recipe = Recipe.from_toml(pupil(tmp_path, teacher))
    items = taught(prepare_all(gather(recipe), load_tokenizer(tmp_path / "encoder")), load_teacher(recipe))
    for item in items:
        for segment, row in zip(item.segments, item.taught, strict=True):
            assert len(row) == (WIDTH if item.transcript.turns[segment.turn].role != "interviewer" else 0)


def test_a_pupil_comes_nearer_to_its_teacher_than_one_without(tmp_path: Path, teacher: Path) -> None:
    pytest.importorskip("onnx")
    recipe = Recipe.from_toml(pupil(tmp_path, teacher, "teacher_share = 1.0", "label_smoothing = 0.0"))
    recipe = recipe.model_copy(update={"epochs": 30, "learning_rate": 1e-3, "head_learning_rate": 5e-3, "average_decay": 0.9})
    alone = train(recipe.model_copy(update={"teacher": None}), tmp_path / "alone")
    led = train(recipe, tmp_path / "led")
    items = taught(prepare_all(gather(recipe), load_tokenizer(tmp_path / "encoder")), load_teacher(recipe))

    def distance(folder: Path) -> float:
        own = taught(items, load_teacher(recipe.model_copy(update={"teacher": str(folder)})))
        pairs = [
            (a, b)
            for x, y in zip(items, own, strict=True)
            for p, q in zip(x.taught, y.taught, strict=True)
            for a, b in zip(p[:11], q[:11], strict=True)
        ]
        return sum((a - b) ** 2 for a, b in pairs) / len(pairs)

    assert distance(led) < distance(alone) / 2
    told = json.loads((led / "meta.json").read_text())["recipe"]
    assert told["teacher"] == teacher.name, "its name, no path of a machine"
    assert "teacher" not in json.loads((alone / "meta.json").read_text())["recipe"]


def test_a_teacher_can_be_given_beside_the_recipe(tmp_path: Path, teacher: Path) -> None:
    recipe = Recipe.from_toml(pupil(tmp_path, teacher))
    alone = recipe.model_copy(update={"teacher": None})
    assert data_of(train(alone, tmp_path / "given", teacher=teacher)) == data_of(train(recipe, tmp_path / "named"))
    assert data_of(tmp_path / "given") != data_of(train(alone, tmp_path / "alone"))


def data_of(folder: Path) -> tuple[bytes, str]:
    return (folder / "model.onnx").read_bytes(), (folder / "meta.json").read_text()


def test_the_shipped_recipes_keep_the_same_interviews_apart() -> None:
    models = Path(__file__).parents[2] / "models" / "tagger"
    own, larger = Recipe.from_toml(models / "recipe.toml"), Recipe.from_toml(models / "teacher.toml")
    for setting in ("corpus", "annotated", "never", "held_out_share", "held_out_markets", "held_out_sources"):
        assert getattr(own, setting) == getattr(larger, setting)


def test_a_teacher_that_knows_what_is_held_out_is_refused(tmp_path: Path, teacher: Path) -> None:
    recipe = Recipe.from_toml(pupil(tmp_path, teacher)).model_copy(update={"held_out_markets": ("one",)})
    with pytest.raises(ConfigError, match="fitted on 'one'"):
        load_teacher(recipe)


def test_a_folder_without_a_tagger_is_no_teacher(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ConfigError, match="no finished tagger"):
        load_teacher(Recipe.from_toml(pupil(tmp_path, tmp_path / "empty")))
