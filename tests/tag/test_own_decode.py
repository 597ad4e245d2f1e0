"""From logits to labels of one's own; and what a folder may say of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import ValidationError
from test_decode import META, interview, row

from jtbd_nlp.config import TagConfig
from jtbd_nlp.errors import ModelError
from jtbd_nlp.schema import Statement
from jtbd_nlp.tag import load_tagger
from jtbd_nlp.tag.decode import Run, Scores, decode
from jtbd_nlp.tag.meta import Calibration, OwnLabels, TaggerMeta

OWN = OwnLabels(
    names=("price", "onboarding"),
    calibration={"price": Calibration(slope=1.0, intercept=-1.0)},
    operating_points={"balanced": {"price": 0.5, "onboarding": 0.4}, "careful": {"price": 0.9, "onboarding": 0.9}},
)
BOTH = META.model_copy(update={"own": OWN})


def test_a_statement_with_an_own_label_alone_is_kept_and_one_with_nothing_is_not() -> None:
    transcript, segments = interview([5, 5, 5])
    rows = {Run(0, 1): [*row(), 2.0, -0.2], Run(1, 2): [*row(push=3), -3.0, -3.0], Run(2, 3): [*row(), 0.5, -3.0]}
    first, second = decode(transcript, segments, Scores(rows), BOTH, "balanced")
    assert first.tags == {} and first.labels == {"price": 0.7311, "onboarding": 0.4502}
    assert (first.dimension, first.phase, len(first.scores)) == (None, None, 11)
    assert set(second.tags) == {"push"} and second.labels == {}
    assert [s.labels for s in decode(transcript, segments, Scores(rows), BOTH, "careful")] == [{}]


def test_without_the_codebook_there_are_own_labels_alone() -> None:
    transcript, segments = interview([5, 5])
    alone = META.model_copy(update={"own": OWN.model_copy(update={"codebook": False})})
    rows = {Run(0, 1): [*row(push=9), 2.0, -3.0], Run(1, 2): [*row(push=9), -3.0, -3.0]}
    (found,) = decode(transcript, segments, Scores(rows), alone, "balanced")
    assert (found.tags, found.scores, found.undecided, found.stage, set(found.labels)) == ({}, {}, (), None, {"price"})


def test_labels_are_not_written_where_there_are_none() -> None:
    transcript, segments = interview([5])
    (found,) = decode(transcript, segments, Scores({Run(0, 1): row(push=3)}), META, "balanced")
    assert "labels" not in found.model_dump() and '"labels"' not in found.model_dump_json()
    labelled = found.model_copy(update={"labels": {"price": 0.8}})
    assert Statement.model_validate_json(labelled.model_dump_json()) == labelled
    assert "own" not in META.model_dump() and TaggerMeta.model_validate(BOTH.model_dump()) == BOTH


@pytest.mark.parametrize("names", [["push"], ["Price"], ["price", "price"], []])
def test_a_folder_cannot_name_labels_that_cannot_be(names: list[str]) -> None:
    with pytest.raises(ValidationError):
        OwnLabels(names=tuple(names))


def test_a_point_without_a_threshold_for_every_label_is_refused() -> None:
    with pytest.raises(ValidationError, match="other labels"):
        OwnLabels(names=("price", "onboarding"), operating_points={"balanced": {"price": 0.5}})


def test_weights_with_fewer_columns_than_the_labels_are_named(tmp_path: Path) -> None:
    from test_linear import write

    write(tmp_path, 1)
    meta = {
        **json.loads((tmp_path / "meta.json").read_text()),
        "own": {"names": ["price"], "operating_points": {"balanced": {"price": 0.5}}},
    }
    (tmp_path / "meta.json").write_text(json.dumps(meta))
    with pytest.raises(ModelError, match=r"expected .*31"):
        load_tagger(TagConfig(model=tmp_path))
