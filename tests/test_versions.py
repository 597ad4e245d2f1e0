"""A result that an earlier version wrote is still read: `tests/data/schema-<version>` holds one of every schema version."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jtbd_nlp import Analysis
from jtbd_nlp.schema import SCHEMA_VERSION

KEPT = sorted((Path(__file__).resolve().parent / "data").glob("schema-*"))


def test_a_result_of_this_version_is_kept():
    assert f"schema-{SCHEMA_VERSION}" in [folder.name for folder in KEPT]


@pytest.mark.parametrize("folder", KEPT, ids=lambda f: f.name)
def test_a_kept_result_is_read_whole(folder):
    analysis = Analysis.load(folder)
    written = json.loads((folder / "analysis.json").read_text(encoding="utf-8"))
    assert analysis.schema_version == folder.name.removeprefix("schema-")
    for part in ("themes", "outcomes", "stories", "jobs", "pathways", "transcripts"):
        assert len(getattr(analysis, part)) == len(written[part]) > 0 or part == "pathways"
    assert len(analysis.statements) == len((folder / "statements.jsonl").read_text(encoding="utf-8").splitlines())
    assert all(analysis.is_true(evidence) for job in analysis.jobs for evidence in job.evidence)
