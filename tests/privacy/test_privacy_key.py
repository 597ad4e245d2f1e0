"""The key file: for its owner alone, whole or not at all, and never in what is handed on."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from jtbd_nlp.errors import ConfigError, OutputError
from jtbd_nlp.privacy import Interview, Key, StandIn, check_key, load_key, save_key

KEY = Key(
    stand_ins={"P1": StandIn(kind="person", forms=("katrin weber", "katrin"))},
    interviews={"I001": Interview(name="katrin", sha256="0" * 64)},
)


def test_a_key_is_read_back_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "key.json"
    save_key(KEY, path)
    assert load_key(path) == KEY
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    save_key(KEY, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["key.json"]


def test_where_there_is_no_key_yet_it_is_empty(tmp_path: Path) -> None:
    assert load_key(tmp_path / "key.json") == Key()


@pytest.mark.parametrize("content", [b"", b"[]", b'{"stand_ins": {"P1": "Katrin"}}', b'{"version": 9}', b"\xff\xfe", b"Katrin Weber"])
def test_another_file_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        load_key(path)
    assert "Katrin" not in str(caught.value)
    assert path.read_bytes() == content


def test_a_key_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="Choose another place"):
        save_key(KEY, tmp_path / "file" / "key.json")


def test_a_key_lies_outside_output_and_interviews(tmp_path: Path) -> None:
    out, inputs = tmp_path / "out", tmp_path / "interviews"
    inputs.mkdir()
    (tmp_path / "link").symlink_to(inputs)
    for bad in (
        out / "key.json",
        out,
        tmp_path / "out.jtbd" / "key.json",
        inputs / "a" / "key.json",
        tmp_path / "link" / "key.json",
        tmp_path,
    ):
        with pytest.raises(ConfigError):
            check_key(bad, out, [inputs], wanted=True)
    assert check_key(tmp_path / "key.json", out, [inputs], wanted=True) == tmp_path / "key.json"


def test_key_and_pseudonymize_go_together(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="--key FILE"):
        check_key(None, tmp_path / "out", [], wanted=True)
    with pytest.raises(ConfigError, match="Add --pseudonymize"):
        check_key(tmp_path / "key.json", tmp_path / "out", [], wanted=False)
    assert check_key(None, tmp_path / "out", [], wanted=False) is None
