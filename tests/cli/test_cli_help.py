"""What `--help` shows is what was written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from jtbd_nlp.cli.app import app
from jtbd_nlp.cli.console import EXIT_CODES

COMMANDS = sorted(str(command.name) for command in app.registered_commands)


def shown(name: str) -> str:
    return " ".join(CliRunner().invoke(app, [name, "--help"], env={"COLUMNS": "500"}).stdout.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_every_option_is_shown_to_its_last_word(name: str) -> None:
    text = shown(name)
    for parameter in typer.main.get_command(app).commands[name].params:  # type: ignore[attr-defined]
        assert str(getattr(parameter, "help", None) or "") in text


def test_defaults_that_depend_are_said() -> None:
    assert "(default: all cores from eight inputs on, else one)" in shown("run")
    assert "(default: local)" in shown("run")
    assert "(default: the bundled one)" in shown("run")
    assert shown("train").count("(default: the recipe's)") == 2


def test_exit_codes_are_said_in_the_words_of_the_docs() -> None:
    page = (Path(__file__).parents[2] / "docs" / "output.md").read_text(encoding="utf-8")
    table = page.partition("## Exit codes")[2].partition("## ")[0]
    assert dict(re.findall(r"^\| (\d+) \| (.+) \|$", table, flags=re.MULTILINE)) == {str(k): v for k, v in EXIT_CODES.items()}
    for name in ("run", "demo", "check", "verify"):
        for code in (0, 1, 2) if name == "verify" else EXIT_CODES:
            assert f"{code} {EXIT_CODES[code]}" in shown(name)
