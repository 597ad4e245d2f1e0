"""Themes, stories, jobs and pathways of a small study: what they say, where it comes from, and that order changes nothing."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from synthesise_checks import evidence_of
from synthesise_study import Study, coded, interview

from jtbd_nlp.config import SynthesiseConfig
from jtbd_nlp.schema import PHASES, STAGES, Job, Outcome, Pathway, Statement, Story, Structure, Transcript
from jtbd_nlp.schema.arrays import Clustering, Embeddings, StoryGroups
from jtbd_nlp.schema.parsed import ParsedText
from jtbd_nlp.synthesise import ThemeSet, compile_outcomes, make_jobs, make_pathways, make_stories, make_themes

Parse = Callable[[str], ParsedText]
CONFIG = SynthesiseConfig()


@dataclass(frozen=True)
class Result:
    themes: ThemeSet
    outcomes: tuple[Outcome, ...]
    stories: tuple[Story, ...]
    jobs: tuple[Job, ...]
    pathways: tuple[Pathway, ...]


def grouped(*labels: int, found: bool = True) -> StoryGroups:
    structure = Structure(verdict="groups" if found else "too_few", reason="for the test", n=len(labels), k=max(labels) + 1)
    return StoryGroups(("a1", "a2", "b1", "b2")[: len(labels)], labels, structure, (0.8, 0.6)[: max(labels) + 1])


def embedded(statements: tuple[Statement, ...]) -> Embeddings:
    """A vector for each statement that depends on its text alone."""
    rows = [np.random.default_rng(sum(map(ord, s.text))).normal(size=8) for s in statements]
    return Embeddings(tuple(s.id for s in statements), np.array([r / np.linalg.norm(r) for r in rows], dtype=np.float32))


def pushes(statements: tuple[Statement, ...]) -> Clustering:
    """Paper pushes together, provider pushes together."""
    ids = tuple(s.id for s in statements if "push" in s.tags)
    text = {s.id: s.text for s in statements}
    labels = tuple(0 if "sheet" in text[i] else 1 for i in ids)
    return Clustering("push", ids, labels, (1.0,) * len(ids), (0.9, 0.7))


def run(statements: tuple[Statement, ...], transcripts: tuple[Transcript, ...], groups: StoryGroups, parse: Parse) -> Result:
    themes = make_themes(statements, [pushes(statements)], embedded(statements), transcripts, parse, CONFIG)
    outcomes = compile_outcomes(themes.statements, transcripts, parse, CONFIG)
    stories = make_stories(transcripts, themes.statements, themes.themes, outcomes, parse, CONFIG)
    jobs = make_jobs(stories, groups, themes.themes, outcomes, themes.statements, transcripts, parse, CONFIG)
    pathways = make_pathways(stories, groups, themes.themes, jobs, themes.statements, transcripts, parse, CONFIG)
    return Result(themes, outcomes, stories, jobs, pathways)


@pytest.fixture(scope="module")
def result(study: Study, parse: Parse) -> Result:
    return run(study.statements, study.transcripts, grouped(0, 0, 1, 1), parse)


def test_a_job_of_suggested_groups_says_so_and_is_titled_like_any_other(result: Result, study: Study, parse: Parse) -> None:
    groups = grouped(0, 0, 1, 1)
    loose = replace(groups, structure=groups.structure.model_copy(update={"firm": False}))
    suggested = run(study.statements, study.transcripts, loose, parse)
    assert all(job.note.startswith("A suggestion:") for job in suggested.jobs)
    assert [job.model_copy(update={"note": ""}) for job in suggested.jobs] == list(result.jobs)
    assert suggested.pathways == result.pathways


def test_a_theme_is_titled_in_its_members_words(result: Result, study: Study) -> None:
    paper = next(t for t in result.themes.themes if "sheet" in t.title.lower())
    assert (paper.support.k, paper.support.n, paper.stage, paper.dimension, paper.stability) == (2, 4, "first_thought", "functional", 0.9)
    assert paper.title.startswith("What drove them on: ")
    assert all(e.quote.lower() in paper.title.lower() for e in paper.title_evidence)
    assert set(paper.exemplars) <= set(paper.statements)
    assert all(s.themes == {"push": paper.id} for s in result.themes.statements if s.id in paper.statements)


def test_every_quote_is_where_it_says(result: Result, study: Study) -> None:
    texts = {t.id: t for t in study.transcripts}
    every = [e for part in (result.themes.themes, result.outcomes, result.stories, result.jobs, result.pathways) for e in evidence_of(part)]
    assert len(every) > 50
    for evidence in every:
        assert texts[evidence.transcript].text[evidence.start : evidence.end] == evidence.quote
        assert texts[evidence.transcript].sha256 == evidence.sha256


def test_the_story_knows_who_and_what(result: Result) -> None:
    ada, ben, cleo, dov = result.stories
    assert [s.executor.text if s.executor else None for s in (ada, ben, cleo, dov)] == [
        "a nurse on a surgical ward", "I run a bakery with six people", "I manage payroll at a hotel", "a bookkeeper",
    ]  # fmt: skip
    assert [q.text for q in ada.hired] == ["Pacelog"]
    assert "provider" in cleo.fired[0].text
    assert ada.balance.push == 1
    assert ada.balance.anxiety == 1
    assert ada.before is not None
    assert "paper sheet" in ada.before.text
    assert ben.after is not None
    assert "Pacelog shows me" in ben.after.text
    assert [q.text for q in dov.solutions] == ["They should add a dark mode"]


def test_the_timeline_is_in_the_order_it_happened(result: Result) -> None:
    ada = result.stories[0]
    stages = [STAGES.index(e.stage) for e in ada.timeline if e.stage != "none"]
    assert stages == sorted(stages)
    assert ada.timeline[0].told > ada.timeline[-1].told, "what is told first happens last in this interview"
    assert ada.stages == ("first_thought", "deciding", "ongoing_use")


def test_a_job_has_no_solution_and_all_eight_phases(result: Result) -> None:
    assert len(result.jobs) == 2
    for job in result.jobs:
        assert [p.phase for p in job.map] == list(PHASES)
        assert job.support.n == 4
        assert "Pacelog" not in job.title
    paper = next(j for j in result.jobs if j.stories == ("a1", "a2"))
    assert paper.statement.text == "Close the month without staying late"
    assert paper.statement.verb is not None
    assert paper.statement.verb.text == "close"
    assert paper.story.text.startswith("When ")
    assert {p.phase for p in paper.map if p.steps} == {"execute", "confirm"}
    assert {a.name: a.hired for a in paper.alternatives}["Pacelog"] >= 1
    assert [len(p.product_steps) for p in paper.map if p.phase == "confirm"] == [1], "the step that names the product is marked"
    other = next(j for j in result.jobs if j.stories == ("b1", "b2"))
    assert [q.text for q in other.solutions] == ["They should add a dark mode"]


def test_a_pathway_names_its_job_and_tells_its_route(result: Result) -> None:
    paper = next(p for p in result.pathways if p.stories == ("a1", "a2"))
    assert next(j for j in result.jobs if j.id == paper.job).stories == ("a1", "a2")
    assert paper.stability == 0.8
    assert "sheet" in paper.title
    assert paper.account[0].text.startswith("It starts with: “")
    assert paper.account[0].evidence[0].quote in paper.account[0].text
    heard = {t.id: set(t.statements) for t in result.themes.themes}
    said = {s.id: s.transcript for s in result.themes.statements}
    counts = [len({said[i] for i in heard[t]} & set(paper.stories)) for t in paper.themes]
    assert [(k.k, k.n) for k in paper.theme_support] == [(k, 2) for k in counts]


def test_what_people_read_is_as_it_was_reviewed(result: Result) -> None:
    """`JTBD_GOLDEN=1` writes the file anew; look at the difference before it is committed."""
    lines = [f"theme    {t.title}" for t in result.themes.themes]
    lines += [f"outcome  {o.text}" for o in result.outcomes]
    lines += [f"story    {s.title}" for s in result.stories]
    lines += [f"job      {j.title}\n         {j.story.text}" for j in result.jobs]
    lines += [f"pathway  {p.title}\n         {' '.join(q.text for q in p.account)}" for p in result.pathways]
    text = "\n".join(lines) + "\n"
    golden = Path(__file__).parent / "golden" / "study.txt"
    if os.environ.get("JTBD_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "title", "want"),
    [
        (
            "I don't want to be a worry to the girls",
            "Minimize the likelihood of being a worry to the girls",
            "I want less likelihood of being a worry to the girls",
        ),
        (
            "I want to be at the table when the plates are hot",
            "Being at the table when the plates are hot",
            "I want more likelihood of being at the table",
        ),
        ("not to be taken for an idiot", "Avoid being perceived as an idiot", "I want not to be perceived as an idiot"),
    ],
)
def test_what_is_not_wanted_never_reads_as_wanted(words: str, title: str, want: str, parse: Parse) -> None:
    transcript = interview("t", [("Interviewer", "What did you want?"), ("P", words)])
    statements = [coded(transcript, words, "outcome", dimension="social")]
    outcomes = compile_outcomes(statements, [transcript], parse, CONFIG)
    stories = make_stories([transcript], statements, [], outcomes, parse, CONFIG)
    (job,) = make_jobs(stories, None, [], outcomes, statements, [transcript], parse, CONFIG)
    assert job.title == title
    assert job.story.text.startswith(want)


def test_without_groups_there_are_no_pathways_and_one_job_that_says_why(study: Study, parse: Parse) -> None:
    found = run(study.statements, study.transcripts, grouped(-1, -1, -1, -1, found=False), parse)
    assert found.pathways == ()
    assert len(found.jobs) == 1
    assert found.jobs[0].stories == ("a1", "a2", "b1", "b2")
    assert "too few to tell" in found.jobs[0].note


@pytest.mark.parametrize("n", [1, 2])
def test_one_or_two_interviews_still_give_stories_in_full(n: int, study: Study, parse: Parse) -> None:
    transcripts = study.transcripts[:n]
    statements = tuple(s for s in study.statements if s.transcript in {t.id for t in transcripts})
    found = run(statements, transcripts, grouped(*[-1] * n, found=False), parse)
    assert len(found.stories) == n
    assert all(s.executor and s.timeline and s.balance.push for s in found.stories)
    assert found.pathways == ()


def test_nothing_coded_gives_empty_records(parse: Parse) -> None:
    transcript = interview("quiet", [("Interviewer", "Well?"), ("P", "Nothing to say.")])
    (story,) = make_stories([transcript], [], [], [], parse, CONFIG)
    assert (story.before, story.after, story.timeline, story.balance.score) == (None, None, (), 0.0)
    assert make_jobs([story], None, [], [], [], [transcript], parse, CONFIG) == ()
    assert make_pathways([story], None, [], [], [], [transcript], parse, CONFIG) == ()


def test_where_no_groups_were_found_no_wish_passes_for_all(study: Study, parse: Parse) -> None:
    found = run(study.statements, study.transcripts, grouped(-1, -1, -1, -1, found=False), parse)
    title = found.jobs[0].title
    assert title.startswith("Several wishes: ")
    assert {"to close the month without staying late", "to know the price of next year"} <= set(
        title.removeprefix("Several wishes: ").split(" · ")
    )
    assert found.jobs[0].support.k == 4


def test_a_sentence_that_nobody_coded_can_name_the_executor_but_is_no_statement(parse: Parse) -> None:
    transcript = interview("t", [("P", "I'm a carpenter from Derry. It broke.")])
    (story,) = make_stories([transcript], [coded(transcript, "It broke", "push", stage="first_thought")], [], [], parse, CONFIG)
    assert story.executor is not None
    assert story.executor.text == "a carpenter from Derry"
    assert story.executor.evidence[0].statement is None


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_no_order_changes_anything(seed: int) -> None:
    from jtbd_nlp.parser import parse

    study, rng = Study(), random.Random(seed)
    statements, transcripts = list(study.statements), list(study.transcripts)
    rng.shuffle(statements)
    rng.shuffle(transcripts)
    groups = grouped(0, 0, 1, 1)
    order = list(range(4))
    rng.shuffle(order)
    shuffled = replace(groups, stories=tuple(groups.stories[i] for i in order), labels=tuple(groups.labels[i] for i in order))
    assert run(tuple(statements), tuple(transcripts), shuffled, parse) == run(study.statements, study.transcripts, groups, parse)
