"""Fixtures of the synthesis tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from synthesise_study import Study

from jtbd_nlp.parser import ParserService
from jtbd_nlp.schema.parsed import ParsedText


@pytest.fixture(scope="session")
def parse() -> Callable[[str], ParsedText]:
    return ParserService()


@pytest.fixture(scope="session")
def study() -> Study:
    return Study()
