"""A worker of a Dask cluster is killed in the middle of a run: does it end by itself, with the same bytes as without?

    python -m benchmarks.cluster_kill [--interviews 12]
    python -m benchmarks.cluster_kill --interviews 200      the full size

`jtbd run --engine dask` on the fast tier, over recombined interviews (`benchmarks.recombined`), with a scheduler and two workers, each a process of
one thread, over TCP on loopback. When as many interviews are in the run's store as `--at` says (a share of all), one worker gets SIGKILL; none takes
its place. `tasks_of_the_killed` are those that it had been given and had not finished. Every file of the output is compared with that of an undisturbed run in one process. Exits with 1 if anything differs, or if
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
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.growth import TIERS
from benchmarks.measure import ONE_THREAD, report
from benchmarks.recombined import write
from benchmarks.workers import Cluster, cluster

WORKERS = 2
#: nothing here is about how soon a busy machine answers
PATIENT = "[engine]\nconnect_timeout_s = 300\nno_worker_timeout_s = 300\n"


@dataclass(frozen=True)
class Ended:
    """How a run ended, how many interviews were done when a worker was killed (0: none was), and how many it was at."""

    code: int
    wall_s: float
    killed_at: int
    tasks: int
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
        (place / "config.toml").write_text(TIERS["fast"] + PATIENT, encoding="utf-8")
        alone = run(place, "alone", ["--workers", "1"])
        with cluster(WORKERS) as started:
            words = ["--engine", "dask", "--scheduler", started.address]
            struck = run(place, "struck", words, killer(started), max(1, round(given.at * given.interviews)))
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
        "tasks_of_the_killed": struck.tasks,
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


def killer(started: Cluster) -> Callable[[], int]:
    """Kills the first worker, and says how many tasks it had; given when all workers are there."""
    from distributed import Client

    client = Client(started.address, timeout=300, set_as_default=False)
    client.wait_for_workers(WORKERS)
    victim = started.workers[0]
    address = next(name for name, pid in client.run(os.getpid).items() if pid == victim.pid)

    def kill() -> int:
        tasks = len(client.processing().get(address, ()))
        victim.kill()
        client.close()
        return tasks

    return kill


def run(place: Path, out: str, words: list[str], kill: Callable[[], int] | None = None, at: int = 0) -> Ended:
    """`jtbd run` into a folder; `kill` is called once `at` interviews are done."""
    command = [sys.executable, "-m", "jtbd_nlp", "run", "interviews", "--out", out, "--config", "config.toml", *words]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent.parent), os.environ.get("PYTHONPATH", "")])}
    began, killed_at, tasks, said = time.perf_counter(), 0, 0, place / f"{out}.txt"
    with said.open("wb") as told:
        process = subprocess.Popen(command, cwd=place, env=environment, stdout=told, stderr=told)
        while process.poll() is None:
            if kill is not None and not killed_at and (done := stored(place / f"{out}.jtbd")) >= at:
                killed_at, tasks = done, kill()
            time.sleep(0.02)
    return Ended(process.returncode, round(time.perf_counter() - began, 1), killed_at, tasks, said.read_text(encoding="utf-8")[-2000:])


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
