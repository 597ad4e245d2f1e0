"""The main job through the command line: what is written, what is left out, and that equal inputs give equal bytes."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import jtbd_nlp
from jtbd_nlp.data import study_path
from jtbd_nlp.verify import verify


def jtbd(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "jtbd_nlp", *map(str, words)], capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )


def interviews(count: int) -> list[Path]:
    return sorted(study_path().glob("*.txt"))[:count]


@pytest.fixture(scope="module")
def three(tmp_path_factory) -> Path:
    """Output of a run over three interviews with one worker."""
    out = tmp_path_factory.mktemp("three") / "out"
    done = jtbd("run", *interviews(3), "--out", out, "--workers", 1, PYTHONHASHSEED="1")
    assert done.returncode == 0, done.stderr
    assert "Report: " in done.stderr
    return out


def test_a_run_writes_what_the_docs_say(three):
    assert sorted(p.name for p in three.iterdir()) == ["analysis.json", "manifest.json", "report.html", "statements.jsonl", "transcripts"]
    texts = {p.stem: p.read_bytes().decode() for p in (three / "transcripts").iterdir()}
    assert texts == {p.stem: p.read_bytes().decode() for p in interviews(3)}
    rows = [json.loads(line) for line in (three / "statements.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(rows) > 30
    assert rows == sorted(rows, key=lambda r: (r["transcript"], r["start"], r["end"]))
    for row, following in itertools.pairwise(rows):
        assert texts[row["transcript"]][row["start"] : row["end"]] == row["text"]
        assert row["tags"]
        assert len(row["scores"]) == 11
        assert row["transcript"] != following["transcript"] or row["end"] <= following["start"]
    assert verify(three).ok


def test_order_workers_and_hash_seed_change_no_byte(three, tmp_path):
    out = tmp_path / "again"
    done = jtbd("run", *reversed(interviews(3)), "--out", out, "--workers", 2, PYTHONHASHSEED="2")
    assert done.returncode == 0, done.stderr
    for name in ("statements.jsonl", "analysis.json", "manifest.json", "report.html"):
        assert (out / name).read_bytes() == (three / name).read_bytes(), name


def test_a_saved_analysis_is_loaded_as_it_was_and_saved_as_the_same_bytes(three, tmp_path):
    analysis = jtbd_nlp.Analysis.load(three)
    analysis.save(tmp_path / "copy")
    for path in sorted(p for p in three.rglob("*") if p.is_file()):
        assert (tmp_path / "copy" / path.relative_to(three)).read_bytes() == path.read_bytes(), path.name


def test_bad_files_cost_only_themselves(tmp_path):
    folder = tmp_path / "a study"
    folder.mkdir()
    for path in interviews(3):
        shutil.copy(path, folder)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 not really a zip")
    (folder / "talk.mp4").write_bytes(b"\x00\x00\x00\x18ftypmp42" + bytes(2000))
    (folder / "prose.txt").write_text("It was a quiet week. Nothing happened that anybody would have to tell.\n" * 5, encoding="utf-8")
    done = jtbd("run", folder, "--out", tmp_path / "out", "--workers", 1)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    named = [line for line in done.stderr.splitlines() if line.startswith("Left out: ")]
    assert len(named) == 5
    for name in ("empty.txt", "binary.txt", "broken.docx", "talk.mp4", "prose.txt"):
        assert sum(name in line for line in named) == 1, done.stderr
    analysis = jtbd_nlp.Analysis.load(tmp_path / "out")
    assert [t.id for t in analysis.transcripts] == [p.stem for p in interviews(3)]
    assert len(analysis.problems) == 5


def test_nothing_usable_is_an_error_that_leaves_an_earlier_output_alone(three, tmp_path):
    shutil.copytree(three, tmp_path / "out")
    (tmp_path / "empty.txt").write_bytes(b"")
    done = jtbd("run", tmp_path / "empty.txt", tmp_path / "missing.txt", "--out", tmp_path / "out", "--workers", 1)
    assert done.returncode == 1
    assert "empty.txt" in done.stderr
    assert "Traceback" not in done.stderr
    assert verify(tmp_path / "out").ok


def test_a_setting_that_is_not_allowed_is_named(tmp_path):
    (tmp_path / "config.toml").write_text("[cluster]\nmin_cluster_size = 1\n", encoding="utf-8")
    done = jtbd("run", study_path(), "--out", tmp_path / "out", "--config", tmp_path / "config.toml")
    assert done.returncode == 2
    assert "cluster.min_cluster_size: got 1" in done.stderr
    assert not (tmp_path / "out").exists()


def test_check_names_speakers_and_roles_and_writes_nothing(tmp_path):
    shutil.copy(interviews(1)[0], tmp_path)
    before = sorted(tmp_path.rglob("*"))
    done = jtbd("check", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Interviewer" in done.stdout
    assert "Rui" in done.stdout
    assert sorted(tmp_path.rglob("*")) == before


def test_check_of_nothing_that_can_be_read_is_a_failure(tmp_path):
    done = jtbd("check", tmp_path / "nowhere")
    assert done.returncode == 1
    assert "nowhere" in done.stderr


def test_report_is_made_again_and_the_output_stays_true(three, tmp_path):
    shutil.copytree(three, tmp_path / "out")
    done = jtbd("report", tmp_path / "out", "--title", "Sleep & <rest>")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "Sleep &amp; &lt;rest&gt;" in page
    assert verify(tmp_path / "out").ok


def test_verify_finds_a_changed_quote(three, tmp_path):
    shutil.copytree(three, tmp_path / "out")
    path = tmp_path / "out" / "statements.jsonl"
    path.write_bytes(path.read_bytes().replace(b"the", b"teh", 1))
    done = jtbd("verify", tmp_path / "out")
    assert done.returncode == 1
    assert "statements.jsonl" in done.stdout
    assert jtbd("verify", three).returncode == 0


def test_another_tagger_can_be_named(three, tmp_path):
    out = tmp_path / "out"
    done = jtbd("run", interviews(1)[0], "--out", out, "--workers", 1, "--tagger", "fast")
    assert done.returncode == 0, done.stderr
    weights = [{m["name"]: m["sha256"] for m in json.loads((at / "manifest.json").read_text())["models"]} for at in (out, three)]
    assert weights[0]["tagger"] != weights[1]["tagger"]
    assert weights[0]["embedder"] == weights[1]["embedder"]
