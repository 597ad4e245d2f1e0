"""A whole training run, on a handful of interviews and an encoder of random numbers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jtbd_nlp.config import TagConfig
from jtbd_nlp.errors import ConfigError
from jtbd_nlp.tag import load_tagger
from jtbd_nlp.training import evaluate_tagger, train
from jtbd_nlp.training.project import data_sha256, gather, split
from jtbd_nlp.training.recipe import Recipe

MARKET = {"stories": [{"id": f"s{i:02}", "pathway": "A" if i % 2 else "B"} for i in range(4)]}
STORY = (
    "Interviewer: Tell me about it.\n"
    "Ana: <<push P1 functional first_thought: The old one kept breaking every week>>. It was blue.\n"
    "Interviewer: And then?\n"
    "Ana: <<pull L1 emotional ongoing_use: I love how quiet the new one is>>, and <<step execute ongoing_use: I check it every morning>>.\n"
)


@pytest.fixture(params=["bert", "mpnet"])
def recipe(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers
    from transformers import BertConfig, BertModel, MPNetConfig, MPNetModel

    for name in ("one", "two", "three"):
        stories = tmp_path / "corpus" / name / "stories"
        stories.mkdir(parents=True)
        (stories.parent / "market.json").write_text(json.dumps(MARKET))
        for story in MARKET["stories"]:
            (stories / f"{story['id']}.txt").write_text(STORY)
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = ["[PAD]", "[UNK]", *(("[CLS]", "[SEP]") if request.param == "bert" else ("<s>", "</s>"))]
    tokenizer.train_from_iterator([STORY], trainers.WordPieceTrainer(vocab_size=1100, special_tokens=special))
    encoder = tmp_path / "encoder"
    size = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32, "vocab_size": 2100}
    model = BertModel(BertConfig(**size)) if request.param == "bert" else MPNetModel(MPNetConfig(**size))
    model.save_pretrained(encoder)
    tokenizer.save(str(encoder / "tokenizer.json"))
    path = tmp_path / "recipe.toml"
    path.write_text(
        'out = "out"\ncorpus = "corpus"\nnever = ["three"]\nheld_out_markets = ["two"]\nencoder = "encoder"\n'
        'annotated = ["absent/docs:absent/ann"]\nepochs = 2\nbatch_windows = 2\nhidden = 16\nthreads = 1\n'
    )
    return path


def test_a_recipe_becomes_a_tagger_that_loads_and_says_what_it_was_fitted_on(recipe: Path) -> None:
    pytest.importorskip("onnx")
    folder = train(recipe)
    meta = json.loads((folder / "meta.json").read_text())
    assert meta["fitted_on"] == {"one": 4}
    assert meta["threshold_sources"] == ["two"]
    assert set(meta["operating_points"]) == {"balanced", "careful"}
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
