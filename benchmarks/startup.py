"""What starting costs: importing the package, the command's help, and the time to a first result.

    python -m benchmarks.startup [--rounds 5]

Medians over rounds in which the commands take turns, each a process of its own, with a bare interpreter beside them. The first result is
`jtbd run` over one short interview, to the end, and `pipeline.tag` of it, with the default config and with the fast tagger.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.growth import TIERS
from benchmarks.measure import ONE_THREAD, Panel, Ran, plot, report, run
from benchmarks.recombined import write

TAG = """
import sys, jtbd_nlp
from jtbd_nlp.config import Config
from jtbd_nlp.read import discover, read_source
config = Config.from_toml(sys.argv[2])
(source,) = discover([sys.argv[1]], config.read).sources
print(len(jtbd_nlp.load(config).tag(read_source(source, config.read)[0])))
"""


def main() -> None:
    """Measure, print, plot."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    python = sys.executable
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        write(place / "interviews", 1)
        (interview,) = (place / "interviews").iterdir()
        for tier, toml in TIERS.items():
            (place / f"{tier}.toml").write_text(toml, encoding="utf-8")
        commands: dict[str, list[str | Path]] = {
            "bare interpreter": [python, "-c", "pass"],
            "import pydantic": [python, "-c", "import pydantic; pydantic.BaseModel"],
            "import jtbd_nlp": [python, "-c", "import jtbd_nlp"],
            "import jtbd_nlp, its records": [python, "-c", "import jtbd_nlp; jtbd_nlp.Analysis"],
            "jtbd --help": [python, "-m", "jtbd_nlp", "--help"],
        }
        for tier in TIERS:
            config, out = place / f"{tier}.toml", place / f"out-{tier}"
            commands[f"tag, {tier}"] = [python, "-c", TAG, interview, config]
            commands[f"run, {tier}"] = [python, "-m", "jtbd_nlp", "run", interview, "--force", "--out", out, "--config", config]
        ran: dict[str, list[Ran]] = {name: [] for name in commands}
        for _ in range(given.rounds):
            for name, command in commands.items():
                ran[name].append(run(command, ONE_THREAD))
    rows: dict[str, Any] = {
        name: {
            "wall_s": round(median(r.cost.wall_s for r in runs), 3),
            "cpu_s": round(median(r.cost.cpu_s for r in runs), 3),
            "peak_mib": max(r.cost.peak_mib for r in runs),
        }
        for name, runs in ran.items()
    }
    bare = rows["bare interpreter"]["cpu_s"]
    ratio = (rows["import jtbd_nlp"]["cpu_s"] - bare) / max(1e-3, rows["import pydantic"]["cpu_s"] - bare)
    report("startup", {"rounds": given.rounds, "commands": rows, "import_in_times_of_pydantic": round(ratio, 2)})
    plot("startup", [Panel("Start", "", "seconds", {name: [(0, row["wall_s"])] for name, row in rows.items()}, bars=True)])


if __name__ == "__main__":
    main()
