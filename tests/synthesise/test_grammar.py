"""The outcome grammar reads back whatever it writes."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from jtbd_nlp.errors import SchemaError
from jtbd_nlp.synthesise.grammar import DIRECTIONS, FELT, KNOWING, MARKERS, METRICS, OutcomeSlots, find_marker, parse, render

word = st.one_of(
    st.text(st.characters(exclude_categories=("Z", "C")), min_size=1, max_size=8), st.sampled_from([*sorted(KNOWING), *MARKERS, "late"])
)
words = st.lists(word, min_size=1, max_size=8).map(" ".join)
objects = words.filter(
    lambda text: (
        text == " ".join(text.split())
        and find_marker(text) is None
        and text.split()[-1].lower() not in KNOWING
        and not text.startswith("able to")
    )
)
clarifiers = st.one_of(
    st.none(),
    st.builds(lambda marker, rest: f"{marker} {rest}", st.sampled_from(MARKERS), words.filter(lambda t: t == " ".join(t.split()))),
)
functional = st.builds(OutcomeSlots, st.sampled_from(DIRECTIONS), st.sampled_from(METRICS), objects, clarifiers)
felt = st.builds(OutcomeSlots, st.sampled_from(list(FELT)), st.none(), objects, clarifiers)


@given(st.one_of(functional, felt))
def test_a_rendered_outcome_parses_to_the_same_slots(slots: OutcomeSlots) -> None:
    assert parse(render(slots)) == slots


def test_the_textbook_outcome() -> None:
    slots = OutcomeSlots("Minimize", "time it takes to", "close the month", "when invoices arrive late")
    assert render(slots) == "Minimize the time it takes to close the month when invoices arrive late"
    assert slots.form == "functional"


@pytest.mark.parametrize(
    "text", ["", "Close the month", "Minimize the fun of it", "Feel", "Minimize the time it takes to when it rains", "Feel  calm"]
)
def test_what_is_no_outcome_is_refused(text: str) -> None:
    with pytest.raises(SchemaError):
        parse(text)


def test_what_is_known_is_no_circumstance() -> None:
    slots = OutcomeSlots("Increase", "ability to", "know when the bus comes", "before I leave")
    assert parse(render(slots)) == slots
    with pytest.raises(SchemaError, match="what is known"):
        OutcomeSlots("Increase", "ability to", "know", "when the bus comes")


def test_an_object_cannot_hide_a_clarifier() -> None:
    with pytest.raises(SchemaError, match="object_of_control"):
        OutcomeSlots("Increase", "ability to", "pay when it rains")
