"""Analyses made by hand, for the tests of the report."""

from __future__ import annotations

import pytest
from report_builders import FEW, study

from jtbd_nlp.schema import AnalysisRecord


@pytest.fixture(scope="session")
def analysis() -> AnalysisRecord:
    """Four stories with planted themes, jobs and pathways."""
    return study(names=FEW)


@pytest.fixture(scope="session")
def ungrouped() -> AnalysisRecord:
    """Two stories: too few for jobs and pathways."""
    return study(names=FEW[:2], grouped=False)
