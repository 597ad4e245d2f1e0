"""Every format says the same interview: speakers, roles, words, times, offsets. The table in docs/formats.md is held by this file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from read_study import ASKER, BUILT, FIXTURES, STUDY, TELLER, Said, read_one, source_of, teams_docx

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read import check_source, read_source
from jtbd_nlp.schema import Transcript

#: fixture -> (label of who asks, label of who answers, times: None, or "start" where only beginnings are known, or "range")
MATRIX: dict[str, tuple[str, str, str | None]] = {
    "plain.txt": (ASKER, TELLER, None),
    "plain_utf16_crlf.txt": (ASKER, TELLER, None),
    "plain_cp1252.txt": (ASKER, TELLER, None),
    "clocks.txt": (ASKER, TELLER, "start"),
    "rev.txt": (ASKER, TELLER, "start"),
    "otter.txt": (ASKER, TELLER, "start"),
    "zoom.txt": (ASKER, TELLER, "start"),
    "zoom_chat.txt": (ASKER, TELLER, "start"),
    "markdown.md": (ASKER, TELLER, None),
    "teams.vtt": (ASKER, TELLER, "range"),
    "zoom.vtt": (ASKER, TELLER, "range"),
    "speakers.srt": (ASKER, TELLER, "range"),
    "meet.sbv": (ASKER, TELLER, "range"),
    "whisperx.json": ("SPEAKER_01", "SPEAKER_00", "range"),
    "aws_transcribe.json": ("spk_0", "spk_1", "range"),
    "deepgram.json": ("Speaker 0", "Speaker 1", "range"),
    "assemblyai.json": ("Speaker A", "Speaker B", "range"),
    "rev.json": (ASKER, TELLER, "range"),
    "free.rtf": (ASKER, TELLER, None),
    "page.html": (ASKER, TELLER, None),
    "utterances.csv": (ASKER, TELLER, "start"),
    "teams.docx": (ASKER, TELLER, "start"),
    "teams_old.docx": (ASKER, TELLER, "start"),
    "otter.docx": (ASKER, TELLER, "start"),
    "rev.docx": (ASKER, TELLER, "start"),
    "free.docx": (ASKER, TELLER, None),
    "meet.docx": (ASKER, TELLER, None),
    "table.docx": (ASKER, TELLER, "start"),
    "free.odt": (ASKER, TELLER, None),
    "text_layer.pdf": (ASKER, TELLER, None),
    "utterances.xlsx": (ASKER, TELLER, "start"),
}
NO_EMOJI = {"plain_cp1252.txt", "text_layer.pdf"}
AS_THEY_ARE = {
    "plain.txt": "utf-8",
    "plain_utf16_crlf.txt": "utf-16",
    "plain_cp1252.txt": "cp1252",
    "clocks.txt": "utf-8",
    "markdown.md": "utf-8",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All fixtures in one folder."""
    folder = tmp_path_factory.mktemp("formats")
    for path in FIXTURES.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    for name, build in BUILT.items():
        (folder / name).write_bytes(build())
    return folder


def words(text: str) -> list[str]:
    return text.split()


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_every_format_says_the_same(folder: Path, name: str) -> None:
    asker, teller, times = MATRIX[name]
    transcript = read_one(folder / name)
    wanted = [
        Said(asker if s.speaker == ASKER else teller, s.text.replace(" 🚲", "") if name in NO_EMOJI else s.text, s.start_s, s.end_s)
        for s in STUDY
    ]
    assert [t.speaker for t in transcript.turns] == [s.speaker for s in wanted]
    assert [words(transcript.turn_text(t)) for t in transcript.turns] == [words(s.text) for s in wanted]
    assert {t.speaker: t.role for t in transcript.turns} == {asker: "interviewer", teller: "participant"}
    check_times(transcript, times)


def check_times(transcript: Transcript, times: str | None) -> None:
    if times is None:
        assert all(t.time is None or name_is_meet(transcript) for t in transcript.turns)
        return
    for turn, said in zip(transcript.turns, STUDY, strict=True):
        assert turn.time is not None
        assert turn.time.start_s == pytest.approx(int(said.start_s) if times == "start" else said.start_s, abs=0.01)
        if times == "range":
            assert turn.time.end_s == pytest.approx(said.end_s, abs=0.01)


def name_is_meet(transcript: Transcript) -> bool:
    return transcript.source == "meet.docx"  # a time code stands between paragraphs now and then


@pytest.mark.parametrize("name", sorted(set(MATRIX) - set(AS_THEY_ARE)))
def test_canonical_text_is_one_line_a_turn(folder: Path, name: str) -> None:
    transcript = read_one(folder / name)
    lines = transcript.text.split("\n")
    assert lines.pop() == ""
    assert lines == [f"{t.speaker}: {transcript.turn_text(t)}" for t in transcript.turns]


@pytest.mark.parametrize(("name", "encoding"), sorted(AS_THEY_ARE.items()))
def test_labelled_text_stays_to_the_letter(folder: Path, name: str, encoding: str) -> None:
    assert read_one(folder / name).text == (folder / name).read_bytes().decode(encoding)


def test_a_quote_leads_to_its_second(folder: Path) -> None:
    for name in ("teams.vtt", "speakers.srt", "deepgram.json", "rev.json", "aws_transcribe.json", "assemblyai.json"):
        transcript = read_one(folder / name)
        at = transcript.text.index("I called my brother")
        early = transcript.time_of(at, at + 10)
        at = transcript.text.index("every evening")
        late = transcript.time_of(at, at + 10)
        assert early is not None and late is not None
        assert 21.0 <= early.start_s < late.end_s <= 29.0
        assert early.start_s < late.start_s


@pytest.mark.parametrize("name", ["plain.vtt", "whisper.json"])
def test_captions_without_speakers_are_one_unknown_speaker(folder: Path, name: str) -> None:
    transcript = read_one(folder / name)
    assert {t.role for t in transcript.turns} == {"unknown"}
    assert "no_speakers" in {n.code for n in transcript.notes}
    assert words(transcript.turn_text(transcript.turns[0])) == [w for s in STUDY for w in s.text.split()]


def test_the_notes_of_a_meeting_are_not_speech(folder: Path) -> None:
    transcript = read_one(folder / "meet.docx")
    assert "sends a photo" not in transcript.text
    assert "computer generated" not in transcript.text


def test_survey_rows_are_interviews_of_their_own(folder: Path) -> None:
    first, second = read_source(source_of(folder / "survey.csv"))
    assert (first.id, second.id) == ("survey__R-101", "survey__R-102")
    assert [(t.role, first.turn_text(t)) for t in first.turns][:2] == [
        ("interviewer", "What made you look for a new lock?"),
        ("participant", "My old lock froze in March, twice."),
    ]
    assert len(second.turns) == 2


def test_highlights_are_grouped_by_note(folder: Path) -> None:
    transcripts = read_source(source_of(folder / "highlights.csv"))
    assert [t.id for t in transcripts] == ["highlights__Tomás_12_March", "highlights__Agnes_14_March"]
    assert {t.role for x in transcripts for t in x.turns} == {"participant"}


def test_check_says_what_a_file_is(folder: Path) -> None:
    check = check_source(source_of(folder / "teams.vtt"))
    assert (check.format, check.encoding, check.problem) == ("webvtt", "utf-8", None)
    (transcript,) = check.transcripts
    assert {s.speaker: s.role for s in transcript.speakers} == {ASKER: "interviewer", TELLER: "participant"}
    assert transcript.duration_s == 41.0
    assert transcript.turns == 6


def test_an_ending_that_lies_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "really_word.txt"
    path.write_bytes(teams_docx())
    assert read_one(path).format == "docx"


def test_the_table_in_the_docs_is_this_one() -> None:
    docs = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w.]+\.(?:txt|md|vtt|srt|sbv|json|rtf|html|csv|docx|odt|pdf|xlsx))`", docs))
    assert set(MATRIX) <= named


def test_the_limits_in_the_docs_are_those_of_the_config() -> None:
    docs = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    shown = {name: int(value.replace(",", "")) for name, value in re.findall(r"^\| `(max_\w+)` \| ([\d,]+) \|", docs, flags=re.MULTILINE)}
    assert shown == {name: value for name, value in ReadConfig().model_dump().items() if name.startswith("max_")}
