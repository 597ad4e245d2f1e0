"""`jtbd run` and `jtbd_nlp.run` into a folder that has an output already, that is held by another run, or that follows its inputs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from cli_parts import contents, give, quick
from typer.testing import CliRunner

import jtbd_nlp
from jtbd_nlp.cli.app import app
from jtbd_nlp.errors import ConfigError, OutputError
from jtbd_nlp.store import ResultStore, output_place


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of files whose results are put into the store."""
    names: list[str] = []
    put = ResultStore.put

    def counted(self, key, processed):
        names.append(processed.transcripts[0].id)
        return put(self, key, processed)

    monkeypatch.setattr(ResultStore, "put", counted)
    return names


def test_a_second_run_does_what_is_new_and_gives_what_a_first_one_would(tmp_path: Path, done: list[str]) -> None:
    inputs, out, words = tmp_path / "in", tmp_path / "out", ["--config", str(quick(tmp_path))]
    give(inputs, "ada", "bo")
    command = ["run", str(inputs), *words, "--out"]
    assert CliRunner().invoke(app, [*command, str(out)]).exit_code == 0
    assert sorted(done) == ["ada", "bo"]
    give(inputs, "ada", "bo", "cem")
    assert CliRunner().invoke(app, [*command, str(out)]).exit_code == 0
    assert done[2:] == ["cem"]
    assert CliRunner().invoke(app, [*command, str(tmp_path / "fresh")]).exit_code == 0
    assert contents(out) == contents(tmp_path / "fresh")
    assert sorted(p.name for p in (out / "transcripts").iterdir()) == ["ada.txt", "bo.txt", "cem.txt"]
    del done[:]
    assert CliRunner().invoke(app, [*command, str(out), "--force"]).exit_code == 0
    assert sorted(done) == ["ada", "bo", "cem"]


def test_an_output_that_another_run_holds_is_left_alone(tmp_path: Path) -> None:
    give(tmp_path / "in", "ada")
    out = tmp_path / "out"
    with output_place(out):
        again = CliRunner().invoke(app, ["run", str(tmp_path / "in"), "--out", str(out), "--config", str(quick(tmp_path))])
    assert again.exit_code == 1
    assert "another run" in again.stderr
    assert again.stdout == ""
    assert not out.exists()


def test_a_run_from_python_goes_on_where_it_was(tmp_path: Path, done: list[str]) -> None:
    inputs, out, config = tmp_path / "in", tmp_path / "out", quick(tmp_path)
    give(inputs, "ada", "bo")
    (inputs / "bad.docx").write_bytes(b"no")
    (inputs / "copy.txt").write_bytes((inputs / "ada.txt").read_bytes())
    told: list[str] = []
    first = jtbd_nlp.run(inputs, out, config, progress=lambda stage, k, n: told.append(stage))
    assert "interviews" in told
    assert first.interviews == 2
    assert [p.source for p in first.problems] == ["bad.docx"]
    assert [(n.transcript, n.source, n.note.code) for n in first.notes if n.note.code == "duplicate"] == [("ada", "ada.txt", "duplicate")]
    assert first.analysis().summary() == first.summary
    del done[:]
    again = jtbd_nlp.run([str(inputs)], str(out), str(config))
    assert done == []
    assert again == first
    assert sorted(p.name for p in tmp_path.glob("out.jtbd/*")) == ["store.sqlite"]


def test_a_run_from_python_keeps_the_key_apart(tmp_path: Path) -> None:
    give(tmp_path / "in", "ada")
    with pytest.raises(ConfigError, match="lies in the output"):
        jtbd_nlp.run(tmp_path / "in", tmp_path / "out", key=tmp_path / "in" / "key.json")
    with output_place(tmp_path / "out"), pytest.raises(OutputError, match="another run"):
        jtbd_nlp.run(tmp_path / "in", tmp_path / "out", key=tmp_path / "key.json")


@pytest.mark.skipif(os.name == "nt", reason="sends a signal")
def test_watching_keeps_the_output_current_until_ctrl_c(tmp_path: Path) -> None:
    give(tmp_path / "in", "ada", "bo")
    out = tmp_path / "out"
    words = ["-m", "jtbd_nlp", "run", str(tmp_path / "in"), "--out", str(out), "--config", str(quick(tmp_path)), "--watch"]
    running = subprocess.Popen([sys.executable, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert running.stderr is not None
    while "Watching" not in (line := running.stderr.readline()):
        assert line, "it ended"
    assert sorted(p.stem for p in (out / "transcripts").iterdir()) == ["ada", "bo"]
    give(tmp_path / "in", "ada", "bo", "cem")
    while "Watching" not in (line := running.stderr.readline()) or not (out / "transcripts" / "cem.txt").exists():
        assert line, "it ended"
    running.send_signal(signal.SIGINT)
    assert running.communicate(timeout=120)[1] == "Stopped watching.\n"
    assert running.returncode == 0
