"""A run that was stopped goes on to the same weights, and only from checkpoints of its own data, recipe and encoder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import training_projects as projects

from jtbd_nlp.errors import ConfigError
from jtbd_nlp.training import fitting
from jtbd_nlp.training.dataset import Prepared, rough
from jtbd_nlp.training.encoder import find_encoder, load_tokenizer
from jtbd_nlp.training.project import gather, prepare_all, split
from jtbd_nlp.training.recipe import Recipe

LINES = ('corpus = "corpus"', 'held_out_markets = ["two"]')
#: so long that the number of windows, and with it of steps, differs from epoch to epoch
LONG = "".join(projects.STORY.replace("old one", f"{word} one") for word in ("old", "red", "big", "new", "last", "first", "slow"))


class Killed(Exception):
    """Raised in the middle of an epoch."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    projects.corpus(tmp_path, "one", "two")
    for n, path in enumerate(sorted((tmp_path / "corpus" / "one" / "stories").glob("*.txt"))):
        path.write_text(LONG * (n + 1))
    projects.encoder(tmp_path / "encoder")
    return tmp_path


def prepared(recipe: Recipe) -> list[list[Prepared]]:
    fitted, _ = split(gather(recipe), recipe)
    tokenizer = load_tokenizer(find_encoder(recipe))
    return [prepare_all(fitted, tokenizer), prepare_all([rough(g) for g in fitted], tokenizer)]


def weights(recipe: Recipe, checkpoints: Path, kill_at: int | None = None) -> dict[str, Any]:
    done = 0

    def progress(what: str, n: int, total: int) -> None:
        nonlocal done
        done += 1
        if done == kill_at:
            raise Killed

    clean, roughened = prepared(recipe)
    network = fitting.fit(recipe, clean, roughened, encoder=find_encoder(recipe), checkpoints=checkpoints, threads=1, progress=progress)
    return {**network.state_dict(), "steps": done}


def test_a_run_that_was_stopped_ends_with_the_weights_of_one_that_was_not(folder: Path) -> None:
    recipe = Recipe.from_toml(projects.recipe(folder, *LINES)).model_copy(update={"epochs": 3})
    whole = weights(recipe, folder / "whole")
    steps = whole.pop("steps")
    with pytest.raises(Killed):
        weights(recipe, folder / "cut", kill_at=steps - 2)
    assert sorted(p.name for p in (folder / "cut").iterdir()) == ["epoch1.safetensors", "epoch2.safetensors"]
    again = weights(recipe, folder / "cut")
    assert again.pop("steps") < steps, "it went on where it was"
    assert again.keys() == whole.keys()
    assert all(again[name].equal(value) for name, value in whole.items())
    assert (folder / "cut" / "epoch3.safetensors").read_bytes() == (folder / "whole" / "epoch3.safetensors").read_bytes()


def test_a_kill_while_a_checkpoint_is_written_leaves_nothing_broken(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import safetensors.torch

    recipe = Recipe.from_toml(projects.recipe(folder, *LINES)).model_copy(update={"epochs": 2})
    whole = weights(recipe, folder / "whole")
    write = safetensors.torch.save_file

    def half(tensors: Any, place: Path, metadata: Any) -> None:
        write(tensors, place, metadata)
        if "epoch2" in str(place):
            place.write_bytes(place.read_bytes()[: place.stat().st_size // 2])
            raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(safetensors.torch, "save_file", half)
        weights(recipe, folder / "cut")
    again = weights(recipe, folder / "cut")
    assert all(again[name].equal(value) for name, value in whole.items() if name != "steps")


@pytest.fixture
def run(folder: Path) -> Recipe:
    """A finished run of one epoch, its checkpoint in `kept`."""
    recipe = Recipe.from_toml(projects.recipe(folder, *LINES)).model_copy(update={"epochs": 1})
    weights(recipe, folder / "kept")
    return recipe


def test_a_corpus_that_grew_is_not_passed_off_as_what_old_weights_were_fitted_on(run: Recipe, folder: Path) -> None:
    stories = folder / "corpus" / "one"
    known = json.loads((stories / "market.json").read_text())
    known["stories"].append({"id": "s04", "pathway": "A"})
    (stories / "market.json").write_text(json.dumps(known))
    (stories / "stories" / "s04.txt").write_text(projects.STORY)
    with pytest.raises(ConfigError, match=r"epoch1\.safetensors.* another data\. Expected .*Train into another folder, or delete .*kept"):
        weights(run, folder / "kept")


def test_a_code_that_was_corrected_counts_as_other_data(run: Recipe, folder: Path) -> None:
    story = folder / "corpus" / "one" / "stories" / "s00.txt"
    story.write_text(story.read_text().replace("<<push P1", "<<anxiety P1", 1))
    with pytest.raises(ConfigError, match="another data"):
        weights(run, folder / "kept")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"learning_rate": 1e-3}, r"learning_rate \(0\.00015\)"),
        ({"seed": 2}, r"seed \(1\)"),
        ({"mix": {"dimension": 1.0}}, "mix"),
        ({"epochs": 2}, r"schedule \(epochs, warmup"),
        ({"warmup": 0.5}, r"schedule \(epochs, warmup"),
    ],
)
def test_another_recipe_is_refused_by_the_setting_s_name(run: Recipe, folder: Path, change: dict[str, Any], named: str) -> None:
    other = Recipe.model_validate({**run.model_dump(), **change})
    with pytest.raises(ConfigError, match=f"another {named}"):
        weights(other, folder / "kept")


def test_another_encoder_is_refused_and_the_same_one_elsewhere_is_not(run: Recipe, folder: Path) -> None:
    shutil.copytree(folder / "encoder", folder / "moved")
    assert weights(run.model_copy(update={"encoder": "moved"}), folder / "kept")["steps"] == 0
    import torch

    torch.manual_seed(99)
    projects.encoder(folder / "other")
    shutil.copy(folder / "encoder" / "tokenizer.json", folder / "other")
    with pytest.raises(ConfigError, match="another encoder"):
        weights(run.model_copy(update={"encoder": "other"}), folder / "kept")


def test_what_does_not_bear_on_the_weights_may_change(run: Recipe, folder: Path) -> None:
    other = run.model_copy(update={"threads": 2, "out": "elsewhere", "blend": {"1": 1.0}, "never": ("three",)})
    assert weights(other, folder / "kept")["steps"] == 0


def test_more_epochs_are_allowed_where_those_done_would_have_been_the_same(folder: Path) -> None:
    recipe = Recipe.from_toml(projects.recipe(folder, *LINES)).model_copy(update={"epochs": 3, "restart_after": 2})
    with pytest.raises(Killed):
        weights(recipe, folder / "kept", kill_at=weights(recipe, folder / "whole")["steps"] - 1)
    assert (folder / "kept" / "epoch2.safetensors").exists()
    rates = [fitting._rate(step, 100, recipe) for step in range(200)]
    longer = recipe.model_copy(update={"epochs": 5})
    assert rates == [fitting._rate(step, 100, longer) for step in range(200)], "the first rise and fall is that of two epochs in both"
    (folder / "kept" / "epoch2.safetensors").unlink()
    straight = weights(longer, folder / "straight")
    resumed = weights(longer, folder / "kept")
    assert resumed["steps"] < straight["steps"]
    assert all(resumed[name].equal(value) for name, value in straight.items() if name != "steps")


@pytest.mark.parametrize("spoil", ["unsigned", "damaged"])
def test_a_checkpoint_that_cannot_be_told_or_read_is_refused(run: Recipe, folder: Path, spoil: str) -> None:
    from safetensors.torch import load_file, save_file

    place = folder / "kept" / "epoch1.safetensors"
    if spoil == "unsigned":
        save_file(load_file(place), place)
    else:
        place.write_bytes(place.read_bytes()[:5000])
    with pytest.raises(ConfigError, match="does not say which data" if spoil == "unsigned" else "cannot be read"):
        weights(run, folder / "kept")
