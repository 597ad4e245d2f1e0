"""The whole pipeline against what a data scientist would write in an afternoon.

    python -m benchmarks.afternoon --minilm FOLDER [--interviews 12] [--rounds 1]
    python -m benchmarks.afternoon --minilm FOLDER --interviews 100 --rounds 3      the full size

The afternoon version: sentences of the participants by spaCy's `en_core_web_sm`, all of its components on; a frozen all-MiniLM-L6-v2 in
sentence-transformers on torch (batches of 32) with one logistic regression a tag, as SetFit has without its fine-tuning; BERTopic with its
defaults over the sentences that get a tag, given their vectors; a CSV of it all. Its heads are fitted beforehand on the coded corpora and
not timed. FOLDER holds all-MiniLM-L6-v2 for sentence-transformers (its name, where it may be fetched). Ours is `jtbd run` with its defaults: every
object and the report. Both read the same interviews (`--words` each, recombined), in turns, each in a process of its own, both free to use
all cores; the median of the rounds counts. Needs `bertopic` and `psutil`.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.measure import Cost, Panel, jtbd, plot, python, report
from benchmarks.recombined import markets, write
from jtbd_nlp.schema import TAGS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: share of sentences that get a tag is that of people's: each head decides at one half
DECIDED = 0.5


def main() -> None:
    """Measure, print, plot."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minilm", default="sentence-transformers/all-MiniLM-L6-v2")
    parser.add_argument("--interviews", type=int, default=12)
    parser.add_argument("--words", type=int, default=1_500)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--workers", type=int, help="of ours; by default it decides")
    parser.add_argument("--heads", type=Path, help="file (.npz) to keep the fitted heads in from one run to the next")
    parser.add_argument("--child", type=Path, nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child is not None:
        afternoon(given.minilm, *given.child)
        return
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        write(place / "interviews", given.interviews, given.words)
        heads = given.heads or place / "heads.npz"
        if not heads.exists():
            fit(given.minilm, heads)
        asked = ("--workers", str(given.workers)) if given.workers else ()
        costs: dict[str, list[Cost]] = {"jtbd run": [], "afternoon": []}
        for number in range(given.rounds):
            costs["jtbd run"].append(jtbd(place / "interviews", "--out", place / f"out{number}", *asked).cost)
            child = ("--child", place / "interviews", heads, place / f"afternoon{number}.csv")
            costs["afternoon"].append(python("-m", "benchmarks.afternoon", "--minilm", given.minilm, *child).cost)
    rows: dict[str, Any] = {
        name: {key: round(median(getattr(c, key) for c in runs), 2) for key in ("wall_s", "cpu_s", "peak_mib")}
        for name, runs in costs.items()
    }
    ours, theirs = rows["jtbd run"], rows["afternoon"]
    report(
        "afternoon",
        {
            "interviews": given.interviews,
            "words": given.words,
            "rounds": given.rounds,
            "costs": rows,
            "times_as_fast": round(theirs["wall_s"] / ours["wall_s"], 2),
            "times_as_fast_by_processor_time": round(theirs["cpu_s"] / ours["cpu_s"], 2),
            "share_of_memory": round(ours["peak_mib"] / theirs["peak_mib"], 2),
        },
    )
    plot(
        "afternoon",
        [
            Panel(title, f"{given.interviews} interviews", unit, {name: [(0, row[key])] for name, row in rows.items()}, bars=True)
            for title, unit, key in (("Time", "seconds", "wall_s"), ("Peak memory", "MiB", "peak_mib"))
        ],
    )


def fit(minilm: str, target: Path) -> None:
    """Fit one logistic regression a tag on the coded statements of the corpora, and on passages of the same interviews that nobody coded."""
    import numpy as np
    from sentence_transformers import SentenceTransformer
    from sklearn.linear_model import LogisticRegression

    from jtbd_nlp.training.gold import read_market

    texts: list[str] = []
    tags: list[frozenset[str]] = []
    for market in markets()[:4]:
        for gold in read_market(market):
            at = 0
            for span in gold.spans:
                texts += [gold.text[at : span.start].strip()[-200:] or "-", gold.text[span.start : span.end]]
                tags += [frozenset(), frozenset(span.tags)]
                at = span.end
    vectors = SentenceTransformer(minilm, device="cpu").encode(texts, batch_size=32, show_progress_bar=False)
    heads = [LogisticRegression(max_iter=1000, class_weight="balanced").fit(vectors, [tag in t for t in tags]) for tag in TAGS]
    np.savez(target, weights=np.concatenate([h.coef_ for h in heads]), bias=np.concatenate([h.intercept_ for h in heads]))


def afternoon(minilm: str, folder: Path, heads: Path, target: Path) -> None:
    """All that the afternoon version does."""
    import numpy as np
    import spacy
    from bertopic import BERTopic
    from sentence_transformers import SentenceTransformer

    parser = spacy.load("en_core_web_sm" if spacy.util.is_package("en_core_web_sm") else Path("models/spacy"))
    encoder = SentenceTransformer(minilm, device="cpu")
    sentences: list[tuple[str, str]] = []
    for path in sorted(folder.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("Participant: "):
                doc = parser(line.removeprefix("Participant: "))
                sentences += [(path.stem, sent.text.strip()) for sent in doc.sents if sent.text.strip()]
    texts = [text for _, text in sentences]
    vectors: NDArray[np.float32] = encoder.encode(texts, batch_size=32, show_progress_bar=False)
    with np.load(heads, allow_pickle=False) as fitted:
        scores = 1 / (1 + np.exp(-(vectors @ fitted["weights"].T + fitted["bias"])))
    kept = np.flatnonzero((scores > DECIDED).any(axis=1))
    topics, _ = BERTopic().fit_transform([texts[i] for i in kept], embeddings=vectors[kept])
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for i, topic in zip(kept, topics, strict=True):
            writer.writerow([*sentences[i], topic, *np.round(scores[i], 3)])


if __name__ == "__main__":
    main()
