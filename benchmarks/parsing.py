"""What the sentences that stories are read from cost the parser: one by one, and together.

    python -m benchmarks.parsing MARKET_FOLDER [--texts 300]

Statements of a coded market and the other sentences of its participants, each distinct text once, `--texts` of them spread over the market. One
thread, processor seconds, parser loaded; `same` says whether both give the same records.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from benchmarks.measure import report
from jtbd_nlp.parser import ParserService, load_parser
from jtbd_nlp.synthesise.sayings import sayings
from jtbd_nlp.training.gold import read_market, to_statements, to_transcript


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("market", type=Path)
    parser.add_argument("--texts", type=int, default=300)
    given = parser.parse_args()
    said = (s.statement.text for g in read_market(given.market) for s in sayings(to_transcript(g), to_statements(g)))
    texts = list(dict.fromkeys(said))
    texts = texts[:: max(1, len(texts) // given.texts)][: given.texts]
    load_parser()("What is loaded at first use.")
    alone, together = ParserService(), ParserService()
    start = time.process_time()
    records = [alone(text) for text in texts]
    middle = time.process_time()
    together.ahead(texts)
    end = time.process_time()
    report(
        "parsing",
        {
            "texts": len(texts),
            "words": sum(len(text.split()) for text in texts),
            "one_by_one_cpu_s": round(middle - start, 3),
            "together_cpu_s": round(end - middle, 3),
            "times_as_fast": round((middle - start) / (end - middle), 2),
            "same": records == [together(text) for text in texts],
        },
    )


if __name__ == "__main__":
    main()
