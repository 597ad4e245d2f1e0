"""The wheel carries all that it needs: taken apart far from the checkout and without a network, it does the main job."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NO_NETWORK = """
import socket

def refuse(*_, **__):
    raise OSError("the network was used")

socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


def test_the_wheel_is_small_and_whole(wheel):
    assert wheel.stat().st_size < 95_000_000
    names = zipfile.ZipFile(wheel).namelist()
    for name in (
        "_models/tagger/meta.json",
        "_models/tagger/model.onnx",
        "_models/tagger/matrices.npz",
        "_models/embedder/model.onnx",
        "_models/spacy/LICENSE",
        "py.typed",
        "data/study/sleep__s01.txt",
    ):
        assert f"jtbd_nlp/{name}" in names
    assert not [n for n in names if n.endswith((".pkl", ".pickle", ".pt", ".bin", ".pyc")) and "lookups" not in n]


def test_installed_far_from_the_checkout_it_works_without_a_network(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    (tmp_path / "site" / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    (tmp_path / "elsewhere").mkdir()
    story = tmp_path / "site" / "jtbd_nlp" / "data" / "study" / "sleep__s01.txt"
    code = "import jtbd_nlp, sys; from jtbd_nlp.cli import main; print(jtbd_nlp.__file__, file=sys.stderr); main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "run", str(story), "--out", "out", "--workers", "1"],
        cwd=tmp_path / "elsewhere",
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert str(tmp_path / "site") in done.stderr.splitlines()[0]
    assert (tmp_path / "elsewhere" / "out" / "report.html").exists()
