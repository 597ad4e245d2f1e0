"""The Python door."""

from __future__ import annotations

import json

import pytest

import jtbd_nlp
from jtbd_nlp.data import study_path
from jtbd_nlp.errors import ConfigError, InputError, OutputError, SchemaError
from jtbd_nlp.schema import SCHEMA_VERSION


def test_the_study_has_every_part_and_each_leads_to_statements(study):
    ids = {s.id for s in study.statements}
    assert len(study.transcripts) == len(study.stories) == 12
    assert study.themes
    assert study.jobs
    for theme in study.themes:
        assert set(theme.statements) <= ids
        assert set(theme.exemplars) <= set(theme.statements)
        assert theme.support.k == len({study.statement(i).transcript for i in theme.statements})
    themed = {i for t in study.themes for i in t.statements}
    for job in study.jobs:
        assert {e.statement for e in job.evidence} & ids
    for tag, left in study.unclustered.items():
        assert all(tag in study.statement(i).tags for i in left)
        assert not {i for i in left if tag in study.statement(i).themes}
    assert themed


def test_every_quote_stands_where_its_evidence_says(study):
    def walk(value):
        if isinstance(value, dict):
            if {"transcript", "sha256", "start", "end", "quote"} <= set(value):
                yield value
            for inner in value.values():
                yield from walk(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from walk(inner)

    quotes = list(walk(study.model_dump(mode="json", exclude={"transcripts", "statements"})))
    texts = {t.id: t for t in study.transcripts}
    assert len(quotes) > 100
    for quote in quotes:
        transcript = texts[quote["transcript"]]
        assert transcript.sha256 == quote["sha256"]
        assert transcript.text[quote["start"] : quote["end"]] == quote["quote"]


def test_order_given_means_nothing_to_the_corpus_part(pipeline, study):
    plain = [s.model_copy(update={"themes": {}}) for s in study.statements]
    again = pipeline.analyse(plain[::-1], study.transcripts[::-1])
    assert again.model_dump_json() == study.model_copy(update={"problems": ()}).model_dump_json()


@pytest.mark.parametrize("count", [1, 2, 5])
def test_few_interviews_give_stories_and_no_pathways_and_say_why(pipeline, count):
    analysis = pipeline.run(sorted(study_path().glob("*.txt"))[:count])
    assert len(analysis.stories) == count
    assert analysis.pathways == ()
    assert analysis.structure is not None
    assert analysis.structure.verdict == "too_few"
    assert analysis.structure.reason
    assert all(story.timeline for story in analysis.stories)


def test_frames_have_a_row_an_object(study):
    for name in ("statements", "stories", "themes", "outcomes", "jobs", "pathways"):
        assert len(study.to_frame(name)) == len(getattr(study, name)), name
    assert study.to_frame("matrix").shape[0] == 12
    with pytest.raises(ConfigError, match="pathways"):
        study.to_frame("paths")


def test_stream_gives_what_tag_gives(pipeline, study):
    results = list(pipeline.stream(study.transcripts[:2]))
    assert [r.statements for r in results] == [pipeline.tag(t) for t in study.transcripts[:2]]


def test_transcripts_in_memory_give_what_files_give(pipeline):
    files = sorted(study_path().glob("*.txt"))[:2]
    analysis = pipeline.run(files)
    assert pipeline.run(list(analysis.transcripts)).statements == analysis.statements


def test_an_interview_that_is_there_twice_counts_once(pipeline, tmp_path):
    story = sorted(study_path().glob("*.txt"))[0]
    (tmp_path / "a.txt").write_bytes(story.read_bytes())
    (tmp_path / "b.md").write_bytes(story.read_bytes())
    analysis = pipeline.run(tmp_path)
    assert [t.id for t in analysis.transcripts] == ["a"]
    assert {s.transcript for s in analysis.statements} == {"a"}
    assert any(note.code == "duplicate" and "b" in note.message for note in analysis.transcripts[0].notes)


def test_statements_that_do_not_fit_are_refused(pipeline, study):
    first = study.statements[0]
    with pytest.raises(SchemaError, match="not among"):
        pipeline.analyse([first.model_copy(update={"transcript": "nobody"})], study.transcripts)
    with pytest.raises(SchemaError, match="no overlap"):
        pipeline.analyse([first, first], study.transcripts)
    with pytest.raises(SchemaError, match="share the id"):
        pipeline.analyse([], [study.transcripts[0]] * 2)


def test_an_input_that_is_not_there_is_an_error(pipeline, tmp_path):
    with pytest.raises(InputError, match="nowhere"):
        pipeline.run(tmp_path / "nowhere")


def test_a_result_of_a_later_schema_is_refused_with_what_to_do(study, tmp_path):
    study.save(tmp_path / "out")
    path = tmp_path / "out" / "analysis.json"
    major, minor = SCHEMA_VERSION.split(".")
    for version in (f"{int(major) + 1}.0", f"{major}.{int(minor) + 1}", "x"):
        path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), "schema_version": version}), encoding="utf-8")
        with pytest.raises(SchemaError, match=f"reads {major}.0 to {SCHEMA_VERSION}"):
            jtbd_nlp.Analysis.load(tmp_path / "out")


def test_a_folder_of_something_else_is_neither_loaded_nor_overwritten(study, tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(OutputError, match="jtbd run"):
        jtbd_nlp.Analysis.load(tmp_path)
    with pytest.raises(OutputError):
        study.save(tmp_path)
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "years of work"


def test_the_schema_names_the_parts():
    schema = jtbd_nlp.Analysis.json_schema()
    assert {"schema_version", "themes", "stories", "jobs", "pathways"} <= set(schema["properties"])
