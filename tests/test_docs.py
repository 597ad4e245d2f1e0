"""What the documents say works: their Python runs, the files and commands that they name are there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jtbd_nlp.cli.app import app
from jtbd_nlp.data import study_path

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])


@pytest.mark.parametrize("page", [p for p in PAGES if "```python" in p.read_text(encoding="utf-8")], ids=lambda p: p.name)
def test_the_python_of_a_page_runs(page, tmp_path):
    code = "\n".join(re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), flags=re.DOTALL))
    (tmp_path / "interviews").mkdir()
    shutil.copy(study_path() / "sleep__s01.txt", tmp_path / "interviews")
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    if "add_pipe" in code:
        assert "'outcome'" in done.stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_command_that_the_readme_shows_is_there():
    shown = set(re.findall(r"^    jtbd (\w+)", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.MULTILINE))
    known = {command.name for command in app.registered_commands}
    assert shown
    assert shown <= known
    for name in sorted(known):
        assert CliRunner().invoke(app, [name, "--help"]).exit_code == 0


def test_every_make_target_that_the_readme_shows_is_there():
    shown = set(re.findall(r"^    make ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.MULTILINE))
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert {"demo", "test"} <= shown <= targets
