"""What is left when `jtbd run` is killed at a random instant.

usage: python benchmarks/survival.py INTERVIEWS [--kills 200] [--workers 2] [--seed 0]

INTERVIEWS is a folder with at least three interviews. Runs over all of them and over all but one take turns writing into one folder, and each
is killed (SIGKILL) at a random instant of the time that a whole run takes. After each the output must be whole and be the one or the other,
and no process may be left; after every tenth the next run must succeed. The lexicon tagger and the hashing embedder keep it quick: what is
tried is the writing, not the models. Exit code 1 where something was not as it must be.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from jtbd_nlp.verify import verify

CONFIG = '[tag]\nmodel = "lexicon"\n[embed]\nmodel = "hashing"\n'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("interviews", type=Path)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    files = sorted(p for p in args.interviews.iterdir() if p.is_file())
    with tempfile.TemporaryDirectory() as place:
        out, config = Path(place) / "out", Path(place) / "config.toml"
        config.write_text(CONFIG, encoding="utf-8")
        whole = [sys.executable, "-m", "jtbd_nlp", "run", "--out", str(out), "--config", str(config), "--workers", str(args.workers)]
        began = time.monotonic()
        subprocess.run([*whole, *map(str, files)], check=True, capture_output=True)
        lasts = time.monotonic() - began
        allowed = {frozenset(p.stem for p in files), frozenset(p.stem for p in files[1:])}
        wrong: list[str] = []
        seen, finished = [contents(out)], 0
        for number in range(args.kills):
            child = subprocess.Popen(
                [*whole, "--force", *map(str, files[1 - number % 2 :])],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            try:
                started = time.monotonic()
                child.wait(rng.random() * lasts * 1.2)
                lasts = min(lasts, time.monotonic() - started)  # other work on the machine may have slowed the first run
                finished += 1
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGKILL)
                child.wait()
            found = verify(out)
            seen.append(contents(out))
            if not found.ok or seen[-1] not in allowed:
                wrong.append(f"kill {number}: {found.findings[:1]}")
            if left := lingering(child.pid):
                wrong.append(f"kill {number}: processes {left} are left")
            if number % 10 == 9:
                done = subprocess.run([*whole, *map(str, files)], check=False, capture_output=True, text=True)
                if done.returncode or not verify(out).ok or contents(out) != frozenset(p.stem for p in files):
                    wrong.append(f"after kill {number}: {done.stderr[-300:]}")
        changed = sum(one != other for one, other in pairwise(seen))
    print(f"{args.kills} runs, {args.kills - finished} of them killed: {len(wrong)} wrong; the output changed {changed} times")
    print("\n".join(wrong))
    sys.exit(bool(wrong))


def contents(out: Path) -> frozenset[str]:
    """Ids of the interviews in an output."""
    return frozenset(row["id"] for row in json.loads((out / "analysis.json").read_text(encoding="utf-8"))["transcripts"])


def lingering(group: int) -> list[int]:
    """Processes of a group that still live some seconds after its leader was killed."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return []
        time.sleep(0.05)
    return [group]


if __name__ == "__main__":
    main()
