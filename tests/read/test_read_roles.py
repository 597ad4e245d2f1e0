"""Roles by the talk, by labels, by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read import SpeakerRole, TurnText, find_roles, transcript_from_text

ASKED = (
    "So take me back. When did you first think about a new lock?",
    "What did you do then?",
    "And what made you choose this one?",
    "How did it go the first week?",
)
ANSWERED = (
    "It was in March. My old lock froze and I stood at the station for twenty minutes, and I was late for my daughter.",
    "I called my brother. I felt silly, honestly. After that I began to look at locks every evening.",
    "It opens with my phone, so I don't need a key in the cold. I was worried about the battery, though.",
    "Well, I forgot my phone at home on the second day, so I had to walk back, and I laughed about it.",
)


def talk(asker: str, teller: str, *, opens: bool = False, rough: bool = False) -> list[TurnText]:
    """The interview with these labels; `opens`: the interviewee speaks first."""
    turns = [t for q, a in zip(ASKED, ANSWERED, strict=True) for t in (TurnText(asker, q), TurnText(teller, a))]
    if opens:
        turns = turns[1:]
    return [TurnText(t.speaker, re.sub(r"[.,?!]", "", t.text).lower()) for t in turns] if rough else turns


def roles(turns: list[TurnText], **settings: object) -> dict[str, str]:
    return {r.speaker: r.role for r in find_roles(turns, ReadConfig.model_validate(settings))}


@pytest.mark.parametrize("rough", [False, True])
@pytest.mark.parametrize("opens", [False, True])
@pytest.mark.parametrize(
    ("asker", "teller"),
    [("Speaker 1", "Speaker 2"), ("Speaker 2", "Speaker 1"), ("SPK_0", "SPK_1"), ("Anna", "Ben"), ("A", "B"), ("B", "A")],
)
def test_the_talk_tells(asker: str, teller: str, opens: bool, rough: bool) -> None:
    assert roles(talk(asker, teller, opens=opens, rough=rough)) == {asker: "interviewer", teller: "participant"}


@pytest.mark.parametrize(
    ("asker", "teller"),
    [
        ("Interviewer", "Interviewee"), ("Moderator", "P1"), ("Host", "Guest"), ("Q", "A"), ("I", "P"), ("Researcher", "Rui"), ("Dan", "Participant"),
        ("Anna (Moderator)", "Ben"), ("INTERVIEWER 1", "Respondent"), ("Dan", "Particpant"), ("Interviewer Anna", "Ben"), ("I", "Rui"),
    ],
)  # fmt: skip
def test_labels_tell_even_against_the_talk(asker: str, teller: str) -> None:
    swapped = talk(teller, asker)
    assert roles(swapped) == {asker: "interviewer", teller: "participant"}


def test_settings_override_everything_without_regard_to_case() -> None:
    assert roles(talk("Interviewer", "Ben"), interviewers=("BEN",)) == {"Interviewer": "participant", "Ben": "interviewer"}
    assert roles(talk("Anna", "Ben"), participants=("anna",)) == {"Anna": "participant", "Ben": "interviewer"}
    assert roles(talk("Anna Lee", "Ben"), interviewers=("ben",), participants=("anna",)) == {
        "Anna Lee": "participant",
        "Ben": "interviewer",
    }


def test_an_interviewer_named_for_another_file_changes_nothing_here() -> None:
    assert roles(talk("Anna", "Ben"), interviewers=("Zoe",)) == roles(talk("Anna", "Ben"))


def test_two_interviewers_and_two_participants() -> None:
    turns = talk("Anna", "Ben")
    turns[4] = TurnText("Cleo", turns[4].text)
    turns[6] = TurnText("Cleo", turns[6].text)
    assert roles(turns) == {"Anna": "interviewer", "Ben": "participant", "Cleo": "interviewer"}
    turns = talk("Anna", "Ben")
    turns[3] = TurnText("Dov", turns[3].text)
    turns[7] = TurnText("Dov", turns[7].text)
    assert roles(turns) == {"Anna": "interviewer", "Ben": "participant", "Dov": "participant"}


def test_someone_who_says_three_words_beside_an_interview_is_not_an_interviewer() -> None:
    turns = [*talk("Interviewer", "Gordon"), TurnText("Ewan", "Tea is ready.")]
    assert roles(turns)["Ewan"] != "interviewer"


def test_a_monologue_is_a_participants() -> None:
    assert find_roles([TurnText("Speaker 1", " ".join(ANSWERED))]) == (
        SpeakerRole(speaker="Speaker 1", role="participant", confidence=0.9, reason="alone"),
    )


def test_talk_that_tells_nothing_is_unknown_and_noted() -> None:
    transcript = transcript_from_text("Anna: Hello there.\nBen: Hello there.\n")
    assert {t.role for t in transcript.turns} == {"unknown"}
    assert "role_unknown" in {n.code for n in transcript.notes}


def test_confidence_is_of_the_likelier_role() -> None:
    for role in find_roles(talk("Speaker 1", "Speaker 2")):
        assert 0.9 < role.confidence <= 1
        assert role.reason == "talk"


@pytest.mark.shared
@pytest.mark.parametrize("order", [("Speaker 1", "Speaker 2"), ("Speaker 2", "Speaker 1")])
def test_roles_of_a_whole_market_by_the_talk_alone(shared: Path, order: tuple[str, str]) -> None:
    wrong = []
    for path in sorted((shared / "corpus" / "clinics" / "stories").glob("*.txt")):
        text = re.sub(r"<<[^:<>]*:\s*([^<>]*)>>", r"\1", path.read_text(encoding="utf-8"))
        turns = [line.partition(": ") for line in text.split("\n") if ": " in line]
        names = dict(zip(dict.fromkeys(t[0] for t in turns), order, strict=False))
        found = transcript_from_text("".join(f"{names[s]}: {said}\n" for s, _, said in turns if s in names))
        if {t.speaker: t.role for t in found.turns} != {order[0]: "interviewer", order[1]: "participant"}:
            wrong.append(path.name)
    assert wrong == []
