"""Gold that is not there is told apart from gold without codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from jtbd_nlp.errors import ConfigError
from jtbd_nlp.training.gold import read_gold


def test_gold_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    nowhere, empty = str(tmp_path / "nowhere"), str(tmp_path / "docs")
    for spec in (nowhere, f"{nowhere}:{empty}", f"{empty}:{nowhere}"):
        with pytest.raises(ConfigError, match=r"there is no folder '.*nowhere'"):
            read_gold([spec])
    with pytest.raises(ConfigError, match="holds no coded interview"):
        read_gold([empty])
