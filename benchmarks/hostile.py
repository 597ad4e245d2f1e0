"""The longest that a reader takes over a megabyte that was made to keep it busy, and the most memory.

usage: python benchmarks/hostile.py [--reader NAME]... [--megabytes 1.0] [--limit 5] [--json FILE]

For each reader inputs of that size are made (deep nesting, long lines, many cues, short turns, labels over and over, lies about sizes, archives
that unpack to far more, forms within forms, baits for regular expressions); each is read in a process of its own, with the questions that
`jtbd check` looks at and the search for copies. Times are of the processor, so that other work on the machine does not count; memory is
what the process holds above what it began with. Exit code 1 where one took longer than the limit. Needs a system with fork.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.hostile_inputs import INPUTS
from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read import Source, find_duplicates
from jtbd_nlp.read.api import transcripts_of
from jtbd_nlp.read.pieces import Unreadable
from jtbd_nlp.read.questions import bending_questions
from jtbd_nlp.read.registry import READERS, reader_of
from jtbd_nlp.read.sniff import kind_of

#: seconds of the processor after which a reader is stopped
_GIVE_UP = 60


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", action="append", choices=sorted(READERS), default=[])
    parser.add_argument("--megabytes", type=float, default=1.0)
    parser.add_argument("--limit", type=float, default=5.0, help="seconds for one input")
    parser.add_argument("--json", type=Path, default=None, help="file for the figures")
    args = parser.parse_args()
    rows = {kind: list(tried(kind, int(args.megabytes * 1_000_000))) for kind in args.reader or READERS}
    print("| reader | inputs | worst | seconds | MB |\n|---|---|---|---|---|")
    for kind, row in rows.items():
        worst = max(row, key=lambda r: float(r["seconds"]))
        print(f"| {kind} | {len(row)} | {worst['input']} | {worst['seconds']} | {max(float(r['megabytes']) for r in row):.0f} |")
    if args.json:
        args.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    sys.exit(any(float(r["seconds"]) > args.limit for row in rows.values() for r in row))


def tried(kind: str, size: int) -> Iterator[dict[str, str | float]]:
    """Every input of a reader: its name, seconds, megabytes above the beginning, and what came of it."""
    quick = next(iter(INPUTS[kind].values()))(1_000)
    one(kind, quick)  # loads what the reader needs
    for name, make in INPUTS[kind].items():
        data = make(size)
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            resource.setrlimit(resource.RLIMIT_CPU, (_GIVE_UP, _GIVE_UP))
            before, began = memory(), time.process_time()
            came = one(kind, data)
            told = {"seconds": round(time.process_time() - began, 2), "megabytes": round(memory() - before, 1), "came": came}
            os.write(writing, json.dumps(told).encode())
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            came_back = pipe.read()
        os.waitpid(pid, 0)
        row: dict[str, str | float] = (
            json.loads(came_back) if came_back else {"seconds": float(_GIVE_UP), "megabytes": 0.0, "came": "stopped"}
        )
        print(f"{kind:9} {name:40} {row['seconds']:6} s {row['megabytes']:7} MB  {row['came']}", file=sys.stderr, flush=True)
        yield {"input": name, "bytes": len(data), **row}


def memory() -> float:
    """Most megabytes that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1_000_000)


def one(kind: str, data: bytes) -> str:
    """Read bytes as a kind; how many interviews and turns they hold, or why they cannot be used."""
    config = ReadConfig()
    try:
        if kind in {"docx", "xlsx", "odt"}:
            kind_of(data, f"x.{kind}", config)  # where archives are looked at first
        found = transcripts_of(reader_of(kind)(data, config), Source(path="x", name="x", id="x"), config, "")
    except Unreadable as error:
        return str(error)[:60]
    find_duplicates(found)
    for transcript in found:
        bending_questions(transcript)
    return f"{len(found)} interviews, {sum(len(t.turns) for t in found)} turns"


if __name__ == "__main__":
    main()
