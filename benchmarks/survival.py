"""What is left when `jtbd run` is killed at a random instant.

usage: python benchmarks/survival.py INTERVIEWS [--kills 200] [--cold 0] [--lines 16] [--seed 0] [--json FILE]

INTERVIEWS is a folder of text files; the first lines of the first four are taken. Runs over all of them and over all but one take turns writing
into one folder, and each is killed (SIGKILL): one half at an instant that is drawn from the whole time that a run takes, the other half
at one drawn from its last part, from the first file that is written to the end of the process, which holds the change of places. After each
the output must be whole, and be to the byte what one of the two runs writes; then the same run, not killed, must succeed.

Runs are forks of one process that has loaded all modules and the parser, so that the instants fall into the run and not into its imports.
With `--cold` so many more are killed that are started as a person starts them. One worker, the lexicon tagger and the hashing embedder:
what is tried is the writing, not the models. Needs a system with fork. Exit code 1 where something was not as it must be.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path

from jtbd_nlp.verify import verify

CONFIG = '[tag]\nmodel = "lexicon"\n[embed]\nmodel = "hashing"\n'
MOST_FILES = 4


@dataclass
class Tally:
    """What came of the kills."""

    runs: int = 0
    killed: int = 0
    killed_while_writing: int = 0
    old_left: int = 0
    new_left: int = 0
    next_runs_that_succeeded: int = 0
    places: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


class Runs:
    """Runs over one folder of interviews into one output, alternately over all of them and over all but the first."""

    def __init__(self, files: list[Path], lines: int, place: Path) -> None:
        self.files, self.out, self.config = [place / "in" / p.name for p in files], place / "out", place / "config.toml"
        self.side = self.out.with_name("out.jtbd")
        self.config.write_text(CONFIG, encoding="utf-8")
        (place / "in").mkdir()
        for whole, short in zip(files, self.files, strict=True):
            short.write_text("".join(whole.read_text(encoding="utf-8").splitlines(keepends=True)[:lines]), encoding="utf-8")

    def arguments(self, number: int) -> list[str]:
        chosen = [str(p) for p in self.files[1 - number % 2 :]]
        return ["run", "--out", str(self.out), "--config", str(self.config), "--workers", "1", "--force", *chosen]

    def start(self, number: int, cold: bool = False) -> int:
        """Start a run; gives its process id."""
        if cold:
            child = subprocess.Popen(
                [sys.executable, "-m", "jtbd_nlp", *self.arguments(number)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            return child.pid
        pid = os.fork()
        if pid == 0:
            code = 70
            try:
                nowhere = os.open(os.devnull, os.O_RDWR)
                os.dup2(nowhere, 1)
                os.dup2(nowhere, 2)
                from jtbd_nlp.cli.app import app

                app(self.arguments(number))
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
            finally:
                os._exit(code)
        return pid

    def writing(self) -> bool:
        return (self.side / "new").exists()

    def whole_run(self, number: int) -> tuple[int, float, float]:
        """A run that is not killed: its exit code, when its writing began, and when it ended, in seconds from its start."""
        began = time.monotonic()
        pid = self.start(number)
        wrote = 0.0
        while True:
            ended, status = os.waitpid(pid, os.WNOHANG)
            if not wrote and (ended or self.writing()):
                wrote = time.monotonic() - began
            if ended:
                return os.waitstatus_to_exitcode(status), wrote, time.monotonic() - began
            time.sleep(0.001)

    def killed_run(self, number: int, after: float, from_writing: bool, cold: bool = False) -> tuple[bool, bool]:
        """A run that is killed `after` seconds, counted from its start or from its writing; whether it was still there, and was writing."""
        pid = self.start(number, cold)
        ended = 0
        if from_writing:
            while not ended and not self.writing():
                ended, _ = os.waitpid(pid, os.WNOHANG)
                time.sleep(0.0005)
        until = time.monotonic() + after
        while not ended and time.monotonic() < until:
            ended, _ = os.waitpid(pid, os.WNOHANG)
            time.sleep(min(0.002, max(0.0, until - time.monotonic())))
        if ended:
            return False, False
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        return True, from_writing or self.writing()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("interviews", type=Path)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--cold", type=int, default=0)
    parser.add_argument("--lines", type=int, default=16, help="lines of each interview that are kept")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path, default=None, help="file for the figures")
    args = parser.parse_args()
    files = sorted(p for p in args.interviews.iterdir() if p.is_file())[:MOST_FILES]
    with tempfile.TemporaryDirectory() as place:
        tally = tried(Runs(files, args.lines, Path(place)), args.kills, args.cold, random.Random(args.seed))
    print(
        f"{tally.killed} runs killed ({tally.killed_while_writing} of them while writing), {tally.runs - tally.killed} ended before: "
        f"{len(tally.wrong)} wrong; the old output was left {tally.old_left} times, the new one {tally.new_left} times; "
        f"{tally.next_runs_that_succeeded} of {tally.runs} next runs succeeded"
    )
    print("what the killed left beside the output: " + ", ".join(f"{name} {count}" for name, count in tally.places.items()))
    print("\n".join(tally.wrong))
    if args.json:
        args.json.write_text(json.dumps(asdict(tally), indent=1) + "\n", encoding="utf-8")
    sys.exit(bool(tally.wrong))


def tried(runs: Runs, kills: int, cold: int, rng: random.Random) -> Tally:
    warm_up(runs)
    tally, made, lasts, writes = Tally(), dict[int, str](), 0.0, 0.0
    for number in (0, 1):  # what each of the two writes
        code, began, ended = runs.whole_run(number)
        if code or not verify(runs.out).ok:
            sys.exit(f"a run that was not killed failed with exit code {code}")
        made[number], lasts, writes = digest(runs.out), ended, ended - began
    print(f"a run takes {lasts:.2f} s, of which it writes {writes:.2f} s", flush=True)
    places: Counter[str] = Counter()
    killed = 0
    while killed < kills + cold:
        late, started_cold = killed % 2 == 1, killed >= kills
        length = writes if late else lasts * (6 if started_cold else 1)
        before, asked = digest(runs.out), made[tally.runs % 2]
        was_killed, wrote = runs.killed_run(tally.runs, rng.random() * length, late, started_cold)
        found, left = verify(runs.out), digest(runs.out)
        killed += was_killed
        if was_killed and killed % 20 == 0:
            print(f"{killed} killed, {len(tally.wrong)} wrong; a run takes {lasts:.2f} s", file=sys.stderr, flush=True)
        tally.killed_while_writing += wrote
        places["+".join(sorted(p.name for p in runs.side.iterdir() if p.name in {"new", "previous", "discard"})) or "nothing"] += was_killed
        if not found.ok or left not in (before, asked):
            tally.wrong.append(
                f"run {tally.runs}: {[f'{f.file}: {f.what}' for f in found.findings[:1]] or 'neither the old output nor the new'}"
            )
        tally.old_left += was_killed and left == before
        tally.new_left += was_killed and left == asked
        code, began, ended = runs.whole_run(tally.runs)
        if code == 0 and digest(runs.out) == asked and verify(runs.out).ok:
            tally.next_runs_that_succeeded += 1
        else:
            tally.wrong.append(f"run after {tally.runs}: exit code {code}")
        # Work beside this on the machine changes how long a run takes.
        lasts, writes = 0.8 * lasts + 0.2 * ended, 0.8 * writes + 0.2 * (ended - began)
        tally.runs += 1
    tally.killed, tally.places = killed, dict(sorted(places.items()))
    return tally


def warm_up(runs: Runs) -> None:
    """Load what a run loads, so that forks have it."""
    import jtbd_nlp.cli.run  # noqa: F401
    from jtbd_nlp import load
    from jtbd_nlp.config import Config
    from jtbd_nlp.pipeline import Pipeline

    pipeline: Pipeline = load(Config.from_toml(runs.config))
    pipeline.run(runs.files, workers=1)


def digest(folder: Path) -> str:
    """One hash of all names and bytes below a folder; empty where it is not there."""
    if not folder.exists():
        return ""
    whole = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        whole.update(f"{path.relative_to(folder).as_posix()}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


if __name__ == "__main__":
    main()
