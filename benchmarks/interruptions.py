"""A run that is interrupted again and again: what it ends with, and whether anything is done twice.

    python -m benchmarks.interruptions [--transcripts 100] [--kills 50] [--tier default|fast] [--workers 2] [--seed 0]

Interviews are made by recombining the exchanges of the bundled study. `jtbd run` over them is interrupted (SIGKILL to it, or SIGINT to all its
processes, as Ctrl-C does) at random instants and started again, until so many interruptions have happened; a run that ends is compared with
one that was left alone, and everything is started over. Checked: the output is the same bytes; no result that was stored is stored again (a
trigger in the store notes each write); every start that lived ten seconds longer than loading takes stored at least one more, while any were
missing; SIGINT ends with exit code 130; no process stays. Loading is measured beside it, and half of it is allowed for noise. Prints JSON; exit
code 1 where something was not as it must be.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path

from jtbd_nlp.data import study_path
from jtbd_nlp.schema.processed import Processed
from jtbd_nlp.store import ResultStore

LOAD = "import sys; from jtbd_nlp.config import Config; from jtbd_nlp.engine import Rooms; Rooms.load(Config.from_toml(sys.argv[1]))"
NOTE_WRITES = "CREATE TABLE writes (key TEXT); CREATE TRIGGER noted AFTER INSERT ON results BEGIN INSERT INTO writes VALUES (new.key); END;"
PAST_LOADING_S = 10


@dataclass
class Report:
    """What is printed."""

    transcripts: int
    tier: str
    workers: int
    loading_s: float = 0.0
    undisturbed_s: float = 0.0
    sigkill: int = 0
    sigint: int = 0
    whole_runs: int = 0
    starts_past_loading: int = 0
    slowest_stop_s: float = 0.0
    wrong: list[str] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--transcripts", type=int, default=100)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--tier", choices=["default", "fast"], default="default")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # started in the background it would be ignored, by the runs too
    report = Report(args.transcripts, args.tier, args.workers)
    with tempfile.TemporaryDirectory() as folder:
        interrupt(Path(folder), args.kills, random.Random(args.seed), report)
    print(json.dumps(asdict(report), indent=1))
    sys.exit(bool(report.wrong))


def interrupt(place: Path, kills: int, rng: random.Random, report: Report) -> None:
    """Make the interviews, run once in peace, then as often as it takes."""
    make_interviews(place / "in", report.transcripts, rng)
    config = place / "config.toml"
    config.write_text('[tag]\nmodel = "fast"\n' if report.tier == "fast" else "", encoding="utf-8")
    whole = [sys.executable, "-m", "jtbd_nlp", "run", str(place / "in"), "--config", str(config), "--workers", str(report.workers), "--out"]
    report.loading_s = max(timed([sys.executable, "-c", LOAD, str(config)]) for _ in range(2))
    report.undisturbed_s = timed([*whole, str(place / "peace")])
    expected = contents(place / "peace")
    longest = report.loading_s + max(2.0, (report.undisturbed_s - report.loading_s) / 6)
    number, out = 0, start_over(place, 0)
    while report.sigkill + report.sigint < kills:
        before = stored(out)
        child = subprocess.Popen([*whole, str(out)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        life = rng.uniform(0, longest)
        try:
            child.wait(life)
        except subprocess.TimeoutExpired:
            stop(child, rng.choice([signal.SIGKILL, signal.SIGINT]), life, report)
            if life > 1.5 * report.loading_s + PAST_LOADING_S and len(before) < report.transcripts:
                report.starts_past_loading += 1
                if len(stored(out)) <= len(before):
                    report.wrong.append(f"a start that lived {life:.1f} s stored nothing; {len(before)} were there")
            if before - stored(out):
                report.wrong.append("a stored result was gone")
            if len(written := writes(out)) != len(set(written)):
                report.wrong.append(f"{len(written) - len(set(written))} results were stored twice")
        else:
            number += 1
            out = ended(place, out, number, child.returncode, expected, report)
    last = subprocess.run([*whole, str(out)], check=False, capture_output=True)
    ended(place, out, number + 1, last.returncode, expected, report)


def stop(child: subprocess.Popen[bytes], how: signal.Signals, life: float, report: Report) -> None:
    """Interrupt a run, and look at how it ends."""
    began = time.monotonic()
    if how == signal.SIGINT:
        os.killpg(child.pid, how)
        report.sigint += 1
        code = child.wait()
        # -2: before Python had set itself up; 0: it ended just then
        if code not in (130, 0, -signal.SIGINT) or (code == -signal.SIGINT and life > report.loading_s):
            report.wrong.append(f"SIGINT after {life:.1f} s ended with exit code {code}")
    else:
        child.kill()
        report.sigkill += 1
        child.wait()
    report.slowest_stop_s = max(report.slowest_stop_s, round(time.monotonic() - began, 2))
    if left := lingering(child.pid):
        report.wrong.append(f"processes {left} were left")


def lingering(group: int) -> list[int]:
    """The group of processes whose leader was killed, where some of it still live after some time."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return []
        time.sleep(0.05)
    return [group]


def ended(place: Path, out: Path, number: int, code: int, expected: dict[str, str], report: Report) -> Path:
    """A run came to its end: compare, and start over."""
    report.whole_runs += 1
    if code or contents(out) != expected:
        report.wrong.append(f"a run ended with exit code {code} and {'the same' if contents(out) == expected else 'other'} bytes")
    if len(written := writes(out)) != report.transcripts:
        report.wrong.append(f"{len(written)} results were stored for {report.transcripts} interviews")
    return start_over(place, number)


def start_over(place: Path, number: int) -> Path:
    """A new output, with a store that notes each write; a result that is nobody's keeps the store from being deleted while it is empty."""
    side = place / f"out{number}.jtbd"
    side.mkdir()
    with ResultStore(side / "store.sqlite") as store:
        store.put("nobody", Processed(source="nobody"))
        with closing(sqlite3.connect(side / "store.sqlite")) as database:
            database.executescript(NOTE_WRITES)
    return place / f"out{number}"


def ask(out: Path, question: str) -> list[str]:
    with closing(sqlite3.connect(out.with_name(out.name + ".jtbd") / "store.sqlite", timeout=60)) as database:
        return [row[0] for row in database.execute(question)]


def stored(out: Path) -> set[str]:
    return set(ask(out, "SELECT key FROM results WHERE key != 'nobody'"))


def writes(out: Path) -> list[str]:
    return ask(out, "SELECT key FROM writes")


def contents(out: Path) -> dict[str, str]:
    """Name and sha256 of each file."""
    return {p.relative_to(out).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(out.rglob("*")) if p.is_file()}


def timed(command: list[str]) -> float:
    began = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    return round(time.monotonic() - began, 2)


def make_interviews(folder: Path, count: int, rng: random.Random) -> None:
    """Interviews of the length of the bundled ones, no two alike: each takes exchanges (a question and what follows) from all of them."""
    folder.mkdir()
    exchanges: list[str] = []
    sources = sorted(study_path().glob("*.txt"))
    for path in sources:
        lines = [line.partition(": ") for line in path.read_text(encoding="utf-8").splitlines() if ": " in line]
        asks = lines[0][0]
        text = "\n".join(f"{'Interviewer' if speaker == asks else 'Participant'}: {said}" for speaker, _, said in lines)
        exchanges += re.split(r"\n(?=Interviewer: )", text)
    each = max(2, len(exchanges) // len(sources))
    for number in range(count):
        chosen = rng.sample(exchanges, each)
        (folder / f"i{number:05}.txt").write_text("\n".join(chosen) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
