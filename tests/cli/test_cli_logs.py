"""`--json-logs` names no file, whatever goes wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jtbd_nlp.cli.app import app
from jtbd_nlp.data import study_path

NAME = "anna_smith"


def study(folder: Path) -> None:
    folder.mkdir()
    (folder / f"{NAME}.txt").write_bytes((study_path() / "sleep__s01.txt").read_bytes())


@pytest.mark.parametrize(
    ("inputs", "out", "more", "code"),
    [
        ("out/anna_smith.txt", "out", [], 1),  # an input in the output
        ("anna_smith", "anna_smith/out", [], 1),  # the output in an input
        ("in", "anna_smith", [], 1),  # the output has files that somebody added
        ("anna_smith", "new", ["--pseudonymize", "--key", "anna_smith/anna_smith.txt"], 2),
    ],
)
def test_an_output_that_may_not_be_written_is_told_without_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inputs: str, out: str, more: list[str], code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("in", "out", NAME):
        study(tmp_path / name)
    told = CliRunner().invoke(app, ["run", inputs, "--out", out, "--json-logs", *more])
    assert told.exit_code == code
    (event,) = map(json.loads, told.stderr.splitlines())
    assert (event["event"], event["exit_code"]) == ("error", code)
    assert NAME not in told.output
    plain = CliRunner().invoke(app, ["run", inputs, "--out", out, *more])
    assert plain.exit_code == code
    assert NAME in plain.stderr or "--key" in plain.stderr
