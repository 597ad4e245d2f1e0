"""`jtbd run --pseudonymize`: nothing that a run writes or says holds a name."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jtbd_nlp.cli.app import app
from jtbd_nlp.privacy import load_key
from jtbd_nlp.verify import verify

NAMES = re.compile("katrin|thistlewood|tadeus|veltrona|jolanda|fernsby|oakhurst|07700", re.IGNORECASE)
TALK = (
    "Interviewer Oakhurst: How did you find it, {0}?\n"
    "{0}: I was really worried that the battery would be empty half way, that is what happened to Tadeusz at Veltrona. "
    "I want to know in the morning that I get there and back. My number is 07700 900123, ask for {0}.\n"
    "Interviewer Oakhurst: And then?\n"
    "{0}: Then I sold the old car, because the repairs cost more than {1} hundred euros a month and I was fed up with it.\n"
)


def run(inputs: Path, out: Path, key: Path, *more: str) -> str:
    arguments = ["run", str(inputs), "--out", str(out), "--pseudonymize", "--key", str(key), "--workers", "1", *more]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 3, done.output  # one file cannot be read
    return done.output


def test_no_name_is_in_anything_that_a_run_writes(tmp_path: Path) -> None:
    inputs, out, key = tmp_path / "in", tmp_path / "out", tmp_path / "key.json"
    inputs.mkdir()
    (inputs / "Katrin Thistlewood.txt").write_text(TALK.format("Katrin Thistlewood", "two"))
    (inputs / "Fernsby broken.docx").write_bytes(b"no")
    said = run(inputs, out, key, "--interviewer", "Interviewer Oakhurst", "--title", "Talks by Oakhurst", "--force")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    before = load_key(key)
    left_out = re.search(r"^Left out: (\w+): ", said, re.MULTILINE)
    assert left_out
    assert before.interviews[left_out[1]].name == "Fernsby broken.docx"
    assert said.count(f'which file each is stands under "interviews" in {key}.') == 1
    (inputs / "jolanda.txt").write_text(TALK.format("Jolanda", "three"))
    said += run(inputs, out, key, "--interviewer", "Interviewer Oakhurst", "--title", "Talks by Oakhurst")
    assert not NAMES.search(said)
    written = [p for folder in (out, tmp_path / "out.jtbd") for p in folder.rglob("*") if p.is_file()]
    assert {"analysis.json", "manifest.json", "report.html", "statements.jsonl", "store-pseudonymous.sqlite"} <= {p.name for p in written}
    for path in written:
        assert not NAMES.search(path.name)
        assert not NAMES.search(path.read_bytes().decode("utf-8", "replace")), path.name
    after = load_key(key)
    assert {id: i.name for id, i in after.interviews.items() if id in before.interviews} == {
        id: i.name for id, i in before.interviews.items()
    }
    assert sorted(p.stem for p in (out / "transcripts").iterdir()) == sorted(id for id, i in after.interviews.items() if i.sha256)
    assert verify(out).ok


def test_what_an_earlier_run_stored_with_names_is_deleted(tmp_path: Path) -> None:
    inputs, out, key = tmp_path / "in", tmp_path / "out", tmp_path / "key.json"
    inputs.mkdir()
    (inputs / "Fernsby broken.docx").write_bytes(b"no")
    (inputs / "Katrin.txt").write_text(TALK.format("Katrin Thistlewood", "two"))
    assert CliRunner().invoke(app, ["run", str(inputs), "--out", str(out), "--workers", "1"]).exit_code == 3
    assert (tmp_path / "out.jtbd" / "store.sqlite").exists()
    run(inputs, out, key)
    for path in (p for folder in (out, tmp_path / "out.jtbd") for p in folder.rglob("*") if p.is_file()):
        assert not NAMES.search(path.read_bytes().decode("utf-8", "replace")), path.name


def test_an_unexpected_error_tells_no_word_of_an_interview(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: object, **more: object) -> None:
        raise ValueError("got 'Katrin Thistlewood' as input")

    monkeypatch.setattr("jtbd_nlp.pipeline.Pipeline.run", fails)
    (tmp_path / "in").mkdir()
    done = CliRunner().invoke(app, ["run", str(tmp_path / "in"), "--out", str(tmp_path / "out")])
    assert done.exit_code == 1
    assert "unexpected ValueError at " in done.output
    assert "Katrin" not in done.output
