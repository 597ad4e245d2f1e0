"""What importing the package costs, as a ratio to importing pydantic, taken in turn on the same machine.

python -m benchmarks.imports [RUNS]
"""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median


def seconds(code: str) -> float:
    """Wall time of a fresh interpreter that runs `code`."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - started


def main(runs: int = 15) -> None:
    """Print medians less the bare interpreter's, and the ratio."""
    codes = {
        "nothing": "pass",
        "pydantic": "import pydantic; pydantic.BaseModel",
        "jtbd_nlp": "import jtbd_nlp",
        "records": "import jtbd_nlp; jtbd_nlp.Analysis",
    }
    times: dict[str, list[float]] = {name: [] for name in codes}
    for _ in range(runs):
        for name, code in codes.items():
            times[name].append(seconds(code))
    bare = median(times["nothing"])
    cost = {name: median(values) - bare for name, values in times.items() if name != "nothing"}
    for name, value in cost.items():
        print(f"import {name:10} {value:.3f} s, {value / cost['pydantic']:.2f} times pydantic")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
