"""What is found in a text by itself: numbers, addresses and names, written or said."""

from __future__ import annotations

import pytest

from jtbd_nlp.privacy.lexicon import Rank, load_lexicon
from jtbd_nlp.privacy.online import online_form
from jtbd_nlp.privacy.records import Found, without_overlap
from jtbd_nlp.privacy.spoken import digits_said
from jtbd_nlp.privacy.stretches import label_names, numbers_and_addresses


def kinds(text: str) -> list[tuple[str, str]]:
    found = without_overlap(numbers_and_addresses(text, load_lexicon()))
    return [(f.kind, text[f.start : f.end]) for f in found]


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("write to j.smith@acme.co.uk please", "email", "j.smith@acme.co.uk"),
        ("it's john dot smith at gmail dot com, all small", "email", "john dot smith at gmail dot com"),
        ("katrin weber at g mail dot com", "email", "katrin weber at g mail dot com"),
        ("my email is sunny day at acme dash labs dot co dot uk", "email", "sunny day at acme dash labs dot co dot uk"),
        ("a dot weber at out look dot com", "email", "a dot weber at out look dot com"),
        ("j o h n at gmail.com", "email", "j o h n at gmail.com"),
        ("ring 07700 900123 after six", "phone", "07700 900123"),
        ("it is (415) 555-0132 now", "phone", "(415) 555-0132"),
        ("call +49 170 1234567", "phone", "+49 170 1234567"),
        ("oh seven nine double four, um, three one two", "phone", "oh seven nine double four, um, three one two"),
        ("call me on five five five for to oh", "phone", "five five five for to oh"),
        ("paid by GB29 NWBK 6016 1331 9268 19 then", "account", "GB29 NWBK 6016 1331 9268 19"),
        ("the card 4929 1234 5678 9012", "account", "4929 1234 5678 9012"),
        ("my account number is 31926819", "account", "31926819"),
        ("card ending in 4417", "account", "4417"),
        ("policy number four one one seven nine", "account", "four one one seven nine"),
        ("I live at 42 Maple Street, Northwich, CW9 5AB now", "address", "42 Maple Street, Northwich, CW9 5AB"),
        ("i live at forty two maple street", "address", "forty two maple street"),
        ("in der Schillerstraße 14a, and then", "address", "Schillerstraße 14a"),
        ("see www.acme.io/jobs.", "online", "www.acme.io/jobs"),
        ("acme dot io slash jobs", "online", "acme dot io slash jobs"),
        ("my handle is kweber underscore eighty four", "online", "kweber underscore eighty four"),
        ("write @katrinw on it", "online", "@katrinw"),
    ],
)
def test_written_or_said_it_is_found_whole(text: str, kind: str, found: str) -> None:
    assert kinds(text) == [(kind, found)]


@pytest.mark.parametrize(
    "text",
    [
        "It cost 1,250,000 in 2019-2020, so 5 800 for us.",
        "On 2021-03-04 at 10:30, I counted eleven times, maybe twelve.",
        "Oh, one more thing, two of them came at seven.",
        "It takes 2 minutes down the road, at the drive way.",
        "I, I, I mean a b test, plan B.",
        "We looked at it dot by dot.",
        "Fourteen hundred euros for three kilometres.",
    ],
)
def test_what_names_nobody_stays(text: str) -> None:
    assert kinds(text) == []


def test_said_and_written_have_one_form() -> None:
    assert online_form("john dot smith at gmail dot com") == online_form("john.smith@gmail.com")
    assert digits_said("oh seven nine double four, um, three") == "0794" + "43" == digits_said("07 94 43")


def test_ordinary_words_and_names_are_told_apart() -> None:
    lexicon = load_lexicon()
    assert {w: lexicon.rank(w) for w in ("walking", "invoices", "mother-in-law", "don't")} == dict.fromkeys(
        ("walking", "invoices", "mother-in-law", "don't"), Rank.ORDINARY
    )
    assert lexicon.rank("katrin") == lexicon.rank("leipzig") == lexicon.rank("thistlewood") == Rank.NAME


def test_labels_that_say_what_somebody_does_name_nobody() -> None:
    lexicon = load_lexicon()
    for label in ("Interviewer", "Speaker 1", "P2", "Sales rep", "Participant", "Moderator"):
        assert label_names(label, lexicon) == []
    assert [(f.start, f.end) for f in label_names("Katrin Weber (participant)", lexicon)] == [(0, 12)]
    assert label_names("Rose", lexicon) != []


@pytest.mark.parametrize("piece", ["7", "a@", "one two ", "a.", "1 ", "x_", "dot com ", "12 Maple ", "a-", "GB29", "at ", "double "])
def test_hostile_repetition_is_read_in_one_go(piece: str) -> None:
    # An expression or a loop that goes over the rest of the text from every place would not end within a minute.
    text = piece * (10_000 // len(piece))
    found = without_overlap(numbers_and_addresses(text, load_lexicon()))
    assert all(0 <= f.start < f.end <= len(text) for f in found)


def test_overlaps_become_one_of_the_kind_that_says_most() -> None:
    assert without_overlap([Found(5, 9, "person"), Found(0, 20, "email"), Found(15, 24, "organisation")]) == [Found(0, 24, "email")]
