"""The config file: what its errors say."""

from __future__ import annotations

from pathlib import Path

import pytest

from jtbd_nlp.config import Config
from jtbd_nlp.errors import ConfigError


def test_an_unknown_name_is_answered_with_those_that_are_known(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[segment]\nfoo = 1\n[nope]\na = 1\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        Config.from_toml(file)
    assert "segment.foo: got 1; no such name; expected one of max_words, min_words" in str(caught.value)
    assert "nope: got {'a': 1}; no such name; expected one of cluster, embed," in str(caught.value)


def test_a_value_out_of_range_is_named_with_its_range(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[cluster]\nmin_cluster_size = 1\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"cluster\.min_cluster_size: got 1; Input should be greater than or equal to 2"):
        Config.from_toml(file)
