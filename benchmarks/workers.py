"""The per-transcript part with one process and with two, and on a Dask cluster of two workers, models loaded.

    python -m benchmarks.workers [--interviews 24] [--rounds 1]
    python -m benchmarks.workers --interviews 200 --rounds 3      the full size

One thread a process. Interviews are read first; then each way processes the same ones (recombined, about 300 words each). What is measured is the
rate from the moment when a fifth of them is done (all workers have their models by then) to the last, by wall time; the
best of the rounds, in which the ways take turns. The Dask scheduler and its workers are processes of their own, over TCP on loopback; they are
left out where `distributed` is not installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import ONE_THREAD, Panel, plot, report
from benchmarks.recombined import write
from jtbd_nlp.config import Config, EngineConfig
from jtbd_nlp.engine import run
from jtbd_nlp.read import discover, read_source
from jtbd_nlp.schema import Transcript

WARM = 0.2


def main() -> None:
    """Measure, print, plot."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--interviews", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=1)
    given = parser.parse_args()
    os.environ.update(ONE_THREAD)  # for the processes that are started from here
    with tempfile.TemporaryDirectory() as scratch:
        write(Path(scratch), given.interviews)
        config = Config()
        transcripts = [t for s in discover([scratch], config.read).sources for t in read_source(s, config.read)]
    rates: dict[str, float] = {}
    for _ in range(given.rounds):
        for size in (1, 2):
            rates[f"{size} local"] = max(rates.get(f"{size} local", 0.0), rate(transcripts, config, size))
        if importlib.util.find_spec("distributed") is not None:
            with cluster(2) as started:
                dask = Config(engine=EngineConfig(kind="dask", scheduler=started.address))
                rates["2 dask"] = max(rates.get("2 dask", 0.0), rate(transcripts, dask, None))
    one = rates["1 local"]
    report(
        "workers",
        {
            "interviews": given.interviews,
            "interviews_a_second": {name: round(value, 3) for name, value in rates.items()},
            "times_one": {name: round(value / one, 3) for name, value in rates.items()},
        },
    )
    plot("workers", [Panel("Workers", "", "interviews a second", {name: [(0, value)] for name, value in rates.items()}, bars=True)])


def rate(transcripts: list[Transcript], config: Config, workers: int | None) -> float:
    """Interviews a second once a fifth of them is done. A pool is taken for one worker too, so that the ways differ in their number alone."""
    done: list[float] = []
    took_part = run_pool(transcripts, config, workers, done) if config.engine.kind == "local" else run_cluster(transcripts, config, done)
    first = max(1, round(WARM * took_part))
    return (len(done) - first) / (done[-1] - done[first - 1])


def run_pool(transcripts: list[Transcript], config: Config, workers: int | None, done: list[float]) -> int:
    """Process in spawned workers, noting when each is done."""
    from jtbd_nlp.engine import Rooms
    from jtbd_nlp.engine.pool import Pool

    pool = Pool(workers or 1, Rooms.load, config, lambda _item, _result: done.append(time.perf_counter()))
    return sum(1 for _ in pool.run(transcripts))


def run_cluster(transcripts: list[Transcript], config: Config, done: list[float]) -> int:
    """Process on a cluster, noting when each is done."""
    return sum(1 for _ in run(transcripts, config, on_done=lambda _item, _result: done.append(time.perf_counter())))


@dataclass(frozen=True)
class Cluster:
    """A Dask scheduler's address, and its workers."""

    address: str
    workers: list[subprocess.Popen[bytes]]


@contextmanager
def cluster(size: int) -> Iterator[Cluster]:
    """A Dask scheduler and workers of one thread each, over TCP on loopback; ends them all."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    script = [sys.executable, "-m"]
    port = address.rsplit(":", 1)[1]
    commands = [[*script, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"]]
    worker = [*script, "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"]
    commands += [worker] * size
    processes = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for command in commands]
    try:
        yield Cluster(address, processes[1:])
    finally:
        for process in processes:
            process.kill()
            process.wait()


if __name__ == "__main__":
    main()
