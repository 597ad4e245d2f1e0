"""Labels of one's own, from coded interviews to what a run writes: the page docs/own-tagger.md, run on little data."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
import training_projects as projects
from typer.testing import CliRunner

from jtbd_nlp import Analysis
from jtbd_nlp.cli.app import app
from jtbd_nlp.errors import ConfigError
from jtbd_nlp.training.gold import read_gold, to_statements
from jtbd_nlp.training.project import gather, split
from jtbd_nlp.training.recipe import Recipe
from jtbd_nlp.training.record import data_sha256
from jtbd_nlp.verify import verify

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "own-tagger.md").read_text(encoding="utf-8")
QUICK = 'epochs = 1\nbatch_windows = 2\nhidden = 16\nthreads = 1\nheld_out_markets = ["two"]\n'


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, flags=re.DOTALL)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which every command of the page has been run, in order; what each printed is in `printed.json`."""
    pytest.importorskip("onnx")
    folder = tmp_path_factory.mktemp("own")
    projects.corpus(folder / "models", "one", "two").rename(folder / "models" / "corpora")
    projects.own_interviews(folder / "coded", 5)
    projects.own_interviews(folder / "coded-apart", 2)
    projects.own_interviews(folder / "coded-by-another", 2)
    projects.encoder(folder / "my-encoder", inside="0_Transformer")
    (recipe,) = blocks("toml")
    recipe = re.sub(r"^held_out_markets.*$", "", recipe, flags=re.MULTILINE).replace('"all-MiniLM-L6-v2"', '"my-encoder"')
    (folder / "recipe.toml").write_text(QUICK + recipe)
    (folder / "quick.toml").write_text('[embed]\nmodel = "hashing"\n')
    (folder / "interviews").mkdir()
    for one in read_gold([folder / "coded-apart"], labels=None):
        (folder / "interviews" / f"{one.name}.txt").write_text(one.text)
    printed = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for line in "".join(blocks("console")).splitlines():
            words = line.split()[1:]
            if words[0] == "run":  # the tagger without a transformer learns this little exactly
                words = [*("my-tagger/fast" if w == "my-tagger" else w for w in words), "--config", "quick.toml"]
            done = CliRunner().invoke(app, words)
            assert done.exit_code == 0, f"{line}: {done.output}"
            printed[line] = done.stdout
    (folder / "printed.json").write_text(json.dumps(printed))
    return folder


def test_a_run_gives_own_labels_beside_the_tags(place: Path) -> None:
    study = place / "study"
    analysis = Analysis.load(study)
    assert analysis.schema_version in ("1.1", "1.2", "1.3") and verify(study).ok
    alone = [s for s in analysis.statements if s.labels and not s.tags]
    assert alone and {"price"} == {label for s in alone for label in s.labels}
    assert any({"onboarding"} == set(s.labels) and "push" in s.tags for s in analysis.statements)
    assert any("pull" in s.scores for s in alone), "tags are scored as ever"
    frame = analysis.to_frame("statements")
    assert set(frame["labels"]) == {"price", "onboarding"}
    assert frame["p_price"].max() <= 1 and frame["p_price"].notna().sum() == sum("price" in s.labels for s in analysis.statements)
    page = (study / "report.html").read_text(encoding="utf-8")
    assert 'id="own-price"' in page and 'data-tag="onboarding"' in page
    written = [json.loads(line) for line in (study / "statements.jsonl").read_text(encoding="utf-8").splitlines()]
    assert all(0 < row["labels"]["price"] <= 1 for row in written if "price" in row["labels"])
    assert not {name for theme in analysis.themes for name in theme.statements} & {s.id for s in alone}


def test_the_tagger_says_what_its_columns_are_and_how_good_they_were(place: Path) -> None:
    meta = json.loads((place / "my-tagger" / "meta.json").read_text())
    assert meta["own"]["names"] == ["price", "onboarding"] and set(meta["own"]["calibration"]) == {"price", "onboarding"}
    assert set(meta["own"]["operating_points"]) == {"balanced", "careful"}
    assert "held out, balanced, own labels" in meta["figures"]
    assert meta["recipe"]["encoder"] == "my-encoder" and "my-encoder" in meta["licence"]
    assert str(place) not in json.dumps(meta)
    other = json.loads((place / "my-other-tagger" / "meta.json").read_text())
    assert other["weights_sha256"] == meta["weights_sha256"], "the same encoder, named by the recipe or by hand"


def test_evaluation_covers_own_labels(place: Path) -> None:
    printed = json.loads((place / "printed.json").read_text())
    alone, table, coders = (text for line, text in printed.items() if line.startswith("jtbd evaluate"))
    figures = json.loads(alone)
    assert set(figures["own_labels"]["labels"]) == {"price", "onboarding"} and {"price", "push"} <= set(figures["agreement"])
    assert table.splitlines()[0].count("own labels F1") == 1
    assert [row.split("|")[1].strip() for row in table.splitlines()[2:5]] == ["my-tagger", "default", "fast"]
    assert re.search(r"\| price +\| +4 \| +4 \| 1\.000 \| 1\.000 \| 1\.000 \|", coders)


def test_spacy_gives_own_labels_as_spans(place: Path) -> None:
    import spacy
    from spacy import displacy

    import jtbd_nlp.components.tags  # noqa: F401 - registers the factory
    from jtbd_nlp.components import displacy_options

    nlp = spacy.blank("en")
    nlp.add_pipe("jtbd_tags", config={"model": str(place / "my-tagger" / "fast")})
    doc = nlp((place / "interviews" / "p0.txt").read_text())
    group = doc.spans["jtbd"]
    assert {"price", "onboarding", "push"} <= {s.label_ for s in group}
    assert all(len(values) == len(group) for values in group.attrs.values())
    colours = displacy_options(labels=["price", "onboarding"])
    assert colours["colors"]["price"] in displacy.render(doc, style="span", options=dict(colours), jupyter=False)


def test_a_code_that_was_not_declared_is_named_with_what_is_allowed(tmp_path: Path) -> None:
    projects.own_interviews(tmp_path / "mine", 1)
    with pytest.raises(ConfigError, match=r"'price' in interview 'p0'; expected push, .*, solution, onboarding"):
        read_gold([tmp_path / "mine"], labels=["onboarding"])
    (one,) = read_gold([tmp_path / "mine"], labels=None)
    assert [sorted(s.labels) for s in one.spans] == [["price"], ["onboarding"], ["price"]]
    assert next(s.labels for s in to_statements(one)) == {"price": 1.0}


@pytest.mark.parametrize("name", ["push", "first_use", "Price", "two words", "1st", ""])
def test_a_label_that_cannot_be_one_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="label"):
        Recipe.from_toml(projects.recipe(tmp_path, f"labels = [{json.dumps(name)}]"))


def test_annotations_may_name_own_labels_too(tmp_path: Path) -> None:
    for name in ("docs", "ann"):
        (tmp_path / name).mkdir()
    (tmp_path / "docs" / "p1.txt").write_text("[0] Q: And?\n[1] Ben: It was ninety pounds a month. Fine.\n")
    row = {
        "turn": 1,
        "quote": "It was ninety pounds a month",
        "tags": ["price", "anxiety"],
        "dimension": None,
        "stage": None,
        "phase": None,
    }
    (tmp_path / "ann" / "p1.jsonl").write_text(json.dumps(row) + "\n")
    (one,) = read_gold([f"{tmp_path / 'docs'}:{tmp_path / 'ann'}"], labels=["price"])
    assert one.source == tmp_path.name and one.labels == {"price"} and one.tagged
    assert (one.spans[0].tags, one.spans[0].labels) == ({"anxiety"}, {"price"})
    assert data_sha256([one]) != data_sha256([replace(one, spans=(replace(one.spans[0], labels=frozenset()),))])


def test_what_coders_of_a_source_never_used_is_unknown_there(tmp_path: Path) -> None:
    projects.corpus(tmp_path, "one", "two")
    projects.own_interviews(tmp_path / "mine")
    for path in (tmp_path / "mine").glob("*.txt"):
        path.write_text(path.read_text().replace("+push functional first_use", ""))
    lines = ('corpus = "corpus"', 'annotated = ["mine"]', 'held_out_markets = ["two"]', 'labels = ["price", "onboarding"]')
    recipe = Recipe.from_toml(projects.recipe(tmp_path, *lines))
    known = {g.source: (g.tagged, sorted(g.labels)) for g in gather(recipe)}
    assert known == {"one": (True, []), "two": (True, []), "mine": (False, ["onboarding", "price"])}
    fitted, held = split(gather(recipe), recipe)
    assert {g.source for g in fitted} == {"one", "mine"} and {g.source for g in held} == {"two", "mine"}


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (('annotated = ["mine"]', 'labels = ["price", "onboarding", "garden"]', "codebook = false"), "'garden', which none"),
        (('annotated = ["bare"]', 'labels = ["price"]'), "codebook = false"),
        (('corpus = "corpus"', 'never = ["two"]'), "none is left for thresholds"),
        (('corpus = "corpus"', 'held_out_markets = ["one", "two"]'), "none is left to fit on"),
    ],
)
def test_a_recipe_that_cannot_be_learned_from_says_why(lines: tuple[str, ...], message: str, tmp_path: Path) -> None:
    projects.corpus(tmp_path, "one", "two")
    projects.own_interviews(tmp_path / "mine")
    (tmp_path / "bare").mkdir()
    for i in range(4):
        (tmp_path / "bare" / f"b{i}.txt").write_text("Q: What did it cost?\nBen: <<price: It was ninety pounds a month>>. Fine.\n")
    recipe = Recipe.from_toml(projects.recipe(tmp_path, *lines))
    with pytest.raises(ConfigError, match=message):
        split(gather(recipe), recipe)
