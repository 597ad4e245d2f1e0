"""A step that is tied to a product, said without it only where the words allow."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st
from synthesise_study import coded, interview

from jtbd_nlp.parser import parse
from jtbd_nlp.schema import Evidence, Quoter
from jtbd_nlp.synthesise.phrases import phrase
from jtbd_nlp.synthesise.restating import named, restated
from jtbd_nlp.synthesise.syntax import Syntax, verbs

PRODUCTS = frozenset({"pacelog", "planner"})


def without(said: str) -> tuple[str, tuple[Evidence, ...]] | None:
    """The step without its product, each part checked against the talk."""
    talk = interview("e", [("Ada", f"{said}.")])
    statement = coded(talk, said, "step", phase="execute")
    syntax = Syntax(parse(said))
    step = phrase(statement, syntax, 0, len(syntax.tokens))
    found = restated(step, PRODUCTS, Quoter.over((talk,))) if step is not None else None
    if found is None:
        return None
    assert all(talk.text[e.start : e.end] == e.quote and e.statement == statement.id for e in found.evidence)
    assert found.text == " … ".join(e.quote for e in found.evidence)
    return found.text, found.evidence


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("I write the invoices in Excel", "I write the invoices"),
        ("I check the rota on my iPad every morning", "I check the rota … every morning"),
        ("In Pacelog I enter the hours of the week", "I enter the hours of the week"),
        ("I plan the shifts using a spreadsheet", "I plan the shifts"),
        ("I send the bills through Pacelog and file the letters", "I send the bills … and file the letters"),
        ("I use the planner to count the hours of the week", "count the hours of the week"),
        ("I open the app and read the names of the day", "read the names of the day"),
    ],
)
def test_a_product_beside_what_is_done_can_be_left_out(said: str, left: str) -> None:
    found = without(said)
    assert found is not None
    assert found[0] == left


@pytest.mark.parametrize(
    "said",
    [
        "I open the app",  # the product is what is done
        "I put the numbers in the spreadsheet",  # nothing is put without a place
        "I compare the hours with the app",  # nor compared without another
        "I log in on my laptop",
        "I never write the invoices in Excel",
        "I write the invoices in Excel instead of on paper",
        "I write the invoices without the app",
        "I keep the hours in the old program",
        "I write the hours in the old program",  # one is set against another
        "I type the hours in a spreadsheet a customer made me",
        "I write the hours in the app that Ben bought and pays for",
        "I open the app and read it",  # "it" is the app
        "I fill the column in the spreadsheet",
        "I go through the cupboard with the app open and cross off the flour",  # the cupboard would be lost
        "On Mondays I open the app and read the names of the day",  # and the day
    ],
)
def test_a_step_that_needs_its_product_stays_as_it_is(said: str) -> None:
    assert without(said) is None


def test_tools_and_products_are_named_but_people_and_pills_are_not() -> None:
    def names(said: str) -> list[str]:
        syntax = Syntax(parse(said))
        return [syntax.lower(i) for i in named(syntax, PRODUCTS)]

    assert names("I enter the hours in Pacelog on the tablet") == ["pacelog", "tablet"]
    assert names("I take two tablets and write it on the wall") == []


_WHO = ("I", "We", "My sister", "The managers")
_DONE = (
    "write the invoices",
    "check the rota",
    "put the hours",
    "count the till",
    "read who is in",
    "never file the slips",
    "send it",
    "sleep",
)
_MEANS = (
    "in Excel",
    "on my iPad",
    "with the app",
    "through Pacelog",
    "using a planner",
    "in a spreadsheet or on paper",
    "without the app",
    "at the desk",
)
_REST = ("", " every morning", " before we open", ", then I ring the office", " and print it", " a friend made me")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(_WHO), st.sampled_from(_DONE), st.sampled_from(_MEANS), st.sampled_from(_REST), st.booleans())
def test_what_is_left_was_said_in_that_order_with_a_verb_and_without_the_product(
    who: str, done: str, means: str, rest: str, first: bool
) -> None:
    said = f"{means[0].upper()}{means[1:]} {who} {done}{rest}" if first else f"{who} {done} {means}{rest}"
    found = without(said)
    if found is None:
        return
    words = iter(said.replace(",", " ").split())
    left = [w for w in found[0].replace(",", " ").split() if w != "…"]
    assert all(word in words for word in left)  # a sub-sequence: `words` is used up in order
    assert {w.lower() for w in left}.isdisjoint({*PRODUCTS, "excel", "ipad", "app", "spreadsheet", "using"})
    assert any(
        any(e.quote.find(verb) >= 0 for e in found[1]) for i in verbs(Syntax(parse(said))) for verb in (Syntax(parse(said)).tokens[i].text,)
    )
    assert "never" not in said
    assert "without" not in said
