"""What Ctrl-C is answered with: nothing is said to be kept where nothing is."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

import jtbd_nlp
from jtbd_nlp import pipeline, read, training
from jtbd_nlp.cli import interrupts
from jtbd_nlp.cli.app import app

GOES_ON = "Interrupted. What was finished is kept; run the same command again to go on.\n"


def interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_only_what_goes_on_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "discover", interrupted)
    monkeypatch.setattr(training, "write_plain", interrupted)
    monkeypatch.setattr(training, "train", interrupted)
    monkeypatch.setattr(jtbd_nlp.Analysis, "load", interrupted)
    monkeypatch.setattr(training, "evaluate", interrupted)
    for words, said in (
        (["check", "in"], "Interrupted.\n"),
        (["report", "out"], "Interrupted.\n"),
        (["plain", "gold", "--out", "out"], "Interrupted.\n"),
        (["evaluate", "gold", "--run", "out"], "Interrupted.\n"),
        (["train", "recipe.toml"], GOES_ON),
    ):
        done = CliRunner().invoke(app, words)
        assert (done.exit_code, done.stderr) == (130, said), words


@pytest.mark.parametrize("command", [["demo"], ["run", "in"]])
def test_a_run_and_the_demo_are_ended_soon(command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ends: list[int] = []
    monkeypatch.setattr(interrupts, "_GRACE", 0.05)
    monkeypatch.setattr("os._exit", ends.append)
    monkeypatch.setattr(pipeline.Pipeline, "run", busy(ends))
    done = CliRunner().invoke(app, [*command, "--out", str(tmp_path / "out")])
    assert ends == [130]
    assert GOES_ON in done.stderr


def busy(ends: list[int]):
    """A pipeline in code that does not listen to an interrupt."""

    def run(*_: object, **__: object) -> None:
        import signal
        import time

        before = signal.signal(signal.SIGINT, lambda *_: None)
        try:
            signal.raise_signal(signal.SIGINT)
            until = time.monotonic() + 20
            while not ends and time.monotonic() < until:
                time.sleep(0.01)
        finally:
            signal.signal(signal.SIGINT, before)
        raise KeyboardInterrupt

    return run
