"""How time, memory and output of `jtbd run` grow with the number of interviews.

    python -m benchmarks.growth [--sizes 20 60] [--fast-sizes 20 60] [--workers 1]
    python -m benchmarks.growth --sizes 100 1000 --fast-sizes 100 1000 10000 --workers 2      the full size

Interviews are made by recombining turns of the corpora: short, about 300 words each, no two equal (`benchmarks.recombined`). The default tier
is the default config; the fast one has no transformer (tagger `fast`, embedder `hashing`). Memory is that of the process and its workers
together; a run over as many interviews as there are workers stands for the models. Exponents are slopes of log over log over sizes from 100 on, where there are any. Figures are written after each size.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.measure import ONE_THREAD, Panel, exponent, jtbd, parts, plot, report
from benchmarks.recombined import write

TIERS = {"default": "", "fast": '[tag]\nmodel = "fast"\n[embed]\nmodel = "hashing"\n'}
#: below, starting is most of the time: exponents are of sizes from here on, where there are any
LARGE = 100
GROWING = ("wall_s", "cpu_s", "per_transcript_s", "corpus_s", "peak_mib", "output_mib")


def main() -> None:
    """Measure, print, plot."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=[20, 60])
    parser.add_argument("--fast-sizes", type=int, nargs="*", default=[20, 60])
    parser.add_argument("--workers", type=int, default=1)
    given = parser.parse_args()
    for tier, sizes in (("default", given.sizes), ("fast", given.fast_sizes)):
        if not sizes:
            continue
        models, grown = measure(tier, given.workers, given.workers), []
        for n in sizes:  # kept after each, since the largest takes long
            row = measure(tier, n, given.workers)
            for part in ("per_transcript", "corpus"):
                row[f"{part}_above_models_mib"] = round(row[f"{part}_peak_mib"] - models["peak_mib"], 1)
            grown.append(row)
            show(tier, given.workers, models, grown)


def show(tier: str, workers: int, models: dict[str, Any], grown: Sequence[dict[str, Any]]) -> None:
    """Print and plot what is known of a tier so far."""
    large = [row for row in grown if row["interviews"] >= LARGE] or grown
    exponents = {key: exponent([row["interviews"] for row in large], [row[key] for row in large]) for key in GROWING}
    report(f"growth_{tier}", {"words_asked": 300, "workers": workers, "models": models, "sizes": list(grown), "exponents": exponents})
    parts_of = {
        "Processor time": ("seconds", {"all": "cpu_s"}),
        "Peak memory": ("MiB", {"all": "peak_mib"}),
        "Output": ("MiB", {"all": "output_mib"}),
    }
    parts_of["Time"] = ("seconds", {"all": "wall_s", "per-transcript part": "per_transcript_s", "corpus part": "corpus_s"})
    plot(
        f"growth_{tier}",
        [
            Panel(title, "interviews", unit, {name: [(row["interviews"], row[key]) for row in grown] for name, key in lines.items()})
            for title, (unit, lines) in parts_of.items()
        ],
    )


def measure(tier: str, n: int, workers: int) -> dict[str, Any]:
    """One run from nothing over n interviews."""
    with tempfile.TemporaryDirectory() as scratch:
        folder, out, config = Path(scratch) / "interviews", Path(scratch) / "out", Path(scratch) / "config.toml"
        write(folder, n)
        config.write_text(TIERS[tier], encoding="utf-8")
        ran = jtbd(folder, "--out", out, "--config", config, "--workers", str(workers), env=ONE_THREAD)
        size = sum(p.stat().st_size for p in out.rglob("*") if p.is_file()) / 2**20
    cost = ran.cost
    return {
        "interviews": n,
        "wall_s": cost.wall_s,
        "cpu_s": cost.cpu_s,
        "peak_mib": cost.peak_mib,
        "output_mib": round(size, 3),
        **parts(ran),
    }


if __name__ == "__main__":
    main()
