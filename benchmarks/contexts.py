"""What the talk around a statement gives its vector, and what it costs: themes on coded markets for sums of vectors.

    python -m benchmarks.contexts MARKET_FOLDER... [--drop 0.35] [--seed 1]

Vectors of each statement: `text`, its words; `question`, the question before it with them; `turn`, its turn, cut 400 code points to either side; `late`,
the mean of its own tokens' vectors out of one reading of its stretch of the turn (at most 800 code points) after the question; `stretch`, the
mean of all of that reading. For each sum of them: B-cubed F1 of themes, area under the curve of pairs of stories on the same pathway
(mean over the markets), and the processor seconds of all encodings that it needs. `--drop` leaves out statements at random. Needs `onnx`.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.measure import report
from benchmarks.themes import Study, score_themes
from jtbd_nlp.cluster import cluster_statements
from jtbd_nlp.cluster.study import study_of
from jtbd_nlp.cluster.views import views_of
from jtbd_nlp.config import Config
from jtbd_nlp.embed.context import around, question_before
from jtbd_nlp.schema import Statement, Transcript
from jtbd_nlp.schema.arrays import Embeddings
from jtbd_nlp.segment.pieces import pieces
from jtbd_nlp.training.gold import read_market, to_statements, to_transcript
from jtbd_nlp.weights import find

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: code points of a stretch of a turn that is read at once
STRETCH = 800
#: weights of the vectors that are summed; the first is the default of `EmbedConfig`
SUMS: tuple[dict[str, float], ...] = (
    {"text": 1, "question": 0.8, "turn": 0.5},
    {"text": 1},
    {"text": 1, "question": 0.8},
    {"text": 1, "late": 0.5},
    {"text": 1, "late": 0.9},
    {"text": 1, "late": 1.3},
    {"text": 1, "late": 2},
    {"text": 1, "late": 0.8, "stretch": 0.5},
    {"text": 1, "stretch": 0.8},
    {"text": 1, "question": 0.8, "late": 0.5},
    {"text": 1, "question": 0.8, "stretch": 0.5},
    {"late": 1},
    {"late": 1, "stretch": 0.5},
)
#: what is encoded for each vector
ENCODED = {"text": "text", "question": "question", "turn": "turn", "late": "stretch", "stretch": "stretch"}


@dataclass(frozen=True, eq=False)
class Market:
    """A coded market with the vectors of its statements. Shape of each: (n_statements, width)."""

    study: Study
    vectors: dict[str, NDArray[np.float32]]


class Encoder:
    """The shipped embedder, asked for its tokens' vectors too; counts texts, tokens and processor seconds of each kind."""

    def __init__(self, scratch: Path) -> None:
        import onnx
        import onnxruntime as ort
        from tokenizers import Tokenizer

        folder = find("embedder")
        model = onnx.load(str(folder / "model.onnx"))
        self._hidden = next(node.input[0] for node in reversed(model.graph.node) if node.op_type == "ReduceMean")
        model.graph.output.append(onnx.helper.make_tensor_value_info(self._hidden, onnx.TensorProto.FLOAT, [1, "tokens", None]))
        onnx.save(model, str(scratch / "hidden.onnx"))
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = ort.InferenceSession(str(scratch / "hidden.onnx"), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(256)
        self.costs = {kind: {"texts": 0.0, "tokens": 0.0, "cpu_s": 0.0} for kind in ("text", "question", "turn", "stretch")}

    def __call__(self, kind: str, text: str) -> tuple[Any, Any, Any]:
        """Vector of a text, (width,); of its tokens, (n_tokens, width); their code points, (n_tokens, 2)."""
        import numpy as np

        before = time.process_time()
        read = self._tokenizer.encode(text)
        vector, hidden = self._session.run(["vector", self._hidden], {"input_ids": np.array([read.ids], dtype=np.int64)})
        for key, value in (("texts", 1.0), ("tokens", len(read.ids)), ("cpu_s", time.process_time() - before)):
            self.costs[kind][key] += value
        return vector[0], hidden[0], np.array(read.offsets)


def read(folder: Path, encoder: Encoder, drop: float, seed: int) -> Market:
    """Read a market, encode its statements, each distinct text of an interview once."""
    import numpy as np

    rng, gold = random.Random(seed), tuple(read_market(folder))
    transcripts = tuple(to_transcript(g) for g in gold)
    statements: list[Statement] = []
    rows: list[dict[str, Any]] = []
    for g, transcript in zip(gold, transcripts, strict=True):
        kept = sorted((s for s in to_statements(g) if rng.random() >= drop), key=lambda s: s.start)
        statements += kept
        rows += heard(transcript, kept, encoder)
    vectors = {name: np.array([row[name] for row in rows]) for name in ENCODED}
    ids = tuple(s.id for s in statements)
    return Market(Study(folder.name, gold, transcripts, tuple(statements), Embeddings(ids=ids, vectors=vectors["text"])), vectors)


def heard(transcript: Transcript, statements: Sequence[Statement], encoder: Encoder) -> Iterator[dict[str, Any]]:
    """All vectors of each statement."""
    import numpy as np

    seen: dict[tuple[str, str], tuple[Any, Any, Any]] = {}

    def once(kind: str, text: str) -> tuple[Any, Any, Any]:
        if (kind, text) not in seen:
            seen[kind, text] = encoder(kind, text)
        return seen[kind, text]

    for s in statements:
        question, turn = question_before(transcript, s), transcript.turns[s.turn]
        prefix = f"{question} " if question else ""
        spans = [(turn.start + p.start, turn.start + p.end) for p in pieces(transcript.turn_text(turn), STRETCH)]
        start, end = next(span for span in reversed(spans) if span[0] <= s.start)
        stretch, hidden, places = once("stretch", prefix + transcript.text[start:end])
        first, last = (at - start + len(prefix) for at in (s.start, s.end))
        real = places[:, 1] > places[:, 0]
        own = real & (places[:, 0] < last) & (places[:, 1] > first)
        mean = hidden[own if own.any() else real].mean(axis=0)
        yield {
            "text": once("text", s.text)[0],
            "question": once("question", prefix + s.text)[0],
            "turn": once("turn", around(transcript, s))[0],
            "late": mean / np.linalg.norm(mean),
            "stretch": stretch,
        }


def score(market: Market, weights: dict[str, float], config: Config) -> tuple[float, float]:
    """B-cubed F1 of themes, and the area under the curve of pairs of stories on the same pathway."""
    import numpy as np

    study = market.study
    summed = sum(weight * market.vectors[name].astype(np.float64) for name, weight in weights.items())
    summed /= np.linalg.norm(summed, axis=1, keepdims=True)
    vectors = Embeddings(ids=study.embeddings.ids, vectors=summed.astype(np.float32))
    themes = score_themes(study, cluster_statements(study.statements, vectors, config.cluster))
    told = study_of(study.statements, vectors)
    a, b = np.triu_indices(len(told.stories), 1)
    near, on = views_of(told, "pathway").similarity()[a, b], np.array([study.pathways[name] for name in told.stories])
    same, other = near[on[a] == on[b]], near[on[a] != on[b]]
    return themes, float(np.mean((same[:, None] > other) + 0.5 * (same[:, None] == other)))


def main() -> None:
    """Encode, score, print."""
    import tempfile

    import numpy as np

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("markets", nargs="+", type=Path)
    parser.add_argument("--drop", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    config = Config()
    config = config.model_copy(update={"cluster": config.cluster.model_copy(update={"n_resamples": 2})})  # stabilities are not looked at
    with tempfile.TemporaryDirectory() as scratch:
        encoder = Encoder(Path(scratch))
        markets = [read(folder, encoder, given.drop, given.seed) for folder in given.markets]
    rows = []
    for weights in SUMS:
        themes, pathways = zip(*(score(market, weights, config) for market in markets), strict=True)
        needed = sum(encoder.costs[kind]["cpu_s"] for kind in {ENCODED[name] for name in weights})
        each = {m.study.name: round(value, 3) for m, value in zip(markets, themes, strict=True)}
        means = {"themes": round(float(np.mean(themes)), 4), "pathways_auc": round(float(np.mean(pathways)), 3)}
        rows.append({"sum": weights, **means, "cpu_s": round(needed, 2), "themes_of": each})
    costs = {kind: {key: round(value, 2) for key, value in cost.items()} for kind, cost in encoder.costs.items()}
    report("contexts", {"drop": given.drop, "sums": rows, "encodings": costs})


if __name__ == "__main__":
    main()
