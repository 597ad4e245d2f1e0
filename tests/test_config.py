"""The config file: what its errors say."""

from __future__ import annotations

import traceback
from pathlib import Path

import pytest

from jtbd_nlp.config import Config
from jtbd_nlp.errors import ConfigError


def test_an_unknown_name_is_answered_with_those_that_are_known(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[segment]\nfoo = 1\n[nope]\na = 1\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        Config.from_toml(file)
    assert "segment.foo: no such name; expected one of max_words, min_words" in str(caught.value)
    assert "nope: no such name; expected one of cluster, embed," in str(caught.value)


def test_a_value_out_of_range_is_named_with_its_range(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[cluster]\nmin_cluster_size = 1\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"cluster\.min_cluster_size: got 1; Input should be greater than or equal to 2"):
        Config.from_toml(file)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '[[read.roles]]\ninterview = "a"\ninterviewer = ["Katrin"]\n',
            "read.roles.0.interviewer: no such name; expected one of interview, ",
        ),
        ('[[read.roles]]\ninterviewers = ["Katrin"]\n', "read.roles.0.interview: is missing; expected a value"),
        ('[read]\ninterviewers = "Katrin"\n', "read.interviewers: got a string; Input should be a valid tuple"),
        ('[privacy]\nhidden = ["Katrin"]\n', "privacy.hidden: no such name; expected one of hide, keep, misheard"),
        ('[read]\nroles = [["Katrin"]]\n', "read.roles.0: got an array; Input should be a valid dictionary"),
    ],
)
def test_what_may_be_a_persons_name_is_not_repeated(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        Config.from_toml(file)
    assert said in str(caught.value)
    assert "Katrin" not in "".join(traceback.format_exception(caught.value))


def test_a_word_that_is_not_among_those_to_choose_from_is_shown(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[tag]\noperating_point = "bold"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"tag\.operating_point: got 'bold'; Input should be 'balanced' or 'careful'"):
        Config.from_toml(file)
