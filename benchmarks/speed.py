"""How many segments, each with its context, the taggers read in a second, and what the whole of an interview costs.

    python -m benchmarks.speed [FOLDER]      plain interviews; the bundled study by default

Wall time of one process; `--threads` of the config is 1 and 2 in turn.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from jtbd_nlp.config import Config, TagConfig
from jtbd_nlp.data import study_path
from jtbd_nlp.read import discover, read_source
from jtbd_nlp.segment import load_segmenter
from jtbd_nlp.tag import load_tagger


def main(folder: Path) -> None:
    """Print segments a second of each tagger, best of three rounds, and words a second of the segmenter."""
    config = Config()
    transcripts = [t for s in discover([folder], config.read).sources for t in read_source(s, config.read)]
    segmenter = load_segmenter(config.segment)
    segmenter.segment(transcripts[0])
    started = time.perf_counter()
    segments = [segmenter.segment(t) for t in transcripts]
    spent = time.perf_counter() - started
    words = sum(len(s.text.split()) for one in segments for s in one)
    print(f"segmenter        {words / spent:8.0f} words a second")
    total = sum(map(len, segments))
    for tier, threads in (("default", 1), ("default", 2), ("fast", 1)):
        tagger = load_tagger(TagConfig(model=None if tier == "default" else Path(tier), threads=threads))
        tagger.tag(transcripts[0], segments[0])
        best = 0.0
        for _ in range(3):
            started = time.perf_counter()
            for transcript, said in zip(transcripts, segments, strict=True):
                tagger.tag(transcript, said)
            best = max(best, total / (time.perf_counter() - started))
        print(f"{tier:8} {threads} thread {best:9.0f} segments a second ({total} segments)")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else study_path())
