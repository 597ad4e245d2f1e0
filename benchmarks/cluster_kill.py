"""A worker of a Dask cluster is killed in the middle of a run: does it end by itself, with the same bytes as without?

    python -m benchmarks.cluster_kill [--interviews 12]
    python -m benchmarks.cluster_kill --interviews 200      the full size

`jtbd run --engine dask` on the fast tier, over recombined interviews (`benchmarks.recombined`), with a scheduler and two workers, each a process of
one thread, over TCP on loopback. When as many interviews are in the run's store as `--at` says (a share of all), one worker gets SIGKILL; none takes
its place. Every file of the output is compared with that of an undisturbed run in one process. Exits with 1 if anything differs, or if
the run was over before the worker was killed.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.growth import TIERS
from benchmarks.measure import ONE_THREAD, report
from benchmarks.recombined import write
from benchmarks.workers import cluster

WORKERS = 2


@dataclass(frozen=True)
class Ended:
    """How a run ended, and how many interviews were done when a worker was killed (0: none was)."""

    code: int
    wall_s: float
    killed_at: int
    said: str


def main() -> None:
    """Run twice, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--interviews", type=int, default=12)
    parser.add_argument("--at", type=float, default=0.5, help="share of the interviews after which a worker is killed")
    given = parser.parse_args()
    os.environ.update(ONE_THREAD)  # for the processes that are started from here
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        write(place / "interviews", given.interviews)
        (place / "config.toml").write_text(TIERS["fast"], encoding="utf-8")
        alone = run(place, "alone", ["--workers", "1"])
        with cluster(WORKERS) as started:
            words = ["--engine", "dask", "--scheduler", started.address]
            struck = run(place, "struck", words, started.workers[0], max(1, round(given.at * given.interviews)))
            left = [worker.poll() is None for worker in started.workers]
        before, after = files(place / "alone"), files(place / "struck")
    other = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    same = bool(before) and not other and (alone.code, struck.code) == (0, 0)
    midway = 0 < struck.killed_at < given.interviews
    result: dict[str, Any] = {
        "interviews": given.interviews,
        "tier": "fast",
        "workers": WORKERS,
        "workers_alive_at_the_end": sum(left),
        "done_when_killed": struck.killed_at,
        "done_after": given.interviews - struck.killed_at,
        "exit_codes": {"alone": alone.code, "struck": struck.code},
        "wall_s": {"alone": alone.wall_s, "struck": struck.wall_s},
        "files": len(before),
        "files_that_differ": other,
        "killed_midway": midway,
        "same_bytes": same,
    }
    if struck.code or alone.code:
        result["said"] = {"alone": alone.said, "struck": struck.said}
    report("cluster_kill", result)
    sys.exit(0 if same and midway else 1)


def run(place: Path, out: str, words: list[str], victim: subprocess.Popen[bytes] | None = None, at: int = 0) -> Ended:
    """`jtbd run` into a folder; `victim` is killed once `at` interviews are done."""
    command = [sys.executable, "-m", "jtbd_nlp", "run", "interviews", "--out", out, "--config", "config.toml", *words]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent.parent), os.environ.get("PYTHONPATH", "")])}
    began, killed_at, said = time.perf_counter(), 0, place / f"{out}.txt"
    with said.open("wb") as told:
        process = subprocess.Popen(command, cwd=place, env=environment, stdout=told, stderr=told)
        while process.poll() is None:
            if victim is not None and not killed_at and (done := stored(place / f"{out}.jtbd")) >= at:
                victim.kill()
                killed_at = done
            time.sleep(0.02)
    return Ended(process.returncode, round(time.perf_counter() - began, 1), killed_at, said.read_text(encoding="utf-8")[-2000:])


def stored(side: Path) -> int:
    """How many interviews are done by a run that goes on; 0 while it has no store."""
    try:
        with closing(sqlite3.connect(f"{(side / 'store.sqlite').as_uri()}?mode=ro", uri=True)) as database:
            return int(database.execute("SELECT count(*) FROM results").fetchone()[0])
    except sqlite3.Error:
        return 0


def files(folder: Path) -> dict[str, bytes]:
    """The bytes of every file of an output, by its name in it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


if __name__ == "__main__":
    main()
