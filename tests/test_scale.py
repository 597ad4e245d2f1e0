"""`jtbd run` over studies that grow, are interrupted, and are watched by a scheduler instead of a person."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer
from quick_config import QUICK

from jtbd_nlp import study
from jtbd_nlp.cli import console, work
from jtbd_nlp.cli.bars import rate_of
from jtbd_nlp.cli.events import Pace, file_id
from jtbd_nlp.config import Config
from jtbd_nlp.data import study_path
from jtbd_nlp.schema.processed import Processed

posix = pytest.mark.skipif(os.name == "nt", reason="sends signals")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a quick config and an empty folder of interviews."""
    (tmp_path / "quick.toml").write_text(QUICK, encoding="utf-8")
    (tmp_path / "in").mkdir()
    return tmp_path


def command(place: Path, *words: object) -> list[str]:
    config, out = str(place / "quick.toml"), str(place / "out")
    return [sys.executable, "-m", "jtbd_nlp", "run", str(place / "in"), "--out", out, "--config", config, *map(str, words)]


def give(place: Path, *numbers: int) -> None:
    for number in numbers:
        shutil.copy(sorted(study_path().glob("*.txt"))[number], place / "in")


def test_json_logs_tell_how_it_goes_and_no_word_of_an_interview(place: Path) -> None:
    give(place, 0, 1)
    (place / "in" / "Rui Costa.mp4").write_bytes(b"\0")
    done = subprocess.run(command(place, "--json-logs", "--workers", 1), capture_output=True, text=True, check=False)
    assert done.returncode == 3
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert all(set(e) >= {"event", "seconds"} for e in events)
    (last,) = (e for e in events if e["event"] == "progress" and e["stage"] == "interviews" and e["done"] == 2)
    assert last["total"] == 2
    assert {"rate", "seconds_left"} <= set(last)
    assert [e["file"] for e in events if e["event"] == "left_out"] == [file_id("Rui Costa.mp4")]
    (end,) = (e for e in events if e["event"] == "done")
    assert (end["interviews"], end["left_out"]) == (2, 1)
    said = "".join(path.read_text(encoding="utf-8") for path in (place / "in").glob("*.txt"))
    assert "Rui" not in done.stderr
    for event in events:
        assert not [v for v in event.values() if isinstance(v, str) and len(v) > 20 and v in said]


def test_json_logs_tell_an_error_with_its_exit_code(place: Path) -> None:
    done = subprocess.run(command(place, "--json-logs"), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    (event,) = map(json.loads, done.stderr.splitlines())
    assert (event["event"], event["type"], event["exit_code"]) == ("error", "InputError", 1)


def test_rates_and_exit_codes_are_told() -> None:
    assert [rate_of(None), rate_of(2.5), rate_of(0.25)] == ["", "2.5/s", "4.0 s each"]
    pace = Pace()
    assert pace.step(1, last=False)
    time.sleep(0.01)
    assert not pace.step(2, last=False)
    assert pace.rate is not None
    assert 0 < pace.rate <= 100
    assert pace.step(3, last=True)
    shown = subprocess.run([sys.executable, "-m", "jtbd_nlp", "run", "--help"], capture_output=True, text=True, check=False)
    assert "130 interrupted" in " ".join(shown.stdout.split())


class Interrupted:
    """A pipeline that finishes one interview and is interrupted then."""

    config = Config()

    def run(self, inputs, *, store, progress, **more):
        store.put("a key", Processed(source="a.txt"))
        progress("interviews", 1, 2)
        raise KeyboardInterrupt


def test_an_interrupt_in_a_run_says_what_is_kept(place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(study, "load", lambda config: Interrupted())
    for as_json in (False, True):
        with pytest.raises(typer.Exit) as ended, console.json_logs(as_json), console.errors():
            work.run_into([place / "in"], place / "out", Config(), 1)
        assert ended.value.exit_code == 130
        said = capsys.readouterr().err.splitlines()
        if as_json:
            assert {"event": "interrupted", "kept": 1, "exit_code": 130}.items() <= json.loads(said[-1]).items()
        else:
            side = place / "out.jtbd"
            assert said == [f"Interrupted. 1 finished file is kept in {side}; run the same command again to go on."]
        assert sorted(p.name for p in (place / "out.jtbd").iterdir()) == ["store.sqlite"]
        assert not (place / "out").exists()


@posix
def test_a_person_who_interrupts_reads_how_to_go_on(place: Path) -> None:
    give(place, *range(12))
    running = subprocess.Popen(command(place, "--workers", 1), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    until = time.monotonic() + 240
    while not (place / "out.jtbd" / "store.sqlite").exists() and time.monotonic() < until:
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    said = running.communicate()[1]
    assert running.returncode == 130
    assert re.fullmatch(r"Interrupted\. .*kept.*run the same command again to go on\.\n", said), said


BUSY = """
import hashlib
from jtbd_nlp.cli import console, interrupts
with console.errors(), interrupts.soon():
    print("begun", flush=True)
    hashlib.pbkdf2_hmac("sha256", b"", b"", 2_000_000_000)
"""


@posix
def test_an_interrupt_ends_a_command_that_cannot_hear_it() -> None:
    running = subprocess.Popen([sys.executable, "-c", BUSY], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert running.stdout is not None
    running.stdout.readline()
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=120)
    assert running.returncode == 130
    assert said.startswith("Interrupted. ")


WATCH = """
import sys
from pathlib import Path
from jtbd_nlp.cli import console, work
from jtbd_nlp.config import Config, EngineConfig
from jtbd_nlp.errors import InputError

def once(inputs, out, config, workers, *, force, key):
    names = sorted(p.name for p in folder.iterdir())
    print(force, *names, flush=True)
    if not names:
        raise InputError("nothing to analyse", "no files")
    return ()

folder, work.run_into = Path(sys.argv[1]), once
with console.errors():
    work.keep_current([folder], folder.parent / "out", Config(engine=EngineConfig(settle_s=0.4)), 1, force=True)
"""


@posix
def test_a_watched_folder_is_run_whenever_it_has_changed_until_it_is_stopped(place: Path) -> None:
    words = [sys.executable, "-c", WATCH, str(place / "in")]
    running = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert running.stdout is not None and running.stderr is not None
    assert running.stdout.readline() == "True\n"
    assert "no files" in running.stderr.readline()
    assert "Watching" in running.stderr.readline()
    names = [sorted(study_path().glob("*.txt"))[n].name for n in range(3)]
    give(place, 0)
    assert running.stdout.readline() == f"False {names[0]}\n"
    assert "Watching" in running.stderr.readline()
    give(place, 1, 2)
    seen = running.stdout.readline()
    while seen != f"False {' '.join(names)}\n":  # a slow machine may let the copies come apart
        seen = running.stdout.readline()
    assert "Watching" in running.stderr.readline()
    (place / "in" / names[0]).unlink()
    assert running.stdout.readline() == f"False {' '.join(names[1:])}\n"
    assert "Watching" in running.stderr.readline()
    running.send_signal(signal.SIGINT)
    out, said = running.communicate(timeout=120)
    assert (out, said, running.returncode) == ("", "Stopped watching.\n", 0)
