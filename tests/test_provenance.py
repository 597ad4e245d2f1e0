"""What a manifest says of the weights is true of the run."""

from __future__ import annotations

import pytest

import jtbd_nlp
from jtbd_nlp import Config, SchemaError, Statement
from jtbd_nlp.config import EmbedConfig
from jtbd_nlp.provenance import provenance


def _embedder(model: str | None) -> str:
    made = provenance(Config(embed=EmbedConfig(model=model)), ())
    return next(one.sha256 for one in made.models if one.name == "embedder")


def test_another_embedder_is_not_told_as_the_bundled_one(tmp_path):
    (tmp_path / "model.onnx").write_bytes(b"other weights")
    assert len({_embedder(None), _embedder("hashing"), _embedder("some-model"), _embedder(str(tmp_path))}) == 4


def test_a_statement_without_its_transcript_is_named():
    lost = Statement(id="s_lost", transcript="gone", turn=0, speaker="Ana", start=0, end=2, text="ok", tags={"push": 1.0})
    with pytest.raises(SchemaError, match=r"s_lost.*gone"):
        jtbd_nlp.load().embed([lost], [])
