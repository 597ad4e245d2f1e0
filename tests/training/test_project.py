"""A whole training run, on a handful of interviews and encoders of random numbers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import training_projects as projects

from jtbd_nlp.config import TagConfig
from jtbd_nlp.errors import ConfigError
from jtbd_nlp.tag import load_tagger
from jtbd_nlp.tag.windows import Talk, stream
from jtbd_nlp.training import evaluate_tagger, train
from jtbd_nlp.training.encoder import find_encoder, load_tokenizer
from jtbd_nlp.training.project import gather, split
from jtbd_nlp.training.recipe import Recipe
from jtbd_nlp.training.record import data_sha256

LINES = ('corpus = "corpus"', 'never = ["three"]', 'held_out_markets = ["two"]', 'annotated = ["absent/docs:absent/ann"]')


@pytest.fixture
def recipe(tmp_path: Path) -> Path:
    projects.corpus(tmp_path, "one", "two", "three")
    return projects.recipe(tmp_path, *LINES)


@pytest.mark.parametrize("family", projects.FAMILIES)
def test_a_recipe_becomes_a_tagger_that_loads_and_says_what_it_was_fitted_on(recipe: Path, family: str) -> None:
    pytest.importorskip("onnx")
    projects.encoder(recipe.parent / "encoder", family)
    folder = train(recipe)
    meta = json.loads((folder / "meta.json").read_text())
    assert meta["fitted_on"] == {"one": 4}
    assert meta["threshold_sources"] == ["two"]
    assert set(meta["operating_points"]) == {"balanced", "careful"}
    assert not {"own", "labels"} & {*meta["recipe"], *(key for key in meta if key == "own")}, "nothing of own labels where there are none"
    tagger = load_tagger(TagConfig(model=folder))
    evaluation = evaluate_tagger(tagger, [recipe.parent / "corpus" / "three"])
    assert evaluation.interviews == 4
    assert evaluate_tagger(load_tagger(TagConfig(model=folder / "fast")), [recipe.parent / "corpus" / "three"]).interviews == 4
    before = (folder / "model.onnx").read_bytes()
    assert (train(recipe) / "model.onnx").read_bytes() == before, "a finished run goes on from its last checkpoint to the same weights"


def test_shown_markets_are_never_fitted_on_and_the_split_does_not_depend_on_order(recipe: Path) -> None:
    loaded = Recipe.from_toml(recipe)
    gold = gather(loaded)
    assert {g.source for g in gold} == {"one", "two"}
    fitted, held = split(gold, loaded)
    again, _ = split(gold[::-1], loaded)
    assert {g.name for g in fitted}.isdisjoint({g.name for g in held})
    assert {g.name for g in again} == {g.name for g in fitted}
    assert data_sha256(gold) == data_sha256(gold[::-1])


def test_a_recipe_with_an_unknown_key_is_refused(recipe: Path) -> None:
    recipe.write_text(recipe.read_text() + "momentum = 0.9\n")
    with pytest.raises(ConfigError, match="momentum"):
        Recipe.from_toml(recipe)


@pytest.mark.parametrize("inside", ["", "0_Transformer"])
def test_the_transformer_of_a_sentence_transformers_folder_is_found(tmp_path: Path, inside: str) -> None:
    projects.encoder(tmp_path / "encoder", inside=inside)
    found = find_encoder(Recipe.from_toml(projects.recipe(tmp_path)))
    assert Path(found) == tmp_path / "encoder" / inside and (Path(found) / "config.json").is_file()


def test_a_vocabulary_without_a_fast_tokenizer_s_file_is_converted(tmp_path: Path) -> None:
    folder = projects.encoder(tmp_path / "encoder")
    before = load_tokenizer(folder)
    words = sorted(before.get_vocab(), key=before.get_vocab().__getitem__)
    (folder / "vocab.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    (folder / "tokenizer.json").unlink()
    text = "The old one kept breaking."
    assert load_tokenizer(folder).encode(text).ids == before.encode(text).ids


@pytest.mark.parametrize("family", projects.FAMILIES)
def test_a_text_is_opened_and_closed_as_the_encoder_learned_it(tmp_path: Path, family: str) -> None:
    tokenizer = load_tokenizer(projects.encoder(tmp_path / "encoder", family))
    found = stream("Ana: It broke.", [Talk(5, 14, True)], tokenizer)
    opening, closing = ("[CLS]", "[SEP]") if family in ("bert", "distilbert") else ("<s>", "</s>")
    assert (found.cls, found.sep) == (tokenizer.token_to_id(opening), tokenizer.token_to_id(closing))


def test_an_encoder_that_will_not_do_is_named_with_what_is_allowed(tmp_path: Path) -> None:
    folder = tmp_path / "encoder"
    recipe = Recipe.from_toml(projects.recipe(tmp_path))
    folder.mkdir()
    with pytest.raises(ConfigError, match=r"config\.json"):
        find_encoder(recipe)
    (folder / "config.json").write_text(json.dumps({"model_type": "gpt2"}))
    with pytest.raises(ConfigError, match=r"'gpt2'.*bert, mpnet, roberta, distilbert"):
        find_encoder(recipe)
    (folder / "config.json").write_text(json.dumps({"model_type": "bert"}))
    with pytest.raises(ConfigError, match="tokenizer"):
        load_tokenizer(find_encoder(recipe))
