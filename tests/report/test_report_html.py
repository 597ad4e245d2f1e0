"""The report is one file, leads to every quote, and shows hostile text as text."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from pages import Page
from report_builders import FEW, from_text, study, with_more

from jtbd_nlp.config import ReportConfig
from jtbd_nlp.report.frames import to_frame
from jtbd_nlp.report.html import render_html
from jtbd_nlp.report.index import Index, evidence_in
from jtbd_nlp.report.markdown import render_markdown
from jtbd_nlp.schema import AnalysisRecord, Evidence, Transcript

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{ 7*7 }}{% raw %}\u202eevil\u2066<!--"


@pytest.fixture(scope="module")
def html(analysis: AnalysisRecord) -> str:
    return render_html(analysis, ReportConfig())


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def test_is_one_well_formed_file_that_loads_nothing(html: str, page: Page) -> None:
    assert html.startswith("<!DOCTYPE html>")
    assert page.unbalanced == []
    assert not {"link", "img", "iframe", "object", "base", "form"} & set(page.tags)
    assert not [value for _, name, value in page.attributes if name in ("src", "srcset", "action")]
    assert all(link.startswith("#") for link in page.links)
    assert not re.search(r"url\(|@import|https?://", html)


def test_policy_allows_the_pages_own_script_alone(html: str, page: Page) -> None:
    (script,) = page.scripts
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in html
    assert "default-src 'none'" in html
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]


def test_ids_are_unique_and_every_link_leads_somewhere(page: Page) -> None:
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links} <= set(page.ids)


def test_every_evidence_leads_to_its_quote(analysis: AnalysisRecord, page: Page) -> None:
    index = Index(analysis)
    groups = [analysis.themes, analysis.outcomes, analysis.stories, analysis.jobs, analysis.pathways]
    found = [e for group in groups for e in evidence_in(group)]
    assert len(found) > 100
    for evidence in found:
        place = index.href(evidence)[1:]
        assert evidence.quote in page.text_of[place]


def test_statements_stand_in_their_interview_and_interviews_are_whole(analysis: AnalysisRecord, page: Page) -> None:
    for s in analysis.statements:
        assert page.text_of["q-" + s.id] == s.text
    for t in analysis.transcripts:
        shown = page.text_of["i-" + t.id]
        assert all(t.turn_text(turn).strip() in shown for turn in t.turns)


def test_says_what_each_section_is_for(analysis: AnalysisRecord, page: Page) -> None:
    for theme in analysis.themes:
        block = page.text_of["theme-" + theme.id]
        assert theme.title in block
        assert f"{theme.support.k} of {theme.support.n} interviews" in block
    for job in analysis.jobs:
        assert all(name in page.text_of["job-" + job.id] for name in ("Job statement", "Job story", "Conclude", job.statement.text))
    for path in analysis.pathways:
        assert path.title in page.text_of["path-" + path.id]
    assert "broken.docx" in page.text_of["overview"]
    assert analysis.saturation is not None
    assert analysis.saturation.advice in page.text_of["overview"]
    assert "0:31" in page.text


def test_a_job_shows_its_note_solutions_and_steps_tied_to_a_product_and_a_story_its_events_between(analysis: AnalysisRecord) -> None:
    told = with_more(analysis)
    page = Page(render_html(told))
    job, event = page.text_of["job-" + told.jobs[0].id], told.stories[0].timeline[1]
    assert "Made of all stories." in job
    assert "Solutions asked for" in job
    assert "a button" in job
    assert job.count("tied to a product") == 1
    assert "tied to a product" not in page.text_of["job-" + told.jobs[1].id]
    story = page.text_of["story-" + told.stories[0].transcript]
    assert story.count("of no stage; placed beside what was told next to it") == sum(e.stage == "none" for e in told.stories[0].timeline)
    assert event.when is not None
    assert f"when: “{event.when.quote}”" in story
    assert page.unbalanced == []


def test_statements_in_no_theme_are_listed(analysis: AnalysisRecord, page: Page) -> None:
    for tag, ids in analysis.unclustered.items():
        block = page.text_of["tag-" + tag]
        assert all(s.text in block for s in Index(analysis).unclustered(tag))
        assert len(ids) == len(Index(analysis).unclustered(tag))


def test_same_bytes_each_time(analysis: AnalysisRecord, html: str) -> None:
    again = AnalysisRecord.model_validate_json(analysis.model_dump_json())
    assert render_html(again, ReportConfig()) == html


def test_title_of_the_config_goes_before_the_analysis_own(analysis: AnalysisRecord) -> None:
    assert "<title>Better nights</title>" in render_html(analysis)
    assert "<title>A &lt;b&gt; title</title>" in render_html(analysis, ReportConfig(title="A <b> title"))


def test_a_suggestion_is_told_apart_from_a_finding(analysis: AnalysisRecord) -> None:
    assert analysis.structure is not None
    loose = analysis.structure.model_copy(update={"firm": False, "reason": "take the groups as a suggestion."})
    suggested = analysis.model_copy(update={"structure": loose, "job_structure": loose})
    for part in ("overview", "jobs", "pathways"):
        assert "A suggestion, not a finding" in Page(render_html(suggested)).text_of[part]
        assert "A suggestion" not in Page(render_html(analysis)).text_of[part]
    assert "A suggestion, not a finding" in render_markdown(suggested)
    assert not to_frame(suggested, "pathways")["firm"].any()
    assert to_frame(analysis, "pathways")["firm"].all()


def test_no_groups_are_told_not_invented(ungrouped: AnalysisRecord) -> None:
    page = Page(render_html(ungrouped))
    assert "No pathways are claimed" in page.text_of["pathways"]
    assert ungrouped.structure is not None
    assert ungrouped.structure.reason in page.text_of["pathways"]
    assert {link[1:] for link in page.links} <= set(page.ids)


def test_empty_analysis_still_makes_a_page() -> None:
    page = Page(render_html(AnalysisRecord()))
    assert page.unbalanced == []
    assert "Nobody spoke of it." in page.text


def test_hostile_speakers_ids_and_words_stay_text() -> None:
    name = "a b\"><script>alert('id')<\u202e"
    inert = HOSTILE.translate(str.maketrans("<>:", "‹›;"))  # the marks of the coded text are made of these
    built = from_text({"x": f"Eve: <<push P1 functional first_thought: {inert}>> and {HOSTILE}\n"})
    turn = built.transcripts[0].turns[0].model_copy(update={"speaker": HOSTILE})
    record = built.model_copy(
        update={
            "title": HOSTILE,
            "transcripts": (Transcript(id=name, text=built.transcripts[0].text, turns=(turn,), source=HOSTILE),),
            "statements": tuple(s.model_copy(update={"transcript": name, "speaker": HOSTILE}) for s in built.statements),
            "stories": tuple(s.model_copy(update={"transcript": name, "title": HOSTILE}) for s in built.stories),
        }
    )
    page = Page(render_html(record))
    assert page.tags.count("script") == 1
    assert "img" not in page.tags
    assert page.unbalanced == []
    assert HOSTILE in page.text_of["overview"]
    assert page.text_of["interviews"].count(HOSTILE) >= 2
    assert inert in page.text_of["interviews"]
    assert {link[1:] for link in page.links} <= set(page.ids)


def test_characters_that_no_page_can_hold_become_visible() -> None:
    built = from_text({"a": "Eve: <<push first_thought: I was \x00 stuck \x1b[31m here>> today\n"})
    html = render_html(built)
    assert "\x00" not in html
    assert "\x1b" not in html
    assert "I was \ufffd stuck" in html
    html.encode("utf-8")


def test_evidence_outside_statements_has_its_own_place(analysis: AnalysisRecord) -> None:
    t = analysis.transcripts[0]
    start = t.text.index("Leeds, Bradford")
    loose = Evidence(transcript=t.id, sha256=t.sha256, start=start, end=start + 15, quote="Leeds, Bradford")
    across = Evidence(transcript=t.id, sha256=t.sha256, start=start - 20, end=start + 5, quote=t.text[start - 20 : start + 5])
    story = analysis.stories[0]
    assert story.executor is not None
    changed = story.model_copy(update={"executor": story.executor.model_copy(update={"evidence": (loose, across)})})
    record = analysis.model_copy(update={"stories": (changed, *analysis.stories[1:])})
    page = Page(render_html(record))
    index = Index(record)
    assert {index.href(loose)[1:], index.href(across)[1:]} <= set(page.ids)
    assert {link[1:] for link in page.links} <= set(page.ids)
    shown = page.text_of["i-" + t.id]
    assert all(t.turn_text(turn).strip() in shown for turn in t.turns)


def test_long_text_is_carried_once_for_each_place() -> None:
    few, more = (len(render_html(study(names=names))) for names in (FEW[:2], FEW))
    text = sum(len(t.text) for t in study(names=FEW).transcripts)
    assert more < few + 8 * text
