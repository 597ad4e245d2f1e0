"""The spaCy components: what they write, and that it survives what spaCy does with a pipeline."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span, SpanGroup

import jtbd_nlp.components.segments
import jtbd_nlp.components.tags  # noqa: F401 - registers the factories, as the entry points do
from jtbd_nlp.components import displacy_options
from jtbd_nlp.errors import ConfigError
from jtbd_nlp.schema import PHASES, STAGES, TAGS

ROOT = Path(__file__).resolve().parents[2]
TALK = (
    "Interviewer: Were you worried it would break?\n"
    "Nora: I was worried about the price, and I had always used the old one. It was too slow and I was fed up with it.\n"
    "Interviewer: And then?\n"
    "Nora: Every week I copy the numbers by hand. Now it is so much easier, I love it.\n"
)
PROSE = "I was fed up with the old one. My friend recommended it, so much easier."


def pipeline(**tags: object) -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("jtbd_segments")
    nlp.add_pipe("jtbd_tags", config={"model": "lexicon", **tags})
    return nlp


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline()


def seen(doc: Doc) -> list[object]:
    group = doc.spans["jtbd"]
    return [[(s.text, s.label_) for s in group], dict(group.attrs), [s.text for s in doc.spans["jtbd_segments"]]]


def test_segments_are_of_those_who_answer(nlp: Language) -> None:
    doc = nlp(TALK)
    found = [s.text for s in doc.spans["jtbd_segments"]]
    assert "Every week I copy the numbers by hand." in found
    assert not any("worried it would" in text or "Nora" in text or "Interviewer" in text for text in found)


def test_prose_without_speakers_is_one_turn(nlp: Language) -> None:
    doc = nlp(PROSE)
    assert doc.spans["jtbd_segments"][0].text == "I was fed up with the old one."
    assert doc.spans["jtbd_segments"].attrs["turns"] == [["", "unknown", 0, len(PROSE)]]
    assert "push" in {s.label_ for s in doc.spans["jtbd"]}


def test_what_runs_beside_the_spans_has_their_length_and_meaning(nlp: Language) -> None:
    doc = nlp(TALK)
    group = doc.spans["jtbd"]
    assert {"push", "habit", "anxiety", "pull"} <= {s.label_ for s in group} <= set(TAGS)
    assert all(len(values) == len(group) for values in group.attrs.values())
    assert set(group.attrs) == {"scores", "statements", "dimensions", "stages", "phases"}
    assert all(0 < score <= 1 for score in group.attrs["scores"])
    assert set(group.attrs["stages"]) <= {*STAGES, ""}
    assert set(group.attrs["phases"]) <= {*PHASES, ""}
    steps = {name for span, name in zip(group, group.attrs["statements"], strict=True) if span.label_ == "step"}
    assert {name for name, phase in zip(group.attrs["statements"], group.attrs["phases"], strict=True) if phase} <= steps
    assert [s.start for s in group] == sorted(s.start for s in group)


def test_spans_of_one_statement_share_its_id(nlp: Language) -> None:
    doc = nlp(TALK)
    group = doc.spans["jtbd"]
    places = {(s.start, s.end, name) for s, name in zip(group, group.attrs["statements"], strict=True)}
    assert len({name for *_, name in places}) == len(places)


def test_tags_alone_find_the_segments_themselves(nlp: Language) -> None:
    alone = spacy.blank("en")
    alone.add_pipe("jtbd_tags", config={"model": "lexicon"})
    assert seen(alone(TALK)) == seen(nlp(TALK))


def test_tags_of_segments_that_somebody_else_made() -> None:
    nlp = spacy.blank("en")
    component = nlp.add_pipe("jtbd_tags", config={"model": "lexicon", "segments_key": "mine"})
    doc = nlp.make_doc(PROSE)
    doc.spans["mine"] = SpanGroup(doc, name="mine", spans=[Span(doc, 0, 8)])
    assert {s.text for s in component(doc).spans["jtbd"]} == {doc[0:8].text}


def test_empty_docs_have_empty_groups(nlp: Language) -> None:
    for text in ("", " \n ", "Nora: "):
        doc = nlp(text)
        assert len(doc.spans["jtbd"]) == 0


def test_who_asks_can_be_said_by_hand() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("jtbd_segments", config={"interviewers": ["Nora"], "participants": ["Interviewer"]})
    doc = nlp(TALK)
    found = [s.text for s in doc.spans["jtbd_segments"]]
    assert "And then?" in found and not any("numbers" in text for text in found)


def test_a_setting_that_is_not_allowed_is_named_when_the_pipe_is_added() -> None:
    with pytest.raises(ConfigError, match="operating_point='bold'"):
        pipeline(operating_point="bold")
    with pytest.raises(ConfigError, match="min_words=0"):
        spacy.blank("en").add_pipe("jtbd_segments", config={"min_words": 0})


@pytest.mark.parametrize("workers", [1, 2])
def test_pipe_gives_what_single_calls_give(nlp: Language, workers: int) -> None:
    docs = [TALK, PROSE, "", TALK.replace("price", "cost")] * 2
    assert [seen(d) for d in nlp.pipe(docs, n_process=workers, batch_size=2)] == [seen(nlp(text)) for text in docs]


def test_a_saved_pipeline_tags_as_before(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "nlp")
    assert seen(spacy.load(tmp_path / "nlp")(TALK)) == seen(nlp(TALK))
    again = spacy.blank("en")
    for name in nlp.pipe_names:
        again.add_pipe(name, config={"model": "lexicon"} if name == "jtbd_tags" else {})
    assert seen(again.from_bytes(nlp.to_bytes())(TALK)) == seen(nlp(TALK))


def test_tags_survive_serialisation(nlp: Language) -> None:
    doc = nlp(TALK)
    assert seen(Doc(nlp.vocab).from_bytes(doc.to_bytes())) == seen(doc)
    again = next(iter(DocBin().from_bytes(DocBin(docs=[doc]).to_bytes()).get_docs(nlp.vocab)))
    assert seen(again) == seen(doc)


def test_displacy_shows_every_tag_in_its_colour(nlp: Language) -> None:
    options = displacy_options()
    assert list(options["colors"]) == list(TAGS) and len(set(options["colors"].values())) == len(TAGS)
    page = displacy.render(nlp(TALK), style="span", options=dict(options), jupyter=False)
    assert options["colors"]["anxiety"] in page


def test_the_entry_points_lead_to_the_factories() -> None:
    entries = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]["spacy_factories"]
    assert set(entries) == {"jtbd_segments", "jtbd_tags"}
    for name, target in entries.items():
        module, function = target.split(":")
        assert getattr(import_module(module), function).__module__ == module
        assert Language.get_factory_meta(name).factory == name


def test_making_any_pipeline_stays_light() -> None:
    code = (
        "import spacy, sys; spacy.blank('en'); before = set(sys.modules);"
        "import jtbd_nlp.components.segments, jtbd_nlp.components.tags;"
        "print(sorted(m for m in set(sys.modules) - before if not m.startswith('jtbd_nlp')))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
