"""Roles by the talk, by labels, by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jtbd_nlp.config import Config, ReadConfig
from jtbd_nlp.read import Source, SpeakerRole, TurnText, check_sources, discover, find_roles, read_source, transcript_from_text

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


def test_an_interpreter_is_neither() -> None:
    turns = [
        t for pair in zip(talk("Anna", "Ben"), [TurnText("Interpreter", "He says that it was in March.")] * 8, strict=True) for t in pair
    ]
    assert roles(turns) == {"Anna": "interviewer", "Ben": "participant", "Interpreter": "unknown"}
    assert roles(turns, participants=("Interpreter",))["Interpreter"] == "participant"


def test_two_interviewers_with_two_participants_at_once() -> None:
    turns = talk("Anna", "Ben") + talk("Cleo", "Dov")
    assert roles(turns) == {"Anna": "interviewer", "Ben": "participant", "Cleo": "interviewer", "Dov": "participant"}
    numbered = {"Anna": "Speaker 3", "Ben": "Speaker 1", "Cleo": "Speaker 4", "Dov": "Speaker 2"}
    found = roles([TurnText(numbered[t.speaker], t.text) for t in turns])
    assert found == {"Speaker 3": "interviewer", "Speaker 1": "participant", "Speaker 4": "interviewer", "Speaker 2": "participant"}


def test_turns_that_captions_split_are_whole_again(tmp_path: Path) -> None:
    """A label stands in the first cue of a turn alone; the others go on with it, and the roles are those of the whole turns."""
    cues, at = [], 0
    for turn in talk("Speaker 1", "Speaker 2"):
        words = f"{turn.speaker}: {turn.text}".split()
        for i in range(0, len(words), 6):
            cues.append(f"00:00:{at:02}.000 --> 00:00:{at + 1:02}.000\n{' '.join(words[i : i + 6])}\n")
            at += 1
    (tmp_path / "split.vtt").write_text("WEBVTT\n\n" + "\n".join(cues), encoding="utf-8")
    (transcript,) = read_source(Source(path=str(tmp_path / "split.vtt"), name="split.vtt", id="split"))
    assert [(t.speaker, t.role) for t in transcript.turns] == [("Speaker 1", "interviewer"), ("Speaker 2", "participant")] * 4
    assert [transcript.turn_text(t) for t in transcript.turns] == [t.text for t in talk("Speaker 1", "Speaker 2")]


def test_labels_in_the_middle_of_lines_count_for_the_roles() -> None:
    text = "".join(f"Anna: {q} Ben: {a}\n" for q, a in zip(ASKED, ANSWERED, strict=True)) + "Ben: That was all.\n"
    transcript = transcript_from_text(text)
    assert {t.speaker: t.role for t in transcript.turns} == {"Anna": "interviewer", "Ben": "participant"}
    assert len(transcript.turns) == 9


def test_roles_of_one_interview_by_the_config_file(tmp_path: Path) -> None:
    """Under [[read.roles]] one interview's speakers are named, by its id or its file; the others are read as ever."""
    (tmp_path / "in").mkdir()
    for name in ("s1.txt", "s2.txt"):
        said = "".join(f"{t.speaker}: {t.text}\n" for t in talk("Anna", "Ben"))
        (tmp_path / "in" / name).write_text(said, encoding="utf-8")
    toml = '[read]\ninterviewers = ["Anna"]\n[[read.roles]]\ninterview = "S2.txt"\ninterviewers = ["Ben"]\nparticipants = ["Anna"]\n'
    (tmp_path / "c.toml").write_text(toml + '[[read.roles]]\ninterview = "s9"\n', encoding="utf-8")
    config = Config.from_toml(tmp_path / "c.toml").read
    found = discover([tmp_path / "in"], config)
    read = {t.id: {u.speaker: u.role for u in t.turns} for s in found.sources for t in read_source(s, config)}
    assert read == {"s1": {"Anna": "interviewer", "Ben": "participant"}, "s2": {"Anna": "participant", "Ben": "interviewer"}}
    (check,) = (c for c in check_sources(found.sources, config) if c.id == "s2")
    assert {s.speaker: (s.role, s.reason) for s in check.transcripts[0].speakers} == {
        "Anna": ("participant", "setting"),
        "Ben": ("interviewer", "setting"),
    }
    assert [(p.source, "read.roles" in p.reason) for p in found.problems] == [("s9", True)]


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
