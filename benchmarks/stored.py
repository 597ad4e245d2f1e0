"""What a run costs for each interview that is in the store already.

    python -m benchmarks.stored MARKET_FOLDER [--rounds 3]

Coded interviews with random vectors are stored; then, as in a second run, each is read back (`get`), looked at for being there twice
(`duplicates`) and written where the corpus part reads it (`spool`). Processor milliseconds an interview, one thread.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from benchmarks.measure import report
from jtbd_nlp.read import find_duplicates
from jtbd_nlp.schema.arrays import Embeddings
from jtbd_nlp.schema.processed import Processed
from jtbd_nlp.store import ResultStore, Spool
from jtbd_nlp.training.gold import read_market, to_statements, to_transcript


def main() -> None:
    """Measure, print."""
    import numpy as np

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("market", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    rng = np.random.default_rng(0)
    results: list[Processed] = []
    for gold in read_market(given.market):
        said = to_statements(gold)
        vectors = Embeddings(tuple(s.id for s in said), rng.standard_normal((len(said), 384)).astype(np.float32))
        results.append(Processed(gold.name, (to_transcript(gold),), said, vectors))
    spent = {"get": 0.0, "duplicates": 0.0, "spool": 0.0}
    with tempfile.TemporaryDirectory() as scratch, ResultStore(Path(scratch) / "store.sqlite") as store:
        for result in results:
            store.put(result.source, result)
        for _ in range(given.rounds):
            with Spool(Path(scratch) / "spool") as spool:
                start = time.process_time()
                back = [found for result in results if (found := store.get(result.source)) is not None]
                read = time.process_time()
                find_duplicates(t for result in back for t in result.transcripts)
                told = time.process_time()
                for result in back:
                    spool.add(result)
                for name, value in zip(spent, (read - start, told - read, time.process_time() - told), strict=True):
                    spent[name] += value
    each = {name: round(value / given.rounds / len(results) * 1_000, 3) for name, value in spent.items()}
    words = sum(len(t.text.split()) for result in results for t in result.transcripts) // len(results)
    report("stored", {"interviews": len(results), "words_each": words, "cpu_ms_each": {**each, "all": round(sum(each.values()), 3)}})


if __name__ == "__main__":
    main()
