"""The timeline: when things were said to have happened, their order, and what stands between the stages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings, strategies as st
from synthesise_study import coded, interview

from jtbd_nlp.schema import STAGES, Event, Quoter, Stage, Tag
from jtbd_nlp.schema.parsed import ParsedText, ParsedToken
from jtbd_nlp.synthesise.timeline import stages_of, timeline
from jtbd_nlp.synthesise.whenabouts import time_words


@pytest.mark.parametrize(
    ("text", "said", "shift"),
    [
        ("In 2019 we moved to the coast", "In 2019", 0),
        ("I tried the cheap one last spring", "last spring", 0),
        ("Two years ago my knee went", "Two years ago", -1),
        ("it happened a couple of weeks later", "a couple of weeks later", 1),
        ("on Monday the van broke down", "on Monday", 0),
        ("one Tuesday evening I gave up", "one Tuesday evening", 0),
        ("that was in March last year", "in March last year", 0),
        ("3 or 4 months ago it got worse", "3 or 4 months ago", -1),
        ("Late 2021 it got worse", "Late 2021", 0),
        ("on 3 May 2020 I signed", "on 3 May 2020", 0),
        ("After three weeks it paid off", "After three weeks", 1),
        ("the next morning I rang them", "the next morning", 1),
        ("at Christmas my son laughed at it", "at Christmas", 0),
        ("it was the end of last year", "the end of last year", 0),
        ("At first I wrote it down", "At first", -1),
        ("In the end I bought it", "In the end", 1),
        ("the same week I cancelled", "the same week", 0),
    ],
)
def test_words_of_time_are_found_as_they_were_said(text: str, said: str, shift: int) -> None:
    (found,) = time_words(text)
    assert (text[found.start : found.end], found.shift) == (said, shift)


@pytest.mark.parametrize(
    "text",
    ["we may go", "I march on", "I fall asleep at nine", "every now and then", "I got used to it", "I got a day back", "it is 2019 pounds", "Will may know"],
)  # fmt: skip
def test_words_that_only_look_like_time_are_left(text: str) -> None:
    assert time_words(text) == ()


def test_years_and_numbers_are_read() -> None:
    assert [w.year for w in time_words("in 2019, and again since 1988")] == [2019, 1988]
    assert [w.days_ago for w in time_words("three weeks ago, a year ago, years ago")] == [21, 365, None]


def untensed(text: str) -> ParsedText:
    """A parse without a verb, so that words of time alone decide."""
    return ParsedText(text, (ParsedToken(0, len(text), text, text, "NOUN", "NN", "ROOT", 0),))


Row = tuple[str, Stage, Tag]


def events_of(rows: list[Row], parse: Callable[[str], ParsedText] = untensed) -> tuple[Event, ...]:
    transcript = interview("t", [("P", words) for words, _, _ in rows])
    said = [coded(transcript, words, tag, stage=stage) for words, stage, tag in rows]
    return timeline(said[::-1], Quoter.over((transcript,)), parse)


def quotes_of(events: tuple[Event, ...]) -> list[str]:
    return [e.evidence.quote for e in events]


def test_dates_within_a_stage_rise_and_the_rest_stays_as_told() -> None:
    rows: list[Row] = [
        ("in 2021 it broke", "first_thought", "push"),
        ("a thing of no date", "first_thought", "push"),
        ("in 2018 it creaked", "first_thought", "push"),
        ("we bought it", "deciding", "hire"),
        ("one year ago this", "active_looking", "step"),
        ("three years ago that", "active_looking", "step"),
    ]
    events = events_of(rows)
    assert quotes_of(events) == [rows[i][0] for i in (2, 1, 0, 5, 4, 3)]
    assert [e.when.quote if e.when else None for e in events] == ["in 2018", None, "in 2021", "three years ago", "one year ago", None]


def test_an_event_of_no_stage_stands_beside_what_was_told_next_to_it_and_is_marked() -> None:
    rows: list[Row] = [
        ("it feels good", "ongoing_use", "pull"),
        ("my back hurt", "first_thought", "push"),
        ("in March my sister moved in", "none", "context"),
        ("we are six at home", "none", "context"),
        ("we signed", "deciding", "hire"),
    ]
    events = events_of(rows)
    assert quotes_of(events) == ["my back hurt", "in March my sister moved in", "we signed", "it feels good"]
    assert [e.stage for e in events] == ["first_thought", "none", "deciding", "ongoing_use"]
    assert stages_of(events) == ("first_thought", "deciding", "ongoing_use")
    assert events[1].when is not None
    assert events[1].when.quote == "in March"
    assert events[1].when.statement == events[1].statement


def test_what_was_told_before_its_neighbour_stands_before_it() -> None:
    events = events_of([("last summer we painted", "none", "step"), ("my back hurt", "first_thought", "push")])
    assert quotes_of(events) == ["last summer we painted", "my back hurt"]


def test_without_any_stage_nothing_can_be_placed() -> None:
    assert events_of([("last summer we painted", "none", "step")]) == ()


def test_a_past_tense_is_an_event_and_a_state_is_none(parse: Callable[[str], ParsedText]) -> None:
    rows: list[Row] = [
        ("my back hurt", "first_thought", "push"),
        ("My sister moved in with us", "none", "context"),
        ("I have two children", "none", "context"),
        ("it was a small flat", "none", "context"),
        ("I wanted to close the month", "none", "outcome"),
    ]
    assert quotes_of(events_of(rows, parse)) == ["my back hurt", "My sister moved in with us"]


_SAID = st.sampled_from(["in 2019", "in 2021", "two weeks ago", "a year ago", "at first", "in the end", "a thing", "last spring"])


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(_SAID, st.sampled_from(STAGES)), max_size=12))
def test_stages_rise_and_every_staged_statement_is_there_once(rows: list[tuple[str, Stage]]) -> None:
    given_rows: list[Row] = [(f"{i} {words}", stage, "step") for i, (words, stage) in enumerate(rows)]
    transcript = interview("t", [("P", words) for words, _, _ in given_rows])
    said = [coded(transcript, f"P: {words}"[3:], tag, stage=stage) for words, stage, tag in given_rows]
    events = timeline(said, Quoter.over((transcript,)), untensed)
    assert events == timeline(said[::-1], Quoter.over((transcript,)), untensed)
    at = [STAGES.index(e.stage) for e in events if e.stage != "none"]
    assert at == sorted(at)
    assert {s.id for s in said if s.stage != "none"} <= {e.statement for e in events}
    assert len({e.statement for e in events}) == len(events)
    assert all(e.when is None or e.when.quote in e.evidence.quote for e in events)
