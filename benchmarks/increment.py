"""What one new interview costs in a study that is there already.

    python -m benchmarks.increment [--interviews 30] [--tier default|fast]
    python -m benchmarks.increment --interviews 1000      the full size

Three runs of `jtbd run` into one folder: over all interviews; again with nothing new; again with one more. The per-transcript part of a run is
what it took (processor seconds) until its last interview was done. What starting costs (imports, loading models) is measured by a run over one interview alone, in a
folder of its own, less that interview's share of the first run; the fraction is given with it and without it.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.growth import TIERS
from benchmarks.measure import ONE_THREAD, Panel, jtbd, parts, plot, report
from benchmarks.recombined import write


def main() -> None:
    """Measure, print, plot."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--interviews", type=int, default=30)
    parser.add_argument("--tier", choices=sorted(TIERS), default="default")
    given = parser.parse_args()
    n = given.interviews
    with tempfile.TemporaryDirectory() as scratch:
        made, folder, config = Path(scratch) / "made", Path(scratch) / "interviews", Path(scratch) / "config.toml"
        config.write_text(TIERS[given.tier], encoding="utf-8")
        write(made, n + 1)
        files = sorted(made.iterdir())
        folder.mkdir()
        for file in files[:n]:
            file.rename(folder / file.name)

        def run(inputs: Path, out: str) -> dict[str, float]:
            ran = jtbd(inputs, "--out", Path(scratch) / out, "--config", config, "--workers", "1", env=ONE_THREAD)
            return {"wall_s": ran.cost.wall_s, "cpu_s": ran.cost.cpu_s, **parts(ran)}

        alone = run(files[n], "alone")
        first, nothing = run(folder, "study"), run(folder, "study")
        files[n].rename(folder / files[n].name)
        one = run(folder, "study")
    part, corpus = "per_transcript_cpu_s", "corpus_cpu_s"
    start = max(0.0, (alone[part] - first[part] / n) * n / (n - 1))
    working = max(1e-9, first[part] - start)
    report(
        "increment",
        {
            "interviews": n,
            "tier": given.tier,
            "runs": {"one_alone": alone, "first": first, "nothing_new": nothing, "one_new": one},
            "start_cpu_s": round(start, 3),
            "per_transcript_fraction": round(one[part] / first[part], 5),
            "per_transcript_fraction_without_start": round(max(0.0, one[part] - start) / working, 5),
            "corpus_fraction_of_first_run": round(one[corpus] / first["cpu_s"], 5),
            "all_fraction": round(one["cpu_s"] / first["cpu_s"], 5),
            "all_fraction_by_wall_time": round(one["wall_s"] / first["wall_s"], 5),
        },
    )
    bars = {"first": first, "nothing new": nothing, "one new": one}
    plot(
        "increment",
        [
            Panel(title, f"{n} interviews", "processor seconds", {name: [(0, run[key])] for name, run in bars.items()}, bars=True)
            for title, key in (("Per-transcript part", part), ("Corpus part", corpus))
        ],
    )


if __name__ == "__main__":
    main()
