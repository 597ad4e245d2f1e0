"""Time, processor time and peak memory of a command with all its children; results as JSON, plots as SVG."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import psutil

FIGURES = Path(__file__).parent.parent / "docs" / "figures"
#: one thread a process in every library that would take more
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")
_EVERY = 0.05
_MIB = 2**20
#: what is summed over processes as their memory: see `_bytes_of`
MEMORY = "proportional set" if sys.platform == "linux" else "resident set"


@dataclass(frozen=True)
class Cost:
    """What a command took: wall and processor seconds, and the most MiB that its processes held together (`MEMORY`)."""

    wall_s: float
    cpu_s: float
    peak_mib: float


@dataclass(frozen=True)
class Ran:
    """A command that ended well: its cost, what it printed, and the stages that it told of with `--json-logs`.

    Attributes:
        ends: wall seconds from the start of the command to the last event of each stage, in the order of their first events.
        spent: processor seconds from the start to those events.
        peaks: the most MiB held until a stage ended and after the stage before had; `writing` is what comes after the last.
    """

    cost: Cost
    stdout: str
    ends: Mapping[str, float]
    spent: Mapping[str, float]
    peaks: Mapping[str, float]


@dataclass
class _Seen:
    """What is noticed while a command runs: memory, processor seconds and lines of stderr, each with its time."""

    started: float
    held: list[tuple[float, float]]
    spent: list[tuple[float, float]]
    lines: list[tuple[float, str]]

    def now(self) -> float:
        return time.perf_counter() - self.started


def run(command: Sequence[str | Path], env: Mapping[str, str] | None = None) -> Ran:
    """Run a command to its end and measure it.

    Raises:
        RuntimeError: it ended with another exit code than 0; the message ends with what it wrote to stderr.
    """
    before, seen = os.times(), _Seen(time.perf_counter(), [], [], [])
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        process = subprocess.Popen(
            list(map(str, command)), stdout=out, stderr=subprocess.PIPE, text=True, encoding="utf-8", env={**os.environ, **(env or {})}
        )
        watchers = [threading.Thread(target=watch, args=(process, seen), daemon=True) for watch in (_watch, _listen)]
        for watcher in watchers:
            watcher.start()
        process.wait()
        wall, after = seen.now(), os.times()
        for watcher in watchers:
            watcher.join()
        out.seek(0)
        printed = out.read()
    if process.returncode:
        said = "".join(line for _, line in seen.lines)
        raise RuntimeError(f"{command} ended with {process.returncode}: {said[-2000:]}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    ends = _ends(seen.lines)
    peak = max((mib for _, mib in seen.held), default=0.0)
    spent = {stage: round(max((s for at, s in seen.spent if at <= until), default=0.0), 3) for stage, until in ends.items()}
    return Ran(Cost(round(wall, 3), round(cpu, 3), round(peak, 1)), printed, ends, spent, _peaks(seen.held, ends))


def python(*arguments: str | Path, env: Mapping[str, str] | None = None) -> Ran:
    """Run this Python with arguments and measure it."""
    return run([sys.executable, *arguments], env)


def _watch(process: subprocess.Popen[str], seen: _Seen) -> None:
    import psutil

    while process.poll() is None:
        held, spent = 0, 0.0
        try:
            root = psutil.Process(process.pid)
            tree = [root, *root.children(recursive=True)]
        except psutil.NoSuchProcess:
            return
        for one in tree:
            try:
                held += _bytes_of(one)
                spent += sum(one.cpu_times()[:4])  # with those of children that have ended
            except psutil.NoSuchProcess:
                continue
        seen.held.append((seen.now(), held / _MIB))
        seen.spent.append((seen.now(), spent))
        time.sleep(_EVERY)


def _bytes_of(process: psutil.Process) -> int:
    """Memory of a process. On Linux its proportional set: a page that n processes share counts 1/n in each, so a sum counts it once. Elsewhere its
    resident set, whose sum counts such a page n times.
    """
    return int(process.memory_full_info().pss if MEMORY == "proportional set" else process.memory_info().rss)


def _listen(process: subprocess.Popen[str], seen: _Seen) -> None:
    if process.stderr is not None:
        seen.lines += [(seen.now(), line) for line in process.stderr]


def _ends(lines: Sequence[tuple[float, str]]) -> dict[str, float]:
    """When each stage was last heard of; a stage of the corpus part ends where the next begins, since it tells its beginning alone."""
    events = []
    for at, line in lines:
        if line.startswith('{"event": "progress"'):
            events.append((at, json.loads(line)))
        elif line.startswith('{"event": "done"'):
            events.append((at, {"stage": "writing"}))
    ends: dict[str, float] = {}
    for i, (at, event) in enumerate(events):
        making = event["stage"].startswith("making")
        later = next((t for t, e in events[i + 1 :] if e["stage"].startswith("making")), None) if making else None
        ends[event["stage"]] = round(at if later is None else later, 3)
    return ends


def _peaks(held: Sequence[tuple[float, float]], ends: Mapping[str, float]) -> dict[str, float]:
    peaks, since = {}, 0.0
    for stage, until in ends.items():
        peaks[stage] = round(max((mib for at, mib in held if since <= at <= until), default=0.0), 1)
        since = until
    return {**peaks, "writing": round(max((mib for at, mib in held if at >= since), default=0.0), 1)}


def jtbd(*arguments: str | Path, env: Mapping[str, str] | None = None) -> Ran:
    """Run `jtbd run --json-logs` with arguments and measure it."""
    return python("-m", "jtbd_nlp", "run", "--json-logs", *arguments, env=env)


def parts(ran: Ran) -> dict[str, float]:
    """Wall and processor seconds of a run of `jtbd run`: the per-transcript part with its start (imports, models), the corpus part, writing."""
    interviews = ran.ends.get("interviews", 0.0)
    made = max((at for stage, at in ran.ends.items() if stage.startswith("making")), default=interviews)
    before = ran.spent.get("interviews", 0.0)
    after = max((at for stage, at in ran.spent.items() if stage.startswith("making")), default=before)
    corpus = {stage.removeprefix("making ") + "_s": round(at - since, 3) for (stage, at), since in _steps(ran.ends)}
    return {
        "per_transcript_s": interviews,
        "per_transcript_cpu_s": before,
        "corpus_cpu_s": round(after - before, 3),
        "corpus_s": round(made - interviews, 3),
        **corpus,
        "writing_s": round(ran.cost.wall_s - made, 3),
        "per_transcript_peak_mib": ran.peaks.get("interviews", 0.0),
        "corpus_peak_mib": max((mib for stage, mib in ran.peaks.items() if stage != "interviews"), default=0.0),
    }


def _steps(ends: Mapping[str, float]) -> Iterator[tuple[tuple[str, float], float]]:
    since = ends.get("interviews", 0.0)
    for stage, at in ends.items():
        if stage.startswith("making"):
            yield (stage, at), since
            since = at


def exponent(sizes: Sequence[float], values: Sequence[float]) -> float | None:
    """Slope of log value over log size, by least squares; None with fewer than two sizes."""
    import numpy as np

    if len(sizes) < 2:
        return None
    return round(float(np.polyfit(np.log(sizes), np.log(np.maximum(values, 1e-9)), 1)[0]), 3)


def machine() -> dict[str, Any]:
    """What the figures were taken on, and how busy it was with other work when the benchmark ended."""
    import platform

    return {
        "cpus": os.cpu_count(),
        "machine": platform.machine(),
        "python": platform.python_version(),
        "memory": MEMORY,
        "load_1m": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
    }


def report(name: str, result: Mapping[str, Any]) -> None:
    """Print a result as JSON and keep it beside its plot, as `docs/figures/<name>.json`."""
    text = json.dumps({"benchmark": name, **result, "on": machine()}, indent=1, default=asdict)
    print(text)
    FIGURES.mkdir(parents=True, exist_ok=True)
    (FIGURES / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def plot(name: str, panels: Sequence[Panel]) -> None:
    """Write `docs/figures/<name>.svg`, one panel beside the other."""
    import matplotlib as mpl

    mpl.use("svg")
    import matplotlib.pyplot as plt

    mpl.rcParams.update({"svg.hashsalt": name, "svg.fonttype": "none", "font.family": "sans-serif"})  # letters stay letters: small files
    figure, axes = plt.subplots(1, len(panels), figsize=(4.2 * len(panels), 3.4), squeeze=False)
    for axis, panel in zip(axes[0], panels, strict=True):
        if panel.bars:
            axis.barh(list(panel.lines)[::-1], [values[0][1] for values in panel.lines.values()][::-1], color="#4c72b0")
            axis.tick_params(axis="y", labelsize=8)
        else:
            for label, points in panel.lines.items():
                axis.plot([x for x, _ in points], [y for _, y in points], marker="o", label=label)
            axis.set(xscale="log", yscale="log")
            axis.legend(fontsize=8)
        axis.set_title(panel.title, fontsize=10)
        axis.set_xlabel(panel.y if panel.bars else panel.x, fontsize=9)
        axis.set_ylabel(panel.x if panel.bars else panel.y, fontsize=9)
    figure.tight_layout()
    FIGURES.mkdir(parents=True, exist_ok=True)
    figure.savefig(FIGURES / f"{name}.svg", metadata={"Date": None})
    plt.close(figure)


@dataclass(frozen=True)
class Panel:
    """One plot: lines of (x, y) by label on logarithmic axes, or `bars`, the first y of each."""

    title: str
    x: str
    y: str
    lines: Mapping[str, Sequence[tuple[float, float]]]
    bars: bool = False
