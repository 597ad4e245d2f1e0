"""Ways to a smaller tagger: fewer layers, fewer words, fewer bits."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import training_projects as projects
from hypothesis import given, settings, strategies as st

from jtbd_nlp.errors import ConfigError, ModelError
from jtbd_nlp.segment import load_segmenter
from jtbd_nlp.tag.encoder import load_encoder, open_network
from jtbd_nlp.tag.windows import Window
from jtbd_nlp.training import train
from jtbd_nlp.training.encoder import load_tokenizer
from jtbd_nlp.training.gold import read_gold, to_transcript
from jtbd_nlp.training.model import build, layers
from jtbd_nlp.training.quantise import BLOCK, quantise
from jtbd_nlp.training.vocabulary import cut_tokenizer, entries
from jtbd_nlp.weights import find

LINES = ('corpus = "corpus"', 'held_out_markets = ["two"]')


@pytest.fixture(scope="module", params=["bert", "mpnet"])
def encoder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return projects.encoder(tmp_path_factory.mktemp(request.param) / "encoder", request.param)


def test_the_lowest_layers_are_kept(encoder: Path) -> None:
    whole, one = build(encoder), build(encoder, layers=1)
    assert len(layers(one.encoder)) == 1
    assert all((a == b).all() for a, b in zip(layers(whole.encoder)[0].parameters(), layers(one.encoder)[0].parameters(), strict=True))
    with pytest.raises(ConfigError, match=r"layers = 7, but the encoder encoder has 1\. Set at most 1"):
        build(encoder, layers=7)


def test_words_of_the_interviews_are_read_as_before_and_others_in_pieces(encoder: Path) -> None:
    whole = load_tokenizer(encoder)
    cut = cut_tokenizer(whole, entries(whole, ["The old one kept breaking"], 0))
    assert cut.get_vocab_size() < whole.get_vocab_size()
    for special in (True, False):
        assert (
            cut.encode("the old one", add_special_tokens=special).tokens == whole.encode("the old one", add_special_tokens=special).tokens
        )
    pieces = cut.encode("interviewer", add_special_tokens=False).tokens
    assert len(pieces) > len(whole.encode("interviewer", add_special_tokens=False).tokens)
    assert "".join(piece.removeprefix("##") for piece in pieces) == "interviewer"


def test_the_commonest_words_can_be_kept_too(encoder: Path) -> None:
    whole = load_tokenizer(encoder)
    assert len(entries(whole, [], 0)) < len(entries(whole, [], 200)) < len(entries(whole, [], whole.get_vocab_size()))


def test_another_kind_of_tokenizer_is_refused_before_anything_is_fitted(tmp_path: Path) -> None:
    projects.corpus(tmp_path, "one", "two")
    projects.encoder(tmp_path / "encoder", "roberta")
    with pytest.raises(ConfigError, match="of the kind BPE; only WordPiece"):
        train(projects.recipe(tmp_path, *LINES, "vocabulary = 0"))
    assert not (tmp_path / "out" / "checkpoints").exists()


def test_a_tagger_with_fewer_words_says_the_same(tmp_path: Path) -> None:
    pytest.importorskip("onnx")
    projects.corpus(tmp_path, "one", "two")
    projects.encoder(tmp_path / "encoder", "mpnet")
    recipe = projects.recipe(tmp_path, *LINES)
    whole = train(recipe, tmp_path / "whole")
    recipe.write_text(recipe.read_text() + "vocabulary = 0\nbits = 4\nlayers = 1\n")
    small = train(recipe, tmp_path / "small")
    assert len(vocabulary(small)) < len(vocabulary(whole))
    assert {"vocabulary": 0, "bits": 4, "layers": 1}.items() <= json.loads((small / "meta.json").read_text())["recipe"].items()
    transcript = to_transcript(read_gold([tmp_path / "corpus" / "two"])[0])
    segments = load_segmenter().segment(transcript)
    a, b = (load_encoder(folder, "balanced", 1).scores(transcript, segments).rows for folder in (whole, small))
    assert a.keys() == b.keys() and a
    assert all(b[run] == pytest.approx(a[run], abs=1e-4) for run in a)


def test_matrices_that_are_gone_or_damaged_are_said(tmp_path: Path) -> None:
    shipped = find("tagger")
    for name in ("model.onnx", "tokenizer.json", "meta.json"):
        shutil.copy(shipped / name, tmp_path)
    with pytest.raises(ModelError, match="install or train them again"):
        load_encoder(tmp_path, "balanced", 1)
    (tmp_path / "matrices.npz").write_bytes((shipped / "matrices.npz").read_bytes()[:1000])
    with pytest.raises(ModelError, match="install or train them again"):
        load_encoder(tmp_path, "balanced", 1)


def vocabulary(folder: Path) -> dict[str, int]:
    return dict(json.loads((folder / "tokenizer.json").read_text())["model"]["vocab"])


@pytest.fixture(scope="module")
def words_and_matrix(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any, Any]:
    """A model that looks words up and multiplies their vectors with a matrix."""
    onnx = pytest.importorskip("onnx")
    from onnx import TensorProto, helper, numpy_helper

    rng = np.random.default_rng(0)
    vectors, matrix = rng.normal(size=(900, 256)).astype(np.float32), rng.normal(size=(256, 500)).astype(np.float32)
    graph = helper.make_graph(
        [helper.make_node("Gather", ["vectors", "ids"], ["found"]), helper.make_node("MatMul", ["found", "matrix"], ["out"])],
        "small",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, [1, None])],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, [1, None, 500])],
        [numpy_helper.from_array(vectors, "vectors"), numpy_helper.from_array(matrix, "matrix")],
    )
    path = tmp_path_factory.mktemp("onnx") / "float.onnx"
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), str(path))
    return path, vectors, matrix


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize(("bits", "size", "error"), [(8, 0.26, 0.01), (4, 0.15, 0.12)])
def test_stored_in_few_bits(
    words_and_matrix: tuple[Path, Any, Any], tmp_path: Path, bits: Any, size: float, error: float, whole: bool
) -> None:
    import onnxruntime as ort

    path, vectors, matrix = words_and_matrix
    stored = quantise(path, tmp_path / "small.onnx", bits, whole=whole)
    beside = stored.with_name("matrices.npz")
    assert beside.exists() == whole
    assert stored.stat().st_size + (beside.stat().st_size if whole else 0) < size * path.stat().st_size
    ids = np.array([[0, 5, 899]])
    (given,) = open_network(stored, ort.SessionOptions()).run(None, {"ids": ids})
    wanted = vectors[ids[0]] @ matrix
    assert np.sqrt(((given[0] - wanted) ** 2).mean()) < (error + 0.02 * whole) * wanted.std()


@pytest.mark.parametrize("bits", [8, 4])
def test_a_token_multiplied_in_whole_numbers_does_not_depend_on_those_beside_it(
    words_and_matrix: tuple[Path, Any, Any], tmp_path: Path, bits: Any
) -> None:
    import onnxruntime as ort

    session = open_network(quantise(words_and_matrix[0], tmp_path / "small.onnx", bits, whole=True), ort.SessionOptions())
    (together,) = session.run(None, {"ids": np.arange(300)[None]})
    for n in range(0, 300, 17):
        assert (session.run(None, {"ids": np.array([[n]])})[0][0, 0] == together[0, n]).all()


def test_weights_that_make_up_for_each_other_leave_less_error_than_weights_rounded_one_by_one(tmp_path: Path) -> None:
    onnx = pytest.importorskip("onnx")
    import onnxruntime as ort
    from onnx import TensorProto, helper, numpy_helper

    rng = np.random.default_rng(0)
    vectors = (rng.normal(size=(400, 24)) @ rng.normal(size=(24, 256)) + 0.1 * rng.normal(size=(400, 256))).astype(np.float32)
    matrix = rng.normal(size=(256, 500)).astype(np.float32)
    graph = helper.make_graph(
        [helper.make_node("Gather", ["vectors", "ids"], ["found"]), helper.make_node("MatMul", ["found", "matrix"], ["logits"])],
        "small",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "n"])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, "n", 500])],
        [numpy_helper.from_array(vectors, "vectors"), numpy_helper.from_array(matrix, "matrix")],
    )
    source = tmp_path / "float.onnx"
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), str(source))
    known, new = np.arange(300), np.arange(300, 400)
    windows = [Window(tuple(known[i : i + 50].tolist()), (1,) * 50, (0,) * 50, (0,) * 50, ()) for i in range(0, 300, 50)]

    def error(name: str, seen: list[Window]) -> float:
        stored = ort.InferenceSession(str(quantise(source, tmp_path / name, 4, seen=seen)))
        return float(np.square(stored.run(None, {"ids": new[None]})[0][0] - vectors[new] @ matrix).mean())

    assert error("together.onnx", windows) < 0.7 * error("alone.onnx", [])


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(1e-3, 1e2))
def test_no_weight_is_further_off_than_its_block_allows(seed: int, spread: float) -> None:
    from jtbd_nlp.training.quantise import _in_four

    rows = (np.random.default_rng(seed).normal(size=(3, 2 * BLOCK)) * spread).astype(np.float32)
    stored = _in_four(rows)
    numbers = np.concatenate([stored["int4"] & 15, stored["int4"] >> 4], axis=1).astype(np.float32) - 8
    back = (numbers.reshape(3, 2, BLOCK) * stored["scale"].astype(np.float32)[:, :, None]).reshape(rows.shape)
    greatest = np.abs(rows.reshape(3, 2, BLOCK)).max(axis=2).repeat(BLOCK, axis=1)
    assert (np.abs(back - rows) <= greatest / 4 + 1e-6).all()
    assert np.square(back - rows).mean() < np.square(rows).mean() / 50
