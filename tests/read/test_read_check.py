"""What `jtbd check` says of a folder, and which of its notes a run repeats."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jtbd_nlp.cli.app import app
from jtbd_nlp.read import check_sources, discover, transcript_from_text

TALK = (
    "Interviewer: What happened then?\nRui: I bought a mattress in March, after my back had hurt for two years or so.\n"
    "Interviewer: Don't you think that was late?\nRui: I slept well from the first night, and I told my wife what it had cost.\n"
    "Interviewer: Which features would you add?\nRui: None at all, I would say.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An interview, its copy in another format, one alone, one in German, an empty file, a recording."""
    (tmp_path / "a.txt").write_text(TALK, encoding="utf-8")
    (tmp_path / "copy of a.md").write_text(TALK.replace("Interviewer:", "**Anna:**").replace("Rui:", "**Ben:**"), encoding="utf-8")
    (tmp_path / "alone.txt").write_text("Rui: I bought a lock and I lost my key.\nI was late again.\n", encoding="utf-8")
    german = "Das Schloss war wieder eingefroren und ich habe zwanzig Minuten gestanden, weil ich nicht wusste, was ich noch machen sollte."
    (tmp_path / "german.txt").write_text(f"Anna: {german}\nBen: {german}\nAnna: {german}\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "talk.m4a").write_bytes(b"sound")
    return tmp_path


def test_check_lists_copies_questions_language_and_oddities(folder: Path) -> None:
    checks = {c.name: c for c in check_sources(discover([folder]).sources)}
    (first,), (copy,), (alone,) = (checks[name].transcripts for name in ("a.txt", "copy of a.md", "alone.txt"))
    assert (first.duplicate_of, copy.duplicate_of) == (None, "a")
    assert [(q.kind, q.turn) for q in first.questions] == [("leading", 2), ("solution", 4)]
    assert first.language == "en"
    assert {"monologue", "short"} <= {n.code for n in alone.notes}
    assert "'de' is not supported" in str(checks["german.txt"].problem)


def test_check_in_json_holds_all_that_it_prints(folder: Path) -> None:
    done = CliRunner().invoke(app, ["check", str(folder), "--json"])
    rows = {row["name"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert done.exit_code == 3
    assert set(rows) == {"a.txt", "alone.txt", "copy of a.md", "empty.txt", "german.txt", "talk.m4a"}
    assert rows["copy of a.md"]["transcripts"][0]["duplicate_of"] == "a"
    assert [q["kind"] for q in rows["a.txt"]["transcripts"][0]["questions"]] == ["leading", "solution"]
    assert rows["a.txt"]["transcripts"][0]["language"] == "en"
    assert all(rows[name]["problem"] for name in ("empty.txt", "german.txt", "talk.m4a"))


def test_check_for_people(folder: Path) -> None:
    shown = CliRunner().invoke(app, ["check", str(folder)]).stdout
    assert "Note: copy of a: says the same words as a; a run counts it once" in shown
    assert "Question leads the answer: a, turn 2: Don't you think that was late?" in shown
    assert "Question asks for solutions: a, turn 4: Which features would you add?" in shown
    assert "3 of 5 files can be read; 3 interviews." in shown
    assert "Language" in shown


def test_what_holds_for_many_rows_of_a_table_is_said_once(tmp_path: Path) -> None:
    rows = [f"r{i},I bought a foam one after {i} bad nights,{'Yes I would say so. ' * i}" for i in range(1, 6)]
    head = "id,Which mattress did you buy?,Don't you think that it was late?"
    (tmp_path / "survey.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    (tmp_path / "talk.txt").write_text(TALK, encoding="utf-8")
    shown = CliRunner().invoke(app, ["check", str(tmp_path)]).stdout.splitlines()
    where = "survey.csv, 5 of 5 interviews (survey__r1, survey__r2, survey__r3, ...): "
    assert [line for line in shown if "turn(s) and" in line] == [
        f"Note: {where}in the first: only 4 turn(s) and 26 words",
        "Note: talk: only 6 turn(s) and 52 words",
    ]
    assert [line for line in shown if line.startswith("Question leads")] == [
        f"Question leads the answer: {where}Don't you think that it was late?",
        "Question leads the answer: talk, turn 2: Don't you think that was late?",
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Rui: I bought a lock and I lost my key.\nI was late again.\n", "monologue"),
        ("P1: I bought a lock.\nP2: I bought one too.\nP1: It froze on me.\nP2: So did mine.\n", "no_interviewer"),
        ("Interviewer: What happened?\nModerator: And then?\nInterviewer: Why?\nModerator: When?\n", "no_participant"),
    ],
)
def test_a_run_repeats_what_is_odd_about_the_roles(text: str, code: str) -> None:
    """The notes of a transcript are shown by `jtbd run` and stand in analysis.json."""
    assert [n.code for n in transcript_from_text(text).notes] == [code]
