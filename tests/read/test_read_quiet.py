"""Parsers say nothing of their own on stderr, and reading leaves logging and warnings as it found them."""

from __future__ import annotations

import logging
import warnings
from pathlib import Path

import pytest
from read_study import STUDY, study_pdf, xlsx_bytes

from jtbd_nlp.read import Source, read_source


def read(folder: Path, name: str, data: bytes) -> int:
    (folder / name).write_bytes(data)
    (transcript,) = read_source(Source(path=str(folder / name), name=name, id="x"))
    return len(transcript.turns)


def with_a_wrong_pointer() -> bytes:
    """A PDF that its parser mends with a warning."""
    return study_pdf().replace(b"startxref\n", b"startxref\n9")


def test_a_damaged_pdf_is_read_in_silence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])  # as in a program that has set up no logging: warnings go to stderr
    assert read(tmp_path, "a.pdf", with_a_wrong_pointer()) == len(STUDY)
    assert capfd.readouterr() == ("", "")


def test_who_has_set_up_logging_hears_the_parser_as_ever(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    read(tmp_path, "a.pdf", with_a_wrong_pointer())
    assert "startxref" in caplog.text


def test_a_workbook_without_styles_is_read_in_silence(tmp_path: Path, recwarn: pytest.WarningsRecorder) -> None:
    import io
    import zipfile

    whole, bare = zipfile.ZipFile(io.BytesIO(xlsx_bytes([("Speaker", "Text"), *((s.speaker, s.text) for s in STUDY)]))), io.BytesIO()
    with zipfile.ZipFile(bare, "w") as archive:
        for name in whole.namelist():
            content = whole.read(name)
            if name == "xl/styles.xml":
                content = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
            archive.writestr(name, content)
    assert read(tmp_path, "a.xlsx", bare.getvalue()) == len(STUDY)
    assert not recwarn.list


def test_logging_and_warnings_are_as_before(tmp_path: Path) -> None:
    before = ([*logging.getLogger("pypdf").handlers], logging.getLogger("pypdf").level, [*warnings.filters])
    read(tmp_path, "a.pdf", with_a_wrong_pointer())
    assert ([*logging.getLogger("pypdf").handlers], logging.getLogger("pypdf").level, [*warnings.filters]) == before
